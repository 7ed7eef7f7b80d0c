import t from 'tap';
import { share } from '../../../src/cluster/proxy/balance.ts';
import { chainHash } from '../../../src/cluster/proxy/names.ts';
import { proxyRules } from '../../../src/cluster/proxy/rules.ts';
import {
  A,
  A2,
  B,
  balancer,
  difference,
  lines,
  nodePort,
  on,
  options,
  slice,
  web,
  written,
} from '../../support/cluster/proxy.ts';

const [H, SA, SA2, SB] = ['LOLE4ISW44XBNF3G', 'XQWD6PXGZUTOOIVQ', 'XIQG3E4ATGAKTZVT', 'CBTFKNOSRCMRXDOA'];
const web80 = '-p tcp -m comment --comment "default/web';
const local = { externalTrafficPolicy: 'Local' } as const;
const none = written([], []).chains;

function added(...args: Parameters<typeof written>): string[] {
  return difference(none, written(...args).chains).sort();
}

const sepA = `
-A KUBE-SEP-${SA} -s 10.244.1.5/32 -m comment --comment "default/web" -j KUBE-MARK-MASQ
-A KUBE-SEP-${SA} ${web80}" -m tcp -j DNAT --to-destination 10.244.1.5:8080`;
const sepB = `
-A KUBE-SEP-${SB} -s 10.244.2.5/32 -m comment --comment "default/web" -j KUBE-MARK-MASQ
-A KUBE-SEP-${SB} ${web80}" -m tcp -j DNAT --to-destination 10.244.2.5:8080`;
const svcAB = `
-A KUBE-SVC-${H} -m comment --comment "default/web -> 10.244.1.5:8080" -m statistic --mode random --probability 0.50000000000 -j KUBE-SEP-${SA}
-A KUBE-SVC-${H} -m comment --comment "default/web -> 10.244.2.5:8080" -j KUBE-SEP-${SB}`;
const masq = `
-A KUBE-SVC-${H} ! -s 10.244.0.0/16 -d 10.96.0.50/32 ${web80} cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ`;
const front = `
-A KUBE-SERVICES -d 10.96.0.50/32 ${web80} cluster IP" -m tcp --dport 80 -j KUBE-SVC-${H}`;
const clusterIP = sepA + sepB + front + masq + svcAB;
const np = `
-A KUBE-NODEPORTS ${web80}" -m tcp --dport 30080 -j KUBE-EXT-${H}`;
const ext = `
-A KUBE-EXT-${H} -m comment --comment "masquerade traffic for default/web external destinations" -j KUBE-MARK-MASQ
-A KUBE-EXT-${H} -j KUBE-SVC-${H}`;
const extLocal = `
-A KUBE-EXT-${H} -s 10.244.0.0/16 -m comment --comment "pod traffic for default/web external destinations" -j KUBE-SVC-${H}
-A KUBE-EXT-${H} -m comment --comment "masquerade LOCAL traffic for default/web external destinations" -m addrtype --src-type LOCAL -j KUBE-MARK-MASQ
-A KUBE-EXT-${H} -m comment --comment "route LOCAL traffic for default/web external destinations" -m addrtype --src-type LOCAL -j KUBE-SVC-${H}`;
const svl = `
-A KUBE-SVL-${H} -m comment --comment "default/web -> 10.244.1.5:8080" -j KUBE-SEP-${SA}`;
const lb = (chain: string) => `
-A KUBE-SERVICES -d 203.0.113.10/32 ${web80} loadbalancer IP" -m tcp --dport 80 -j KUBE-${chain}-${H}`;
const fw = `
-A KUBE-FW-${H} -s 203.0.113.0/25 -m comment --comment "default/web loadbalancer IP" -j KUBE-EXT-${H}
-A KUBE-FW-${H} -m comment --comment "other traffic to default/web will be dropped by KUBE-PROXY-FIREWALL"`;
const refused = (what: string, match: string, target: string, chain = 'KUBE-EXTERNAL-SERVICES') =>
  `\n-A ${chain} ${match.replace('COMMENT', `-m comment --comment "default/web has no ${what}"`)} -j ${target}`;
