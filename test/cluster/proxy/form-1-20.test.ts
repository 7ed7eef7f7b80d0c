import { readFileSync } from 'node:fs';
import t from 'tap';
import type { ProxyOptions } from '../../../src/cluster/proxy/options.ts';
import { proxyRules } from '../../../src/cluster/proxy/rules.ts';
import {
  A,
  A2,
  B,
  balancer,
  C,
  difference,
  lines,
  nodePort,
  on,
  options,
  slice,
  web,
  written,
} from '../../support/cluster/proxy.ts';

/** The rules that kube-proxy 1.20.2 adds to a node without services, as recorded from the real program. */
const recorded = JSON.parse(readFileSync(new URL('./recorded-1-20.json', import.meta.url), 'utf8')) as Record<
  string,
  { nat?: string[]; filter?: string[] }
>;

type Case = [name: string, ...Parameters<typeof written>];
const local = { externalTrafficPolicy: 'Local' } as const;
const ports = [{ port: 80, nodePort: 30080 }];
const ranges = (...loadBalancerSourceRanges: string[]) => ({ loadBalancerSourceRanges });
const affine = { sessionAffinity: 'ClientIP' } as const;
const old: Partial<ProxyOptions> = { form: '1.20' };

const cases: Case[] = [
  ['2a', web(), slice([A])],
  ['2b', web(), slice([A, B])],
  ['2c', web(), slice([A, B, C])],
  ['3a', web(), slice([])],
  ['3b', { ...balancer({ ports, externalIPs: ['198.51.100.7'] }) }, slice([])],
  ['4', web(nodePort()), slice([A, B])],
  ['5a', web(nodePort(local)), slice([A, B])],
  ['5b', web(nodePort(local)), slice([A, A2, B])],
  ['5c', web(nodePort(local)), slice([B])],
  ['6a', balancer({ ports }), slice([A, B])],
  ['6b', balancer({ ports, ...local, healthCheckNodePort: 32000 }), slice([A, B])],
  ['6c', balancer(ranges('203.0.113.0/25', '198.51.100.0/24')), slice([A])],
  ['6d', balancer(ranges('192.168.1.0/24')), slice([A])],
  ['6e', balancer({ ...local, ...ranges('203.0.113.0/25') }), slice([A])],
  ['6f', balancer({}, '203.0.113.10', '203.0.113.11'), slice([A])],
  ['7a', web({ externalIPs: ['198.51.100.7'] }), slice([A, B])],
  ['7b', web(nodePort({ ...local, externalIPs: ['198.51.100.7'] })), slice([A, B])],
  ['8a', web(affine), slice([A, B])],
  ['8b', web(nodePort({ ...local, ...affine })), slice([A, A2])],
  ['12a', web(), slice([A]), { masqueradeAll: true }],
  ['12c', web(nodePort(local)), slice([A]), { local: null }],
  ['12d', web(), slice([A]), { local: { mode: 'NodeCIDR', cidr: '10.244.1.0/24' } }],
  ['13a', web(nodePort()), slice([A]), { nodePortAddresses: ['192.168.1.0/24'] }],
];

for (const [name, services, slices, given] of cases) {
  t.test(`scenario ${name}: the lines the real kube-proxy wrote`, async (t) => {
    const { chains } = written(services, slices, { ...old, ...given });
    const { nat = [], filter = [] } = recorded[name] ?? {};
    t.ok(nat.length + filter.length > 0, 'recorded');
    for (const [table, text] of [
      ['nat', nat],
      ['filter', filter],
    ] as const) {
      const all = [...chains]
        .filter(([chain]) => chain.startsWith(`${table} `))
        .flatMap(([, rules]) => rules);
      const expected = text.length === 0 ? [] : lines(table, text.join('\n'));
      for (const rule of expected) t.ok(all.includes(rule), rule);
      for (const chain of new Set(text.map((line) => line.split(' ')[1] ?? ''))) {
        const wanted = expected.filter((rule) => rule.startsWith(`-A ${chain} `));
        const got = chains.get(`${table} ${chain}`) ?? [];
        if (chain !== 'KUBE-SERVICES')
          t.same(
            got.filter((rule) => wanted.includes(rule)),
            wanted,
            chain,
          );
      }
    }
  });
}

