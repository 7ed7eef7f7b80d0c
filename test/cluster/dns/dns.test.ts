import t from 'tap';
import { parseCorefile } from '../../../src/cluster/dns/corefile.ts';
import { clusterRecords, reverseRecords } from '../../../src/cluster/dns/records.ts';
import { serverText } from '../../../src/cluster/dns/server.ts';

const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const service = (name: string, spec: object, space = 'default') => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: space },
  spec,
});
const slice = (name: string, endpoints: { addresses: string[]; hostname?: string; ready?: boolean }[]) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: `${name}-x`,
    namespace: 'default',
    labels: { 'kubernetes.io/service-name': name },
  },
  addressType: 'IPv4' as const,
  ports: [{ name: 'http', port: 8080, protocol: 'TCP' as const }],
  endpoints: endpoints.map(({ ready = true, ...rest }) => ({ ...rest, conditions: { ready } })),
});
const pod = (name: string, space: string, podIP: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: space },
  spec: { containers: [] },
  status: { podIP },
});

const named = {
  namespaces: [namespace('default'), namespace('payroll')],
  services: [
    service('web', { clusterIP: '10.96.1.1', ports: [{ name: 'http', port: 80 }, { port: 443 }] }),
    service('db', { clusterIP: 'None', ports: [{ name: 'http', port: 8080 }] }),
    service('mail', { type: 'ExternalName', externalName: 'mail.example.com' }),
  ],
  slices: [
    slice('web', [{ addresses: ['10.244.1.2'] }]),
    slice('db', [
      { addresses: ['10.244.1.3'], hostname: 'db-0' },
      { addresses: ['10.244.2.3'] },
      { addresses: ['10.244.2.9'], ready: false },
    ]),
  ],
  pods: [pod('a', 'default', '10.244.1.2'), pod('b', 'payroll', '10.244.2.5')],
};
const zone = { zone: 'cluster.local.', ttl: 30, pods: 'insecure' as const, server: '10.96.0.10' };
const answers = (records: ReturnType<typeof clusterRecords>, name: string, type = 'A') =>
  records.filter((each) => each.name === `${name}.` && each.type === type).map(({ data }) => data);

t.test('records are those of the Kubernetes DNS specification', async (t) => {
  const records = clusterRecords(named, zone);
  const svc = 'default.svc.cluster.local';
  t.strictSame(answers(records, `web.${svc}`), ['10.96.1.1']);
  t.strictSame(answers(records, `10-244-1-2.web.${svc}`), ['10.244.1.2']);
  t.strictSame(answers(records, `_http._tcp.web.${svc}`, 'SRV'), [`0 100 80 web.${svc}.`]);
  t.equal(
    records.filter(({ type, name }) => type === 'SRV' && name.includes('.web.')).length,
    1,
    'a port without a name has no SRV',
  );
  t.strictSame(answers(records, `db.${svc}`), ['10.244.1.3', '10.244.2.3']);
  t.strictSame(answers(records, `db-0.db.${svc}`), ['10.244.1.3']);
  t.strictSame(answers(records, `_http._tcp.db.${svc}`, 'SRV'), [
    `0 50 8080 db-0.db.${svc}.`,
    `0 50 8080 10-244-2-3.db.${svc}.`,
  ]);
  t.strictSame(answers(records, `mail.${svc}`, 'CNAME'), ['mail.example.com.']);
  t.strictSame(answers(records, '10-244-2-5.payroll.pod.cluster.local'), ['10.244.2.5']);
  t.strictSame(answers(records, '10-244-2-5.default.pod.cluster.local'), ['10.244.2.5']);
  t.strictSame(answers(records, 'dns-version.cluster.local', 'TXT'), ['1.1.0']);
  const verified = clusterRecords(named, { ...zone, pods: 'verified' });
  t.strictSame(answers(verified, '10-244-2-5.default.pod.cluster.local'), []);
  t.strictSame(answers(verified, '10-244-2-5.payroll.pod.cluster.local'), ['10.244.2.5']);
  const disabled = clusterRecords(named, { ...zone, pods: 'disabled' });
  t.equal(disabled.filter(({ name }) => name.includes('.pod.')).length, 0);
});

t.test('an address has the name of its service, else of the services it is an endpoint of', async (t) => {
  const back = reverseRecords(named, zone);
  const name = (address: string) =>
    answers(back, `${address.split('.').reverse().join('.')}.in-addr.arpa`, 'PTR');
  t.strictSame(name('10.96.1.1'), ['web.default.svc.cluster.local.']);
  t.strictSame(name('10.244.1.3'), ['db-0.db.default.svc.cluster.local.']);
  t.strictSame(name('10.244.2.9'), [], 'not ready');
});

const around = { resolvConf: 'nameserver 192.168.1.1\n', service: '10.96.0.10' };
const text = (corefile: string) => serverText(named, { ...around, corefile });
const block = (lines: string) => `.:53 {\n${lines}\n}\n`;

t.test('zone, forward, errors, log and cache of the Corefile are obeyed', async (t) => {
  const usual = text(
    block(
      'errors # a comment\nkubernetes corp.example in-addr.arpa {\n pods verified\n ttl 7\n}\nforward . /etc/resolv.conf\ncache 9',
    ),
  );
  t.match(usual, 'local-zone: "corp.example." static');
  t.match(usual, 'local-data: "web.default.svc.corp.example. 7 IN A 10.96.1.1"');
  t.match(usual, 'local-data: "1.1.96.10.in-addr.arpa. 7 IN PTR web.default.svc.corp.example."');
  t.match(usual, /name: "\."\n {2}forward-addr: 192\.168\.1\.1\n/);
  t.match(usual, 'log-servfail: yes');
  t.match(usual, 'log-replies: no');
  t.match(usual, 'cache-max-ttl: 9');
  const other = text(
    `${block('log\nforward . 10.0.0.53:5353')}example.org:53 {\n forward . 10.0.0.54\n hosts {\n 10.0.0.7 a.example.org\n fallthrough\n }\n}\n`,
  );
  t.notMatch(other, 'local-zone: "cluster.local."');
  t.match(other, /name: "\."\n {2}forward-addr: 10\.0\.0\.53@5353\n/);
  t.match(other, /name: "example\.org\."\n {2}forward-addr: 10\.0\.0\.54\n/);
  t.match(other, 'local-data: "a.example.org. 3600 IN A 10.0.0.7"');
  t.match(other, 'log-servfail: no');
  t.match(other, 'log-replies: yes');
  t.match(text(block('errors')), /name: "\."\n {2}forward-addr: 255\.255\.255\.255\n/, 'nobody to ask');
});

t.test('a Corefile that CoreDNS does not take is refused in its words, with the line', async (t) => {
  const refused = (corefile: string, words: string) =>
    t.throws(() => text(corefile), { message: `/etc/coredns/Corefile:${words}` });
  refused(block('errors\nforwrd . 1.1.1.1'), "3 - Error during parsing: Unknown directive 'forwrd'");
  refused('.:53 {\n errors\n', '2 - Error during parsing: Unexpected EOF');
  refused(block('forward . nameserver'), '2 - Error during parsing: not an IP address or file: "nameserver"');
  refused(
    block('kubernetes cluster.local {\n pods all\n}'),
    '2 - Error during parsing: wrong value for pods: all,  must be one of: disabled, verified, insecure',
  );
  t.strictSame(
    parseCorefile('a.example b.example:53, {\n whoami\n}').map(({ zones }) => zones),
    [['a.example.', 'b.example.']],
  );
});