const reject = 'REJECT --reject-with icmp-port-unreachable';
const toPort = '-p tcp COMMENT -m addrtype --dst-type LOCAL -m tcp --dport 30080';
const to = (ip: string) => `-d ${ip}/32 -p tcp COMMENT -m tcp --dport 80`;

const cases: [title: string, args: Parameters<typeof written>, nat: string, filter?: string][] = [
  ['ClusterIP', [web(), slice([A, B])], clusterIP],
  [
    'masqueradeAll',
    [web(), slice([A, B]), { masqueradeAll: true }],
    clusterIP.replace('! -s 10.244.0.0/16 ', ''),
  ],
  ['no detector', [web(), slice([A, B]), { local: null }], clusterIP.replace(masq, '')],
  [
    'by bridge',
    [web(), slice([A, B]), { local: { mode: 'BridgeInterface', name: 'cni0' } }],
    clusterIP.replace('! -s 10.244.0.0/16 -d 10.96.0.50/32', '-d 10.96.0.50/32 ! -i cni0'),
  ],
  [
    'by prefix',
    [web(), slice([A, B]), { local: { mode: 'InterfaceNamePrefix', name: 'veth' } }],
    clusterIP.replace('! -s 10.244.0.0/16 -d 10.96.0.50/32', '-d 10.96.0.50/32 ! -i veth+'),
  ],
  ['NodePort, Cluster', [web(nodePort()), slice([A, B])], clusterIP + np + ext],
  [
    'NodePort, Local, an endpoint here',
    [web(nodePort(local)), slice([A, B])],
    `${clusterIP}${np}${extLocal}\n-A KUBE-EXT-${H} -j KUBE-SVL-${H}${svl}`,
  ],
  [
    'NodePort, Local, none here',
    [web(nodePort(local)), slice([B])],
    `${sepB}${front}${masq}
-A KUBE-SVC-${H} -m comment --comment "default/web -> 10.244.2.5:8080" -j KUBE-SEP-${SB}${np}${extLocal}`,
    refused('local endpoints', toPort, 'DROP'),
  ],
  [
    'internalTrafficPolicy Local',
    [web({ internalTrafficPolicy: 'Local' }), slice([A, B])],
    sepA + (front + masq).replaceAll('KUBE-SVC', 'KUBE-SVL') + svl,
  ],
  [
    'internalTrafficPolicy Local, none here',
    [web({ internalTrafficPolicy: 'Local' }), slice([B])],
    '',
    refused('local endpoints', to('10.96.0.50'), 'DROP', 'KUBE-SERVICES'),
  ],
  ['LoadBalancer', [balancer(), slice([A, B])], clusterIP + ext + lb('EXT')],
  [
    'LoadBalancer, proxying',
    [
      web({ type: 'LoadBalancer' }, { loadBalancer: { ingress: [{ ip: '203.0.113.10', ipMode: 'Proxy' }] } }),
      slice([A, B]),
    ],
    clusterIP,
  ],
  [
    'LoadBalancer, source ranges',
    [balancer({ loadBalancerSourceRanges: [' 203.0.113.0/25 '] }), slice([A, B])],
    clusterIP + ext + lb('FW') + fw,
    `\n-A KUBE-PROXY-FIREWALL -d 203.0.113.10/32 ${web80} traffic not accepted by KUBE-FW-${H}" -m tcp --dport 80 -j DROP`,
  ],
  [
    'LoadBalancer, health check',
    [balancer({ ...local, healthCheckNodePort: 32000 }), slice([A, B])],
    `${clusterIP}${extLocal}\n-A KUBE-EXT-${H} -j KUBE-SVL-${H}${svl}${lb('EXT')}`,
    `\n-A KUBE-NODEPORTS ${web80} health check node port" -m tcp --dport 32000 -j ACCEPT`,
  ],
  [
    'external address',
    [web({ externalIPs: ['198.51.100.7'] }), slice([A, B])],
    `${clusterIP}${ext}
-A KUBE-SERVICES -d 198.51.100.7/32 ${web80} external IP" -m tcp --dport 80 -j KUBE-EXT-${H}`,
  ],
  [
    'no endpoints',
    [balancer({ externalIPs: ['198.51.100.7'], ports: [{ port: 80, nodePort: 30080 }] }), slice([])],
    '',
    refused('endpoints', to('10.96.0.50'), reject, 'KUBE-SERVICES') +
      refused('endpoints', to('198.51.100.7'), reject) +
      refused('endpoints', to('203.0.113.10'), reject) +
      refused('endpoints', toPort, reject),
  ],
  [
    'terminating only',
    [web(), slice([{ ...A, conditions: { ready: false, serving: true, terminating: true } }, B].slice(0, 1))],
    `${sepA}${front}${masq}
-A KUBE-SVC-${H} -m comment --comment "default/web -> 10.244.1.5:8080" -j KUBE-SEP-${SA}`,
  ],
  [
    'terminating beside ready',
    [web(), slice([{ ...A2, conditions: { ready: false, serving: true, terminating: true } }, A, B])],
    clusterIP,
  ],
  [
    'hints',
    [
      web(),
      slice([
        { ...A, hints: { forZones: [{ name: 'a' }] } },
        { ...B, hints: { forZones: [{ name: 'b' }] } },
      ]),
      { zone: 'b' },
    ],
    `${sepB}${front}${masq}
-A KUBE-SVC-${H} -m comment --comment "default/web -> 10.244.2.5:8080" -j KUBE-SEP-${SB}`,
  ],
];

