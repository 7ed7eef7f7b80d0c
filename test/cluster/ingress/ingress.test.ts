import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { nginxConf } from '../../../src/cluster/ingress/nginx.ts';
import type { Ingress, IngressPath } from '../../../src/cluster/ingress/objects.ts';
import { classesOf, servedIngresses } from '../../../src/cluster/ingress/selected.ts';
import { sitesOf } from '../../../src/cluster/ingress/sites.ts';

const service = (name: string, port: number) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { clusterIP: '10.96.1.1', ports: [{ name: 'http', port }] },
});
const slice = (name: string, addresses: string[]) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name, namespace: 'shop', labels: { 'kubernetes.io/service-name': name } },
  addressType: 'IPv4' as const,
  ports: [{ name: 'http', port: 8080 }],
  endpoints: addresses.map((address, at) => ({ addresses: [address], conditions: { ready: at < 2 } })),
});
const behind = {
  services: [service('wear', 80), service('empty', 80)],
  slices: [slice('wear', ['10.244.1.2', '10.244.2.2', '10.244.2.9'])],
};
const ingress = (
  name: string,
  paths: [path: string, pathType: IngressPath['pathType'], service: string, port?: number][],
  {
    host = 'a.example',
    annotations = {},
    ...more
  }: { host?: string; annotations?: object; tls?: NonNullable<Ingress['spec']['tls']> } = {},
): Ingress => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name, namespace: 'shop', annotations: { ...annotations } },
  spec: {
    rules: [
      {
        host,
        http: {
          paths: paths.map(([path, pathType, to, number = 80]) => ({
            path,
            pathType,
            backend: { service: { name: to, port: { number } } },
          })),
        },
      },
    ],
    ...more,
  },
});
const conf = (...ingresses: Ingress[]) => nginxConf(sitesOf(ingresses, behind), null);
/** The locations of one host, in the order in which nginx has them. */
const locations = (text: string, host: string) =>
  (text.split(`server_name ${host};`)[1] ?? '')
    .split('server {')[0]
    ?.split('\n')
    .flatMap((line) => /location (.+?) \{/.exec(line)?.[1] ?? []);
const rewrite = (target: string) => ({
  annotations: { 'nginx.ingress.kubernetes.io/rewrite-target': target },
});

t.test('path types become the locations of ingress-nginx, long ones first', async (t) => {
  const text = conf(
    ingress('one', [
      ['/', 'Prefix', 'wear'],
      ['/cart', 'Prefix', 'wear'],
      ['/cart/pay', 'Exact', 'wear'],
      ['/x', 'ImplementationSpecific', 'wear'],
    ]),
  );
  t.strictSame(locations(text, 'a.example'), ['= "/cart/pay"', '"/cart/"', '= "/cart"', '"/x"', '"/"']);
  t.match(
    text,
    /upstream shop-wear-80 \{\s+server 10\.244\.1\.2:8080;\s+server 10\.244\.2\.2:8080;\s+keepalive/,
  );
  t.notMatch(text, '10.244.2.9', 'not ready');
  t.notMatch(text, '10.96.1.1', "never the Service's address");
});

t.test('one rewrite makes regular expressions of all paths of its host, and of no other', async (t) => {
  const text = conf(
    ingress('one', [['/wear', 'Prefix', 'wear']], rewrite('/')),
    ingress('two', [['/plain', 'Prefix', 'wear']]),
    ingress('three', [['/plain', 'Prefix', 'wear']], { host: 'b.example' }),
  );
  t.strictSame(locations(text, 'a.example'), ['~* "^/plain"', '~* "^/wear"', '~* "^/"']);
  t.match(
    text,
    'location ~* "^/wear" { set $proxy_upstream_name "shop-wear-80"; rewrite "(?i)/wear" / break;',
  );
  t.strictSame(locations(text, 'b.example'), ['"/plain/"', '= "/plain"', '"/"']);
});

t.test('a missing service is a 503; a request without a rule goes to the default backend', async (t) => {
  const text = conf(
    ingress('one', [
      ['/a', 'Exact', 'empty'],
      ['/b', 'Exact', 'none'],
      ['/c', 'Exact', 'wear', 81],
    ]),
  );
  for (const path of ['/a', '/b', '/c'])
    t.match(text, new RegExp(`location = "${path}" \\{ .*return 503; \\}`));
  t.match(text, /server 127\.0\.0\.1:8181;/);
  t.strictSame(locations(text, '_'), ['= /healthz', '"/"']);
  t.match(
    conf(ingress('wild', [['/', 'Prefix', 'wear']], { host: '*.w.example' })),
    'server_name "~^(?<subdomain>[\\w-]+)\\.w\\.example$";',
  );
});

t.test('the older of two Ingresses has a path, and classes decide who serves', async (t) => {
  const aged = (name: string, creationTimestamp: string, more: object = {}, annotations = {}): Ingress => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'shop', creationTimestamp, annotations },
    spec: { ...more },
  });
  const all = [
    aged('young', '2026-01-02T00:00:00Z', { ingressClassName: 'nginx' }),
    aged('old', '2026-01-01T00:00:00Z', { ingressClassName: 'nginx' }),
    aged('other', '2026-01-01T00:00:00Z', { ingressClassName: 'haproxy' }),
    aged('none', '2026-01-03T00:00:00Z'),
    aged('annotated', '2026-01-04T00:00:00Z', {}, { 'kubernetes.io/ingress.class': 'nginx' }),
  ];
  const classes = [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'nginx' },
      spec: { controller: 'k8s.io/ingress-nginx' },
    },
  ];
  const names = (...args: string[]) =>
    servedIngresses(all, classes, classesOf(args)).map(({ metadata }) => metadata.name);
  t.strictSame(names(), ['old', 'young', 'annotated']);
  t.strictSame(names('--watch-ingress-without-class=true'), ['old', 'young', 'none', 'annotated']);
});

t.test('nginx takes what is written', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'hoplab-ingress-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'fake');
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=a'],
      ...['-out', `${file}.crt`, '-keyout', `${file}.key`],
    ],
    { stdio: 'ignore' },
  );
  const text = conf(
    ingress(
      'one',
      [
        ['/wear', 'Prefix', 'wear'],
        ['/a', 'Exact', 'empty'],
      ],
      {
        ...rewrite('/$2'),
        tls: [{ hosts: ['a.example'], secretName: 'none' }],
      },
    ),
    ingress('wild', [['/', 'Prefix', 'wear']], { host: '*.w.example' }),
  );
  t.match(text, 'return 308 https://$host$request_uri;');
  writeFileSync(
    join(directory, 'nginx.conf'),
    text.replaceAll('/etc/nginx/tls/shop-none', '/tmp/fake').replaceAll(/\/(tmp|dev)\//g, `${directory}/`),
  );
  t.doesNotThrow(() =>
    execFileSync('nginx', ['-t', '-q', '-c', join(directory, 'nginx.conf')], { stdio: 'pipe' }),
  );
});