/** Scenarios whose recorded parts together are all that the service adds. */
const wholes: [parts: string[], ...Parameters<typeof written>][] = [
  [['2a'], web(), slice([A])],
  [['2b'], web(), slice([A, B])],
  [['3a'], web(), slice([])],
  [['3b'], balancer({ ports, externalIPs: ['198.51.100.7'] }), slice([])],
  [['2b', '4'], web(nodePort()), slice([A, B])],
  [['2b', '5a'], web(nodePort(local)), slice([A, B])],
  [['2b', '4', '6a'], balancer({ ports }), slice([A, B])],
  [['2b', '5a', '6b'], balancer({ ports, ...local, healthCheckNodePort: 32000 }), slice([A, B])],
  [['2b', '7a'], web({ externalIPs: ['198.51.100.7'] }), slice([A, B])],
  [['2b', '5a', '7b'], web(nodePort({ ...local, externalIPs: ['198.51.100.7'] })), slice([A, B])],
  [
    ['10a'],
    port('dns', { name: 'dns', protocol: 'UDP', port: 53, nodePort: 30053 }),
    slice([A, B], [{ name: 'dns', protocol: 'UDP', port: 5353 }], 'dns'),
  ],
  [
    ['10b'],
    port('sig', { name: 'm3ua', protocol: 'SCTP', port: 2905, nodePort: 30905 }),
    slice([A, B], [{ name: 'm3ua', protocol: 'SCTP', port: 2905 }], 'sig'),
  ],
  [
    ['10c'],
    web({
      ports: [
        { name: 'http', port: 80 },
        { name: 'https', port: 443 },
      ],
    }),
    slice(
      [A, B],
      [
        { name: 'http', port: 8080 },
        { name: 'https', port: 8443 },
      ],
    ),
  ],
];

function port(name: string, only: NonNullable<ReturnType<typeof web>['spec']['ports']>[number]) {
  const service = web({ type: 'NodePort', ports: [only] });
  return { ...service, metadata: { ...service.metadata, name } };
}

t.test('nothing beside the recorded lines', async (t) => {
  const none = written([], [], old).chains;
  for (const [parts, services, slices] of wholes) {
    const recordedLines = (table: 'nat' | 'filter') => {
      const text = parts.flatMap((part) => recorded[part]?.[table] ?? []);
      return text.length === 0 ? [] : lines(table, text.join('\n'));
    };
    const added = difference(none, written(services, slices, old).chains);
    const rules = added.filter((line) => !line.startsWith(':'));
    t.same(rules.sort(), [...recordedLines('nat'), ...recordedLines('filter')].sort(), parts.join(' + '));
  }
});

t.test('a node without services', async (t) => {
  const { chains } = written([], [], old);
  t.same(
    lines('filter', (recorded['1']?.filter ?? []).join('\n')),
    ['INPUT', 'FORWARD', 'OUTPUT', 'KUBE-FORWARD'].flatMap((chain) => chains.get(`filter ${chain}`)),
  );
  t.same(
    lines('nat', (recorded['1']?.nat ?? []).join('\n')).sort(),
    [...chains].flatMap(([chain, rules]) => (chain.startsWith('nat') ? rules : [])).sort(),
  );
});

t.test('the differences of 1.20.2', async (t) => {
  const none = written([], [], old).chains;
  const added = (...[services, slices, given]: Parameters<typeof written>) =>
    difference(none, written(services, slices, { ...old, ...given }).chains);
  t.same(added(web({ clusterIP: 'None' }), slice([A])), [], '9a headless');
  t.same(added(web({ type: 'ExternalName' }), slice([A])), [], '9b ExternalName');
  t.same(
    added(web({ internalTrafficPolicy: 'Local' }), slice([A, B])),
    added(web(), slice([A, B])),
    '11f internalTrafficPolicy is unknown',
  );
  t.same(
    added({ ...web({ externalIPs: ['198.51.100.7'], ...local }) }, slice([A, B])),
    added(web({ externalIPs: ['198.51.100.7'] }), slice([A, B])),
    'externalTrafficPolicy is read of NodePort and LoadBalancer only',
  );
  const unready = { ...A, conditions: { ready: false } };
  t.same(added(web(), slice([A, unready])), added(web(), slice([A])), 'an address listed twice, once ready');
  const otherPort = {
    ...slice([A], [{ name: '', port: 9090 }]),
    metadata: { ...slice([]).metadata, name: 'web-2' },
  };
  t.equal(
    added(web(), [slice([A]), otherPort]).filter((rule) => rule.includes('DNAT')).length,
    1,
    'an address has one port',
  );
  const dying = { ...A, conditions: { ready: false, serving: true, terminating: true } };
  t.match(added(web(), slice([dying])).join('\n'), /has no endpoints/, '11b no fallback to terminating');
  const today = { addresses: ['10.244.1.5'], nodeName: 'node1' };
  t.match(
    added(web(nodePort(local)), slice([today])).join('\n'),
    /has no local endpoints/,
    'nodeName is not read',
  );
  const spread = slice(['9', '10', '100', '2'].map((end) => on('node2', `10.244.2.${end}`)));
  const order = proxyRules([web()], [spread], options(old)).restore.match(/--to-destination \S+/g);
  const sorted = ['100', '10', '2', '9'].map((end) => `--to-destination 10.244.2.${end}:8080`);
  t.same(order, sorted, '10g sorted as text of ip:port');
  const unmasked = added(web(), slice([A])).filter((rule) => !rule.includes('! -s 10.244.0.0/16'));
  t.same(added(web(), slice([A]), { local: null }), unmasked, '12b without a cluster CIDR');
  const deaf = added(web(nodePort()), slice([A]), { nodePortAddresses: ['172.31.0.0/16'] });
  t.ok(deaf.includes(':nat KUBE-SVC-LOLE4ISW44XBNF3G'), '13b the service chain is declared and empty');
});
