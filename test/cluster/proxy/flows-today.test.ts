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

/** Cases of kube-proxy's own unit tests besides the usual ones; one row for each packet. */
const external = { externalIPs: ['198.51.100.7'] };
const ip = '198.51.100.7:80';
const near = { ...A, conditions: { ready: true } };
const ending = (endpoint: typeof A, serving = true) => ({
  ...endpoint,
  conditions: { ready: false, serving, terminating: true },
});
const today: [
  title: string,
  Service,
  endpoints: (typeof A)[],
  Flow[],
  given?: Parameters<typeof options>[0],
][] = [
  [
    'masqueradeAll',
    web(),
    [A, B],
    [
      [pod, service, masq(a, b)],
      [client, service, masq(a, b)],
    ],
    { masqueradeAll: true },
  ],
  [
    'pods told by their bridge',
    web(),
    [B],
    [
      [pod, service, [b]],
      [remote, service, masq(b)],
    ],
    { local: { mode: 'BridgeInterface', name: 'cni0' } },
  ],
  [
    'pods told by the range of the node',
    web(),
    [B],
    [
      [pod, service, [b]],
      [remote, service, masq(b)],
    ],
    { local: { mode: 'NodeCIDR', cidr: '10.244.1.0/24' } },
  ],
  [
    'pods not told at all',
    web(),
    [B],
    [
      [pod, service, [b]],
      [client, service, [b]],
    ],
    { local: null },
  ],
  [
    'external address, Cluster',
    web(external),
    [A, B],
    [
      [client, ip, masq(a, b)],
      [pod, ip, masq(a, b)],
      [node, ip, masq(a, b)],
      [pod, service, [a, b]],
    ],
  ],
  [
    'external address, Local',
    web({ ...external, ...local }),
    [A, B],
    [
      [client, ip, [a]],
      [pod, ip, [a, b]],
      [node, ip, masq(a, b)],
    ],
  ],
  [
    'external address, Local, none here',
    web({ ...external, ...local }),
    [B],
    [
      [client, ip, ['drop']],
      [pod, ip, [b]],
      [node, ip, masq(b)],
    ],
  ],
  [
    'external address without endpoints',
    web(external),
    [],
    [
      [client, ip, ['reject']],
      [pod, service, ['reject']],
    ],
  ],
  [
    'LoadBalancer, Local',
    balancer({ ...full, ...local, healthCheckNodePort: 32122 }),
    [A, B],
    [
      [client, vip, [a]],
      [client, port, [a]],
      [pod, vip, [a, b]],
      [node, vip, masq(a, b)],
      [pod, service, [a, b]],
      [client, '192.168.1.11:32122', ['192.168.1.11:32122 here']],
    ],
  ],
  [
    'LoadBalancer, Local, none here',
    balancer({ ...full, ...local }),
    [B],
    [
      [client, vip, ['drop']],
      [client, port, ['drop']],
      [pod, vip, [b]],
      [node, vip, masq(b)],
      [pod, service, [b]],
    ],
  ],
  [
    'LoadBalancer without endpoints',
    balancer(full),
    [],
    [
      [client, vip, ['reject']],
      [client, port, ['reject']],
      [pod, vip, ['reject']],
    ],
  ],
  [
    'LoadBalancer whose address is not for the node',
    web(
      { type: 'LoadBalancer', ...full },
      { loadBalancer: { ingress: [{ ip: '203.0.113.10', ipMode: 'Proxy' }] } },
    ),
    [A],
    [
      [client, vip, [vip]],
      [client, port, masq(a)],
    ],
  ],
  [
    'LoadBalancer, ranges with the node in one of them',
    balancer({ ...full, loadBalancerSourceRanges: ['192.168.1.0/24'] }),
    [A],
    [
      [client, vip, ['drop']],
      [pod, vip, ['drop']],
      [node, vip, masq(a)],
      ['192.168.1.77', vip, masq(a)],
    ],
  ],
  [
    'LoadBalancer, ranges, Local',
    balancer({ ...full, ...local, loadBalancerSourceRanges: ['198.51.100.0/24'] }),
    [A, B],
    [
      ['198.51.100.3', vip, [a]],
      [client, vip, ['drop']],
      [client, port, [a]],
    ],
  ],
  [
    'internal traffic Local beside a node port',
    web({ ...nodePort(), internalTrafficPolicy: 'Local' }),
    [A, B],
    [
      [pod, service, [a]],
      [client, service, masq(a)],
      [client, port, masq(a, b)],
    ],
  ],
  [
    'both Local, none here',
    web({ ...nodePort(local), internalTrafficPolicy: 'Local' }),
    [B],
    [
      [pod, service, ['drop']],
      [client, port, ['drop']],
      [pod, port, [b]],
    ],
  ],
  [
    'an endpoint that ends is left out while others are ready',
    web(nodePort()),
    [near, ending(B)],
    [
      [pod, service, [a]],
      [client, port, masq(a)],
    ],
  ],
  [
    'only ending ones that serve: they are used',
    web(nodePort(local)),
    [ending(A), ending(B)],
    [
      [pod, service, [a, b]],
      [client, port, [a]],
    ],
  ],
  [
    'Local: the ending one here before the ready one elsewhere',
    web(nodePort(local)),
    [ending(A), B],
    [
      [pod, service, [b]],
      [client, port, [a]],
    ],
  ],
  [
    'ending ones that do not serve any more: none is left',
    web(nodePort()),
    [ending(A, false), ending(B, false)],
    [
      [pod, service, ['reject']],
      [client, port, ['reject']],
    ],
  ],
  [
    'node ports on one network only',
    web(nodePort()),
    [B],
    [
      [client, port, [`${port} here`]],
      [pod, service, [b]],
    ],
    { nodeAddresses: ['192.168.1.11'], nodePortAddresses: ['10.9.0.0/16'] },
  ],
  [
    'affinity, Local',
    balancer({ ...full, ...local, sessionAffinity: 'ClientIP' }),
    [A, B],
    [
      [client, vip, [a]],
      [pod, service, [a, b]],
    ],
  ],
  [
    'external address that is one of the node',
    web({ externalIPs: ['192.168.9.11'], ...local }),
    [A, B],
    [
      [client, '192.168.9.11:80', [a]],
      [pod, '192.168.9.11:80', [a, b]],
      [node, '192.168.9.11:80', masq(a, b)],
      ['10.244.1.5', '192.168.9.11:80', [...masq(a), b]],
    ],
  ],
  [
    'external address of the node without endpoints',
    web({ externalIPs: ['192.168.9.11'] }),
    [],
    [
      [client, '192.168.9.11:80', ['reject']],
      [pod, '192.168.9.11:80', ['reject']],
    ],
  ],
  [
    'Local with external addresses of each kind and endpoints elsewhere',
    balancer({ ...full, ...external, ...local, healthCheckNodePort: 32122 }),
    [B],
    [
      [client, ip, ['drop']],
      [client, vip, ['drop']],
      [client, port, ['drop']],
      [node, ip, masq(b)],
      [node, '192.168.1.11:32122', ['192.168.1.11:32122 here']],
      [pod, '10.244.1.77:80', ['10.244.1.77:80']],
    ],
  ],
  [
    'an endpoint without a node is elsewhere',
    web({ ...nodePort(local), internalTrafficPolicy: 'Local' }),
    [{ addresses: ['10.244.1.5'] }],
    [
      [pod, service, ['drop']],
      [client, port, ['drop']],
      [node, port, masq(a)],
    ],
  ],
  ['headless: no rules', web({ clusterIP: 'None' }), [A], [[client, port, [`${port} here`]]]],
];

