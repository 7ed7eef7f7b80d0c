import t from 'tap';
import type { EndpointSlice, Service } from '../../../src/cluster/proxy/objects.ts';
import type { ProxyOptions } from '../../../src/cluster/proxy/options.ts';
import { proxyRules } from '../../../src/cluster/proxy/rules.ts';
import { ends } from '../../support/cluster/flow.ts';
import {
  A,
  B,
  balancer,
  difference,
  nodePort,
  options,
  slice,
  web,
  written,
} from '../../support/cluster/proxy.ts';

/** Services of every kind in one cluster: kube-proxy's own unit test writes such a set, and sends packets to it. */
const local = { externalTrafficPolicy: 'Local' } as const;
const ranges = { loadBalancerSourceRanges: [' 203.0.113.0/25'] };
const check = { healthCheckNodePort: 32122 };
const service = (name: string, { spec, status }: Service): Service => ({
  metadata: { namespace: 'default', name },
  spec,
  ...(status && { status }),
});
const ports = (port: number) => ({ ports: [{ name: 'http', port: 80, nodePort: port }] });
const target = [{ name: 'http', port: 8080 }];
const elsewhere = { addresses: ['10.244.2.7'] };

const cluster: [Service, ...EndpointSlice[]][] = [
  [
    service('plain', web({ clusterIP: '10.96.0.41', ports: [{ name: 'http', port: 80 }] })),
    slice([A], target, 'plain'),
  ],
  [
    service(
      'kept',
      balancer({
        clusterIP: '10.96.0.42',
        externalIPs: ['198.51.100.22'],
        ...ports(30042),
        ...local,
        ...check,
      }),
    ),
    slice([elsewhere], target, 'kept'),
  ],
  [service('port', web(nodePort({ clusterIP: '10.96.0.43', ...ports(30043) }))), slice([B], target, 'port')],
  [
    service('address', web(nodePort({ clusterIP: '10.96.0.44', externalIPs: ['198.51.100.33'] }))),
    slice([A, B], [{ name: '', port: 8080 }], 'address'),
  ],
  [
    service(
      'ranges',
      balancer(
        {
          clusterIP: '10.96.0.45',
          ...ports(30045),
          ...ranges,
          ...check,
          sessionAffinity: 'ClientIP',
          sessionAffinityConfig: { clientIP: { timeoutSeconds: 3600 } },
        },
        '203.0.113.45',
      ),
    ),
    slice([B], target, 'ranges'),
  ],
  [service('empty', web({ clusterIP: '10.96.0.46' }))],
  [service('name', web({ type: 'ExternalName', clusterIP: '10.96.0.47' }))],
];
const services = cluster.map(([one]) => one);
const slices = cluster.flatMap(([, ...listed]) => listed);

const shared = /^-A KUBE-SERVICES .*-j KUBE-NODEPORTS$/;

for (const given of [{}, { masqueradeAll: true }, { family: 'ipv6', local: null }] as Partial<ProxyOptions>[])
  t.test(`together they have the rules that each has alone, ${JSON.stringify(given)}`, async (t) => {
    const none = written([], [], given).chains;
    const all = written(services, slices, given).chains;
    const alone = cluster.flatMap(([one, ...listed]) =>
      difference(none, written(one, listed, given).chains).filter((rule) => !shared.test(rule)),
    );
    const together = difference(none, all).filter((rule) => !shared.test(rule));
    t.same(together.sort(), alone.sort());
    t.equal(together.length > 0, given.family !== 'ipv6', 'no service has an address of IPv6');
    t.match(all.get('nat KUBE-SERVICES')?.at(-1), /-j KUBE-NODEPORTS$/, 'node ports come last');
  });

t.test('what each of them refuses', async (t) => {
  const rules = proxyRules(services, slices, options()).restore.split('\n');
  const about = (name: string, chain: string) =>
    rules.filter((rule) => rule.startsWith(`-A ${chain} `) && rule.includes(`default/${name}`)).length;
  t.equal(about('kept', 'KUBE-EXTERNAL-SERVICES'), 3, 'external address, balancer and node port');
  t.equal(about('kept', 'KUBE-NODEPORTS'), 2, 'the way in, and the port of the health check');
  t.equal(about('ranges', 'KUBE-NODEPORTS'), 1, 'no health check with the policy Cluster');
  t.equal(about('ranges', 'KUBE-PROXY-FIREWALL'), 1);
  t.equal(about('empty', 'KUBE-SERVICES'), 1);
  t.notOk(
    rules.some((rule) => rule.includes('10.96.0.47')),
    'ExternalName has no rules',
  );
  t.equal(rules.filter((rule) => rule.includes('--seconds 3600 --reap')).length, 1);
});

t.test('every packet finds its own service', async (t) => {
  const { whole } = proxyRules(services, slices, options());
  const [pod, node, client, far] = ['10.244.1.9', '192.168.1.11', '203.0.113.99', '203.0.113.200'];
  const [a, b, c] = ['10.244.1.5:8080', '10.244.2.5:8080', '10.244.2.7:8080'];
  const packets: [from: string, to: string, ends: string[], protocol?: 'udp'][] = [
    [pod, '10.244.2.3:80', ['10.244.2.3:80']],
    [pod, '10.96.0.41:80', [a]],
    [pod, '10.96.0.41:443', ['10.96.0.41:443']],
    [pod, '10.96.0.41:80', ['10.96.0.41:80'], 'udp'],
    [pod, '10.96.0.44:80', [a, b]],
    [pod, '10.96.0.46:80', ['reject']],
    [pod, '10.96.0.47:80', ['10.96.0.47:80']],
    [client, '198.51.100.22:80', ['drop']],
    [client, '203.0.113.10:80', ['drop']],
    [client, `${node}:30042`, ['drop']],
    [pod, '198.51.100.22:80', [c]],
    [node, '198.51.100.22:80', [`${c} masq`]],
    [client, `${node}:30043`, [`${b} masq`]],
    [client, `${node}:30044`, [`${node}:30044 here`]],
    [client, '198.51.100.33:80', [`${a} masq`, `${b} masq`]],
    [client, '203.0.113.45:80', [`${b} masq`]],
    [far, '203.0.113.45:80', ['drop']],
    [far, `${node}:30045`, [`${b} masq`]],
  ];
  for (const [from, to, wanted, protocol] of packets)
    t.same(ends(whole, from, to, protocol), wanted, `${from} to ${to} by ${protocol ?? 'tcp'}`);
});

t.test('the port of a health check, whatever takes node ports and has endpoints', async (t) => {
  const object = balancer({ ...local, ...check, ...ports(30042) });
  const accepts = (given: Service[]) =>
    proxyRules(
      given,
      [],
      options({ nodePortAddresses: ['127.0.0.0/8'], nodeAddresses: [] }),
    ).restore.includes('--dport 32122 -j ACCEPT');
  t.ok(accepts([object]));
  t.notOk(accepts([]), 'it goes with its service');
});

t.test('an endpoint listed here and there that serves no more is none', async (t) => {
  const gone = { ready: false, serving: false, terminating: true };
  const twice = [
    { ...A, conditions: gone },
    { ...A, nodeName: 'node2', conditions: gone },
  ];
  for (const policy of [{}, local]) {
    const { whole } = proxyRules([balancer({ ...policy, ...check })], [slice(twice)], options());
    t.same(ends(whole, '10.244.1.9', '10.96.0.50:80'), ['reject']);
    t.same(ends(whole, '203.0.113.99', '203.0.113.10:80'), ['reject']);
  }
});
