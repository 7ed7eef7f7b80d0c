import t from 'tap';
import type { ProxyOptions } from '../../../src/cluster/proxy/options.ts';
import { proxyRules } from '../../../src/cluster/proxy/rules.ts';
import { ends } from '../../support/cluster/flow.ts';
import { balancer, nodePort, on, options, slice, web } from '../../support/cluster/proxy.ts';

const families = {
  ipv4: {
    service: '10.96.0.50',
    endpoints: ['10.244.1.5', '10.244.2.5'],
    pods: '10.244.0.0/16',
    pod: '10.244.1.9',
    client: '203.0.113.99',
    node: '192.168.1.11',
    second: '192.168.9.11',
    localhost: '127.0.0.1',
  },
  ipv6: {
    service: 'fd00:96::50',
    endpoints: ['fd00:10:244:1::5', 'fd00:10:244:2::5'],
    pods: 'fd00:10:244::/48',
    pod: 'fd00:10:244:1::9',
    client: '2001:db8:ffff::1',
    node: '2001:db8:1::11',
    second: '2001:db8:9::11',
    localhost: '::1',
  },
} as const;
const nodeAddresses = Object.values(families).flatMap(({ node, second, localhost }) => [
  node,
  second,
  localhost,
]);

const first = ['192.168.1.0/24', '2001:db8:1::/64'];
const both = ['192.168.1.0/24', '192.168.9.0/24'];
type Family = keyof typeof families;
const cases: [
  family: Family,
  given: Partial<ProxyOptions>,
  takes: { second: boolean; localhost: boolean },
  guard: boolean,
][] = [
  ['ipv4', {}, { second: true, localhost: true }, true],
  ['ipv4', { localhostNodePorts: false }, { second: true, localhost: false }, false],
  ['ipv4', { nodePortAddresses: [...first, '127.0.0.0/8'] }, { second: false, localhost: true }, true],
  [
    'ipv4',
    { nodePortAddresses: [...first, '127.0.0.1/32'], localhostNodePorts: false },
    { second: false, localhost: false },
    false,
  ],
  ['ipv4', { nodePortAddresses: first }, { second: false, localhost: false }, false],
  ['ipv4', { nodePortAddresses: [...both, '2001:db8:1::/64'] }, { second: true, localhost: false }, false],
  ['ipv4', { nodePortAddresses: ['2001:db8:1::/64'] }, { second: true, localhost: true }, true],
  ['ipv4', { nodePortAddresses: [...first, '0.0.0.0/0'] }, { second: true, localhost: true }, true],
  ['ipv6', {}, { second: true, localhost: false }, false],
  ['ipv6', { localhostNodePorts: false }, { second: true, localhost: false }, false],
  ['ipv6', { nodePortAddresses: [...first, '::1/128'] }, { second: false, localhost: false }, false],
  ['ipv6', { nodePortAddresses: both }, { second: true, localhost: false }, false],
];

for (const [family, given, takes, guard] of cases) {
  t.test(`${family}, ${JSON.stringify(given)}`, async (t) => {
    const its = families[family];
    const at = (address: string, port: number) =>
      family === 'ipv6' ? `[${address}]:${port}` : `${address}:${port}`;
    const addressType = family === 'ipv6' ? ('IPv6' as const) : ('IPv4' as const);
    const listed = slice([on('node2', its.endpoints[1]), on('node1', its.endpoints[0])]);
    const { whole } = proxyRules(
      [web(nodePort({ clusterIP: its.service }))],
      [{ ...listed, addressType }],
      options({ family, local: { mode: 'ClusterCIDR', cidr: its.pods }, nodeAddresses, ...given }),
    );
    const reached = its.endpoints.map((address) => at(address, 8080));
    const masqueraded = reached.map((one) => `${one} masq`);
    const ignored = (address: string) => [`${at(address, 30080)} here`];
    t.same(ends(whole, its.pod, at(its.service, 80)), reached, 'pod to the service');
    for (const source of [its.client, its.node])
      t.same(ends(whole, source, at(its.node, 30080)), masqueraded, `${source} to the node`);
    t.same(
      ends(whole, its.client, at(its.second, 30080)),
      takes.second ? masqueraded : ignored(its.second),
      'outside to the second address',
    );
    t.same(
      ends(whole, its.localhost, at(its.localhost, 30080)),
      takes.localhost ? masqueraded : ignored(its.localhost),
      'localhost to itself',
    );
    t.equal(/^-A KUBE-FIREWALL /m.test(whole), guard, 'packets from outside to 127.0.0.0/8 are dropped');
  });
}

t.test('two families of one service, each by its own rules', async (t) => {
  const service = web(nodePort({ clusterIPs: [families.ipv4.service, families.ipv6.service] }));
  const slices = [
    slice([on('node1', '10.244.1.5')]),
    { ...slice([on('node1', 'fd00:10:244:1::5')]), addressType: 'IPv6' as const },
  ];
  const four = proxyRules([service], slices, options()).whole;
  const six = proxyRules([service], slices, options({ family: 'ipv6', local: null })).whole;
  t.same(ends(four, '10.244.1.9', '10.96.0.50:80'), ['10.244.1.5:8080']);
  t.same(ends(six, 'fd00:10:244:1::9', '[fd00:96::50]:80'), ['[fd00:10:244:1::5]:8080']);
  t.same(ends(six, 'fd00:10:244:1::5', '[fd00:96::50]:80'), ['[fd00:10:244:1::5]:8080 masq'], 'to itself');
  t.notMatch(four, /fd00/);
  t.notMatch(six, /10\.244/);
});

t.test('two addresses of the balancer, for two networks, with the node in one of them', async (t) => {
  const ranges = { loadBalancerSourceRanges: ['192.168.1.0/24', ' 203.0.113.0/25'] };
  const object = balancer(
    { ...nodePort(), type: 'LoadBalancer', ...ranges },
    '198.51.100.10',
    '198.51.100.11',
  );
  const { whole } = proxyRules([object], [slice([on('node2', '10.244.2.5')])], options());
  const [end, masqueraded] = [['10.244.2.5:8080'], ['10.244.2.5:8080 masq']];
  t.same(ends(whole, '10.244.1.9', '10.96.0.50:80'), end);
  for (const source of ['203.0.113.2', '203.0.113.130'])
    t.same(ends(whole, source, '192.168.1.11:30080'), masqueraded, 'the node port is open to all');
  for (const vip of ['198.51.100.10', '198.51.100.11']) {
    t.same(ends(whole, '203.0.113.2', `${vip}:80`), masqueraded, 'allowed');
    t.same(ends(whole, '203.0.113.130', `${vip}:80`), ['drop'], 'not allowed');
    t.same(ends(whole, '10.244.1.9', `${vip}:80`), ['drop'], 'pods are not allowed either');
    t.same(ends(whole, '192.168.1.11', `${vip}:80`), masqueraded, 'the node');
    t.same(
      ends(whole, vip, `${vip}:80`),
      masqueraded,
      'the node, with the address of the balancer as its own',
    );
  }
});

t.test('a health check node port needs a balancer and the policy Local', async (t) => {
  const to = (object: ReturnType<typeof web>) => proxyRules([object], [], options()).restore;
  const local = { externalTrafficPolicy: 'Local', healthCheckNodePort: 32122 } as const;
  t.match(to(balancer(local)), /--dport 32122 -j ACCEPT/);
  t.notMatch(to(balancer({ ...local, externalTrafficPolicy: 'Cluster' })), /32122/);
  t.notMatch(to(web(nodePort(local))), /32122/);
});