for (const [title, object, endpoints, flows, given] of today) {
  t.test(title, async (t) => {
    const { whole } = proxyRules([object], [slice([...endpoints])], options(given));
    for (const [from, to, wanted] of flows)
      t.same(ends(whole, from, to), [...wanted].sort(), `${from} to ${to}`);
  });
}

for (const form of ['1.30', '1.20'] as const)
  t.test(`SCTP is balanced as TCP is, and apart from it, ${form}`, async (t) => {
    const ports = [
      { name: 'sig', port: 80, protocol: 'SCTP' as const, nodePort: 30080 },
      { name: 'http', port: 80, nodePort: 30080 },
    ];
    const targets = [
      { name: 'sig', port: 2905, protocol: 'SCTP' as const },
      { name: 'http', port: 8080 },
    ];
    const { whole } = proxyRules([web(nodePort({ ports }))], [slice([A, B], targets)], options({ form }));
    const [sa, sb] = ['10.244.1.5:2905', '10.244.2.5:2905'];
    t.same(ends(whole, pod, service, 'sctp'), [sa, sb]);
    t.same(ends(whole, client, service, 'sctp'), masq(sa, sb));
    t.same(ends(whole, client, port, 'sctp'), masq(sa, sb));
    t.same(ends(whole, pod, service), [a, b], 'the port of TCP is another one');
    const none = proxyRules([web(nodePort({ ports }))], [slice([], targets)], options({ form })).whole;
    t.same(ends(none, pod, service, 'sctp'), ['reject']);
    t.same(ends(none, client, port, 'sctp'), ['reject']);
  });

t.test('counters of 1.32 and later: one more rule for 127.0.0.0/8, the same ends', async (t) => {
  const whole = (given: Parameters<typeof options>[0]) =>
    proxyRules([web(nodePort())], [slice([A, B])], options(given)).whole;
  const counted = whole({ nfacct: true });
  const lines = counted.split('\n').filter((line) => line.includes('nfacct'));
  t.strictSame(lines, [
    '-A KUBE-FORWARD -m conntrack --ctstate INVALID -m nfacct --nfacct-name ct_state_invalid_dropped_pkts -j DROP',
    '-A KUBE-NODEPORTS -m comment --comment default/web -m tcp -p tcp -d 127.0.0.0/8 --dport 30080 -m nfacct --nfacct-name localhost_nps_accepted_pkts -j KUBE-EXT-LOLE4ISW44XBNF3G',
  ]);
  for (const [from, to] of [
    [client, port],
    [node, port],
    ['127.0.0.1', '127.0.0.1:30080'],
    [pod, service],
  ] as const)
    t.same(ends(counted, from, to), ends(whole({}), from, to), `${from} to ${to}`);
  t.same(ends(counted, '127.0.0.1', '127.0.0.1:30080'), masq(a, b));
  for (const given of [{ localhostNodePorts: false }, { nodePortAddresses: ['192.168.0.0/16'] }])
    t.notMatch(whole({ nfacct: true, ...given }), 'localhost_nps');
});

t.test('one address for two protocols, one port each', async (t) => {
  const both = web({
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53 },
    ],
  });
  const listed = [A, B];
  const ports = [
    { name: 'dns', port: 5353, protocol: 'UDP' as const },
    { name: 'dns-tcp', port: 5354 },
  ];
  const { whole } = proxyRules([both], [slice(listed, ports)], options());
  t.same(ends(whole, pod, '10.96.0.50:53', 'udp'), ['10.244.1.5:5353', '10.244.2.5:5353']);
  t.same(ends(whole, pod, '10.96.0.50:53'), ['10.244.1.5:5354', '10.244.2.5:5354']);
  t.same(ends(whole, pod, '10.96.0.50:80'), ['10.96.0.50:80'], 'another port has no rule');
});