for (const [title, args, nat, filter = ''] of cases) {
  t.test(title, async (t) => {
    const wanted = [...(nat ? lines('nat', nat) : []), ...(filter ? lines('filter', filter) : [])];
    t.same(added(...args), wanted.sort());
  });
}

t.test('session affinity asks recent first and sets it before DNAT', async (t) => {
  const { chains } = written(web({ sessionAffinity: 'ClientIP' }), slice([A, B]));
  const service = chains.get(`nat KUBE-SVC-${H}`) ?? [];
  t.match(
    service.slice(1, 3).join('\n'),
    /recent.*10800.*XQWD6PXGZUTOOIVQ[\s\S]*recent.*10800.*CBTFKNOSRCMRXDOA/,
  );
  t.match(service.slice(3).join('\n'), /statistic/);
  t.notOk(chains.has(`nat KUBE-SEP-${SA2}`));
  t.match(chains.get(`nat KUBE-SEP-${SA}`)?.[1] ?? '', /recent --set --name KUBE-SEP-XQWD6PXGZUTOOIVQ/);
});

t.test('order of the base chains and of KUBE-SERVICES', async (t) => {
  const { chains } = written(web(nodePort()), slice([A]));
  const targets = (chain: string) => chains.get(chain)?.map((rule) => rule.split('-j ')[1]);
  t.same(targets('filter INPUT'), [
    'KUBE-FIREWALL',
    'KUBE-PROXY-FIREWALL',
    'KUBE-NODEPORTS',
    'KUBE-EXTERNAL-SERVICES',
  ]);
  t.same(targets('filter FORWARD'), [
    'KUBE-PROXY-FIREWALL',
    'KUBE-FORWARD',
    'KUBE-SERVICES',
    'KUBE-EXTERNAL-SERVICES',
  ]);
  t.same(targets('filter OUTPUT'), ['KUBE-FIREWALL', 'KUBE-PROXY-FIREWALL', 'KUBE-SERVICES']);
  t.equal(targets('nat KUBE-SERVICES')?.at(-1), 'KUBE-NODEPORTS');
});

t.test('over 1000 endpoints the comments of service and endpoint chains go', async (t) => {
  const many = Array.from({ length: 1001 }, (_, i) => on('node2', `10.245.${i >> 8}.${i & 255}`));
  const { restore } = proxyRules([web()], [slice(many)], options());
  t.notMatch(restore, /-A KUBE-SEP-\S+ -m comment/);
  t.match(restore, /-A KUBE-SERVICES -m comment --comment "default\/web cluster IP"/);
  t.ok(written(web(), slice(many)).chains.size > 1001, 'loads');
});

