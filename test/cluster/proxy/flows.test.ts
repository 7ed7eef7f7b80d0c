import t from 'tap';
import { proxyRules } from '../../../src/cluster/proxy/rules.ts';
import { ends } from '../../support/cluster/flow.ts';
import { A, B, balancer, nodePort, options, slice, web } from '../../support/cluster/proxy.ts';

const local = { externalTrafficPolicy: 'Local' } as const;
const [pod, remote, node, client] = ['10.244.1.9', '10.244.2.9', '192.168.1.11', '203.0.113.99'];
const [a, b] = ['10.244.1.5:8080', '10.244.2.5:8080'];
const [service, port, vip] = ['10.96.0.50:80', '192.168.1.11:30080', '203.0.113.10:80'];
const masq = (...places: string[]) => places.map((place) => `${place} masq`);

type Service = ReturnType<typeof web>;
type Flow = [from: string, to: string, ends: string[]];
const full = { ports: [{ port: 80, nodePort: 30080 }] };
const ranged = { ...full, loadBalancerSourceRanges: ['198.51.100.0/24'] };

const cases: [title: string, Service, endpoints: (typeof A)[], today: Flow[], old?: Flow[]][] = [
  [
    'ClusterIP',
    web(),
    [A, B],
    [
      [pod, service, [a, b]],
      [remote, service, [a, b]],
      [node, service, masq(a, b)],
      [client, service, masq(a, b)],
      [client, port, ['192.168.1.11:30080 here']],
      ['10.244.1.5', service, [...masq(a), b]],
    ],
  ],
  [
    'no endpoints',
    web(nodePort()),
    [],
    [
      [pod, service, ['reject']],
      [node, service, ['reject']],
      [client, port, ['reject']],
    ],
  ],
  [
    'NodePort, Cluster',
    web(nodePort()),
    [A, B],
    [
      [client, port, masq(a, b)],
      [pod, port, masq(a, b)],
      [node, port, masq(a, b)],
    ],
  ],
  [
    'NodePort, Local',
    web(nodePort(local)),
    [A, B],
    [
      [client, port, [a]],
      [pod, port, [a, b]],
      [node, port, masq(a, b)],
    ],
  ],
  // 1.20 marks for dropping in a chain that kubelet fills, so its own socket takes the packet.
  [
    'NodePort, Local, none here',
    web(nodePort(local)),
    [B],
    [
      [client, port, ['drop']],
      [pod, port, [b]],
      [node, port, masq(b)],
    ],
    [
      [client, port, ['192.168.1.11:30080 here']],
      [pod, port, [b]],
    ],
  ],
  [
    'LoadBalancer',
    balancer(full),
    [A, B],
    [
      [client, vip, masq(a, b)],
      [pod, vip, masq(a, b)],
    ],
  ],
  // 1.20 without a drop in FORWARD lets the refused packet go on, masqueraded.
  [
    'LoadBalancer, ranges',
    balancer(ranged),
    [A],
    [
      [client, vip, ['drop']],
      ['198.51.100.3', vip, masq(a)],
      [client, port, masq(a)],
    ],
    [
      [client, vip, masq(vip)],
      ['198.51.100.3', vip, masq(a)],
      [client, port, masq(a)],
    ],
  ],
  ['session affinity', web({ sessionAffinity: 'ClientIP' }), [A, B], [[pod, service, [a, b]]]],
];

for (const [title, object, endpoints, today, old = today] of cases) {
  for (const [form, flows] of [
    ['1.30', today],
    ['1.20', old],
  ] as const) {
    t.test(`${title}, ${form}`, async (t) => {
      const { whole } = proxyRules([object], [slice([...endpoints])], options({ form }));
      for (const [from, to, wanted] of flows)
        t.same(ends(whole, from, to), [...wanted].sort(), `${from} to ${to}`);
    });
  }
}

t.test('internalTrafficPolicy Local: the endpoint here, or none', async (t) => {
  const own = web({ internalTrafficPolicy: 'Local' });
  const to = (...endpoints: (typeof A)[]) =>
    ends(proxyRules([own], [slice(endpoints)], options()).whole, pod, service);
  t.same(to(A, B), [a]);
  t.same(to(B), ['drop']);
});