t.test('IPv6 takes the family its addresses have', async (t) => {
  const six = { ...slice([on('node1', 'fd00:10:244::5')]), addressType: 'IPv6' as const };
  const service = web({ clusterIPs: ['10.96.0.50', 'fd00:96::50'] });
  const { rules } = written(service, [six, slice([A])], { family: 'ipv6', local: null });
  t.match(rules.restore, /--to-destination \[fd00:10:244::5\]:8080/);
  t.notMatch(rules.restore, /10\.244\.1\.5/);
});

t.test('addresses with zeros in front are written without', async (t) => {
  const zeros = balancer(
    {
      ...nodePort({ clusterIP: '10.096.000.050', externalIPs: ['198.051.100.007'] }),
      type: 'LoadBalancer',
      loadBalancerSourceRanges: ['203.000.113.000/025'],
    },
    '203.000.113.010',
  );
  const plain = balancer({
    ...nodePort({ externalIPs: ['198.51.100.7'] }),
    type: 'LoadBalancer',
    loadBalancerSourceRanges: ['203.0.113.0/25'],
  });
  const listed = slice([on('node1', '010.244.001.005')]);
  t.equal(proxyRules([zeros], [listed], options()).whole, proxyRules([plain], [slice([A])], options()).whole);
  const six = { ...slice([on('node1', 'FD00:10:0:0::5')]), addressType: 'IPv6' as const };
  t.match(
    proxyRules([web({ clusterIP: 'fd00::a' })], [six], options({ family: 'ipv6', local: null })).restore,
    /--to-destination \[fd00:10::5\]:8080/,
  );
});

t.test('the settings that change the chains of the node', async (t) => {
  const has = (line: RegExp, given: Parameters<typeof options>[0] = {}) =>
    line.test(proxyRules([], [], options(given)).restore);
  t.ok(has(/^-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP$/m));
  t.notOk(has(/INVALID/, { tcpLiberal: true }), 'conntrack does not mind');
  t.ok(has(/-j MASQUERADE --random-fully$/m));
  t.ok(has(/-j MASQUERADE$/m, { randomFully: false }));
  t.ok(has(/^-A KUBE-MARK-MASQ -j MARK --or-mark 0x400$/m, { masqueradeBit: 10 }));
});

t.test('each of n endpoints gets the probability 1/n of those that are left', async (t) => {
  const many = Array.from({ length: 10 }, (_, index) => on('node2', `10.244.2.${index + 10}`));
  const { restore } = proxyRules([web()], [slice(many)], options());
  const shares = [...restore.matchAll(/--probability (\S+)/g)].map(([, share]) => share);
  t.same(shares, [
    ...['0.1000000000', '0.1111111111', '0.1250000000', '0.1428571429', '0.1666666667'],
    ...['0.2000000000', '0.2500000000', '0.3333333333', '0.5000000000'],
  ]);
});

t.test('the share of an endpoint has ten digits and shrinks with every endpoint more', async (t) => {
  const shares = [1, 2, 10, 100, 1000, 10_000, 100_000, 100_001].map(share);
  t.same(shares, [
    ...['1.0000000000', '0.5000000000', '0.1000000000', '0.0100000000'],
    ...['0.0010000000', '0.0001000000', '0.0000100000', '0.0000099999'],
  ]);
  const odd = Array.from({ length: 100_000 }, (_, index) => index + 1).find(
    (left) => Number(share(left + 1)) >= Number(share(left)),
  );
  t.equal(odd, undefined);
});

t.test('names are those of the real program', async (t) => {
  const known: [string, string, string, string][] = [
    ['ns1/svc1:p80', 'tcp', '', 'XPGD46QRK7WJZT7O'],
    ['ns1/svc1:p80', 'tcp', '10.180.0.1:80', 'SXIVWICOYRO3J4NJ'],
    ['kube-system/kube-dns:dns', 'udp', '', 'TCOU7JCQXEZGVUNU'],
    ['kube-system/kube-dns:dns-tcp', 'tcp', '', 'ERIFXISQEP7F7OF4'],
    ['default/kubernetes:https', 'tcp', '', 'NPX46M4PTMTKRN6Y'],
    ['default/sig:m3ua', 'sctp', '', 'IYKYG5EEDRKMICAL'],
  ];
  for (const [title, protocol, endpoint, hash] of known)
    t.equal(chainHash(title, protocol, endpoint), hash, title);
});
