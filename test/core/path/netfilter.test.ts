import t from 'tap';
import type { Packet, Protocol } from '../../../src/core/path/model/packet.ts';
import { queueValues } from '../../../src/core/path/model/queueing.ts';
import { firstTrouble, walk } from '../../../src/core/path/model/walk.ts';
import { namespaces } from '../../support/namespaces.ts';
import { observe } from '../../support/observation.ts';

const nat = ['-A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE'];

/** blue to the LAN's web server (or its own) through the host with these rules: where it ends, and who did it. */
function through(
  rules: Record<string, string[]>,
  protocol: Protocol = 'tcp',
  from = 'blue',
  to = '192.168.1.3',
  queues: number[] = [],
): string {
  const packet: Packet = { from, to, protocol, port: protocol === 'icmp' ? null : 80 };
  const { request, reply } = walk(
    observe(namespaces().node('host', { rules: { nat, ...rules }, queues }).spec),
    packet,
  );
  const { end } = reply ?? request;
  const way = reply === null ? '' : 'reply ';
  if (end.kind === 'delivered') return 'delivered';
  if (end.kind === 'undecided') return `${way}undecided ${end.object}`;
  return `${way}${end.reason} ${end.values.chain ?? end.object} ${end.values.line ?? ''}`.trim();
}

const tables: [title: string, rules: Record<string, string[]>, expected: string][] = [
  ['no rules', {}, 'delivered'],
  [
    'a packet that is not tracked is not translated',
    { raw: ['-A PREROUTING -j CT --notrack'] },
    'reply reply-not-routed 192.168.15.2',
  ],
  [
    'nor for rules behind it a connection',
    {
      raw: ['-A PREROUTING -j few', '-N few', '-A few -p tcp -j NOTRACK'],
      filter: ['-A FORWARD -m conntrack --ctstate UNTRACKED -j DROP'],
    },
    'dropped-by-rule filter FORWARD 1',
  ],
  [
    'only packets of another protocol are not tracked',
    { raw: ['-A PREROUTING -p udp -j NOTRACK'] },
    'delivered',
  ],
  ['policy', { filter: ['-P FORWARD DROP'] }, 'dropped-by-rule filter FORWARD'],
  [
    'the first rule that fits decides',
    { filter: ['-A FORWARD -j ACCEPT', '-A FORWARD -j DROP'] },
    'delivered',
  ],
  [
    'a rule for others',
    {
      filter: [
        '-A FORWARD -s 10.0.0.0/8 -j DROP',
        '-A FORWARD -p udp -j DROP',
        '-A FORWARD -i eth0 -o eth0 -j DROP',
      ],
    },
    'delivered',
  ],
  [
    'by port',
    { filter: ['-A FORWARD -p tcp -m tcp --dport 80 -j REJECT'] },
    'rejected-by-rule filter FORWARD 1',
  ],
  ['by another port', { filter: ['-A FORWARD -p tcp -m tcp --dport 81 -j REJECT'] }, 'delivered'],
  [
    'by ports',
    { filter: ['-A FORWARD -p tcp -m multiport --dports 22,80 -j DROP'] },
    'dropped-by-rule filter FORWARD 1',
  ],
  [
    'not from here',
    { filter: ['-A FORWARD ! -s 192.168.15.0/24 -j ACCEPT', '-A FORWARD -j DROP'] },
    'dropped-by-rule filter FORWARD 2',
  ],
  ['by link', { filter: ['-A FORWARD -i v-net+ -o eth0 -j DROP'] }, 'dropped-by-rule filter FORWARD 1'],
  [
    'by range',
    { filter: ['-A FORWARD -m iprange --src-range 192.168.15.1-192.168.15.9 -j DROP'] },
    'dropped-by-rule filter FORWARD 1',
  ],
  [
    'only SYN',
    { filter: ['-A FORWARD -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j DROP'] },
    'dropped-by-rule filter FORWARD 1',
  ],
  [
    'new ones out, answers back',
    {
      filter: [
        '-P FORWARD DROP',
        '-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
        '-A FORWARD -i v-net-0 -m conntrack --ctstate NEW -j ACCEPT',
      ],
    },
    'delivered',
  ],
  [
    'answers forgotten',
    { filter: ['-P FORWARD DROP', '-A FORWARD -i v-net-0 -j ACCEPT'] },
    'reply dropped-by-rule filter FORWARD',
  ],
  [
    'through a chain of its own, which returns',
    { filter: ['-N ours', '-A FORWARD -j ours', '-A FORWARD -j DROP', '-A ours -p udp -j ACCEPT'] },
    'dropped-by-rule filter FORWARD 2',
  ],
  [
    'through a chain of its own, which decides',
    {
      filter: [
        '-N ours',
        '-A FORWARD -j ours',
        '-A FORWARD -j ACCEPT',
        '-A ours -p icmp -j RETURN',
        '-A ours -j DROP',
      ],
    },
    'dropped-by-rule filter ours 2',
  ],
  [
    'goto does not come back',
    {
      filter: [
        '-P FORWARD DROP',
        '-N ours',
        '-A FORWARD -g ours',
        '-A FORWARD -j ACCEPT',
        '-A ours -p udp -j ACCEPT',
      ],
    },
    'dropped-by-rule filter FORWARD',
  ],
  [
    'chains that call each other',
    { filter: ['-N a', '-N b', '-A FORWARD -j a', '-A a -j b', '-A b -j a'] },
    'undecided a',
  ],
  [
    'a mark set and matched',
    {
      mangle: ['-A PREROUTING -j MARK --set-xmark 0x4000/0x4000'],
      filter: ['-A FORWARD -m mark --mark 0x4000/0x4000 -j DROP'],
    },
    'dropped-by-rule filter FORWARD 1',
  ],
  ['logged, counted, then nothing', { filter: ['-A FORWARD -j LOG', '-A FORWARD'] }, 'delivered'],
  [
    'left to chance',
    { filter: ['-A FORWARD -m statistic --mode random --probability 0.50000000000 -j DROP'] },
    'undecided -A FORWARD -m statistic --mode random --probability 0.50000000000 -j DROP',
  ],
  [
    'chance for other packets only',
    { filter: ['-A FORWARD -p udp -m statistic --mode random --probability 0.50000000000 -j DROP'] },
    'delivered',
  ],
  ['in raw', { raw: ['-A PREROUTING -i v-net-0 -j DROP'] }, 'dropped-by-rule raw PREROUTING 1'],
  ['INPUT is not for forwarded packets', { filter: ['-P INPUT DROP', '-P OUTPUT DROP'] }, 'delivered'],
];

t.test('filtering', async (t) => {
  for (const [title, rules, expected] of tables) t.equal(through(rules), expected, title);
});

t.test('queues of programs', async (t) => {
  const queued = (options: string, queues: number[]) =>
    through({ filter: [`-A FORWARD -j NFQUEUE ${options}`] }, 'tcp', 'blue', '192.168.1.3', queues);
  t.equal(queued('--queue-num 3', []), 'dropped-by-rule filter FORWARD 1', 'no program reads it');
  t.equal(queued('--queue-num 3', [0, 4]), 'dropped-by-rule filter FORWARD 1', 'nor this one');
  t.match(queued('--queue-num 3', [3]), /^undecided -A FORWARD/, 'a program decides');
  t.match(queued('--queue-balance 2:5', [4]), /^undecided/, 'one of several');
  t.equal(queued('--queue-num 3 --queue-bypass', []), 'delivered', 'passed by');
  const state = namespaces().node('host', { queues: [3] }).spec;
  const { nodes } = observe(state);
  const values = (rule: string) => queueValues(rule, nodes.host ?? {});
  t.strictSame(values('-A FORWARD -j NFQUEUE --queue-num 3'), { queue: '3' });
  t.strictSame(values('queue flags bypass to 4-6'), { queue: '4-6', unread: '4-6' });
  t.strictSame(values('-A FORWARD -j DROP'), {});
});

t.test('translating', async (t) => {
  const dnat = (rule: string) => ({ nat: [...nat, rule] });
  const web = '-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.168.15.2:80';
  t.equal(through(dnat(web), 'tcp', 'lan', '192.168.1.2'), 'delivered', 'a port forwarded');
  t.equal(through({}, 'tcp', 'lan', '192.168.1.2'), 'no-listener 80', 'not forwarded');
  t.equal(through(dnat(web), 'icmp', 'lan', '192.168.1.2'), 'delivered', 'a ping is for the host itself');
  const other = web.replace('192.168.15.2:80', '192.168.15.2:8080');
  t.equal(through(dnat(other), 'tcp', 'lan', '192.168.1.2'), 'no-listener 8080', 'to another port');
  const nobody = web.replace('192.168.15.2', '192.168.15.20');
  t.equal(through(dnat(nobody), 'tcp', 'lan', '192.168.1.2'), 'neighbour-silent 192.168.15.20', 'to nobody');
  const several = web.replace('192.168.15.2:80', '192.168.15.1-192.168.15.2');
  t.match(
    through(dnat(several), 'tcp', 'lan', '192.168.1.2'),
    /^undecided -A PREROUTING/,
    'to one of several',
  );
  const redirect = { nat: [...nat, '-A PREROUTING -i v-net-0 -p tcp -j REDIRECT --to-ports 8080'] };
  t.equal(through(redirect), 'no-listener 8080', 'to the host itself');
  const local = { nat: [...nat, '-A OUTPUT -d 10.0.0.1/32 -p tcp -j DNAT --to-destination 192.168.15.2'] };
  t.equal(through(local, 'tcp', 'host', '10.0.0.1'), 'delivered', 'what the host itself sends');
  const snat = { nat: ['-A POSTROUTING -s 192.168.15.0/24 -o eth0 -j SNAT --to-source 192.168.1.2'] };
  t.equal(through(snat), 'delivered', 'SNAT');
  const wrong = { nat: ['-A POSTROUTING -s 192.168.15.0/24 -o eth0 -j SNAT --to-source 192.168.1.9'] };
  t.equal(through(wrong), 'reply neighbour-silent 192.168.1.9', 'SNAT to an address nobody has');
});

const nearly: [
  title: string,
  rules: Record<string, string[]>,
  to: string,
  nearly: string,
  condition: string,
][] = [
  [
    'a destination that NAT has changed in front of FORWARD',
    {
      nat: ['-A PREROUTING -d 192.168.1.2/32 -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.168.15.2'],
      filter: ['-P FORWARD DROP', '-A FORWARD -d 192.168.1.2/32 -p tcp -j ACCEPT'],
    },
    '192.168.1.2',
    '-A FORWARD -d 192.168.1.2/32 -p tcp -j ACCEPT',
    '-d 192.168.1.2/32',
  ],
  [
    'the same as its only condition',
    {
      nat: ['-A PREROUTING -d 192.168.1.2/32 -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.168.15.2'],
      filter: ['-A FORWARD -d 192.168.1.2/32 -j ACCEPT', '-A FORWARD -j REJECT'],
    },
    '192.168.1.2',
    '-A FORWARD -d 192.168.1.2/32 -j ACCEPT',
    '-d 192.168.1.2/32',
  ],
  [
    'a rule behind the one that drops is not asked',
    { filter: ['-A FORWARD -p tcp -j DROP', '-A FORWARD -p tcp -m tcp --dport 81 -j ACCEPT'] },
    '192.168.15.2',
    '',
    '',
  ],
  [
    'neither is one for replies, or for others',
    {
      filter: [
        '-P FORWARD DROP',
        '-A FORWARD -i eth0 -m conntrack --ctstate ESTABLISHED -j ACCEPT',
        '-A FORWARD -i lo -j ACCEPT',
      ],
    },
    '192.168.15.2',
    '',
    '',
  ],
  [
    'of two the one about this packet, and not one that only excludes another link',
    {
      filter: [
        '-P FORWARD DROP',
        '-A FORWARD -i docker0 ! -o docker0 -j ACCEPT',
        '-A FORWARD -i eth0 -o eth0 -j ACCEPT',
      ],
    },
    '192.168.15.2',
    '-A FORWARD -i eth0 -o eth0 -j ACCEPT',
    '-o eth0',
  ],
  [
    'in a chain that is called for this packet only',
    {
      filter: [
        '-P FORWARD DROP',
        '-N udp',
        '-N tcp',
        '-A FORWARD -p udp -j udp',
        '-A FORWARD -p tcp -j tcp',
        '-A udp -i eth0 -p tcp -m tcp --dport 81 -j ACCEPT',
        '-A tcp -i eth0 -p tcp -m tcp --dport 82 -j ACCEPT',
      ],
    },
    '192.168.15.2',
    '-A tcp -i eth0 -p tcp -m tcp --dport 82 -j ACCEPT',
    '-p tcp -m tcp --dport 82',
  ],
];

t.test(
  'a rule that would have let the packet pass, but for one condition, as NAT left it there',
  async (t) => {
    for (const [title, rules, to, rule, condition] of nearly) {
      const lan = namespaces();
      lan.node('lan', { routes: ['192.168.15.0/24 via 192.168.1.2'] });
      const spec = lan.node('host', { rules }).spec;
      const packet: Packet = { from: 'lan', to, protocol: 'tcp', port: 80 };
      const end = firstTrouble(walk(observe(spec), packet));
      t.match(end?.kind === 'lost' ? end.reason : end?.kind, /^(dropped|rejected)-by-rule$/, title);
      t.same([end?.values.nearly ?? '', end?.values.condition ?? ''], [rule, condition], title);
    }
  },
);

t.test('a rule that would let the packet pass, behind one at which it leaves the chain', async (t) => {
  const end = (...own: string[]) => {
    const filter = ['-P FORWARD DROP', '-N DOCKER-USER', '-A FORWARD -j DOCKER-USER', ...own];
    const { spec } = namespaces().node('host', { rules: { filter } });
    const packet: Packet = { from: 'blue', to: '192.168.1.3', protocol: 'icmp', port: null };
    return firstTrouble(walk(observe(spec), packet))?.values ?? {};
  };
  const [back, pass] = ['-A DOCKER-USER -j RETURN', '-A DOCKER-USER -i v-net-0 -j ACCEPT'];
  t.match(end(back, pass), { unreached: pass, stopper: back, policyChain: 'FORWARD' });
  t.equal(end(back, '-A DOCKER-USER -i eth0 -j ACCEPT').unreached, undefined, 'a rule for other packets');
  t.equal(end('-A DOCKER-USER -i eth0 -j RETURN', pass).unreached, undefined, 'another is sent back');
});

t.test('a rule that would have given another source, but for one condition', async (t) => {
  const end = (rule: string) => {
    const packet: Packet = { from: 'blue', to: '192.168.1.3', protocol: 'icmp', port: null };
    const { spec } = namespaces().node('host', { rules: { nat: [rule] } });
    return firstTrouble(walk(observe(spec), packet))?.values ?? {};
  };
  t.match(end('-A POSTROUTING -s 192.168.16.0/24 -o eth0 -j MASQUERADE'), {
    translator: 'host',
    nearly: '-A POSTROUTING -s 192.168.16.0/24 -o eth0 -j MASQUERADE',
    condition: '-s 192.168.16.0/24',
  });
  t.equal(end('-A POSTROUTING -s 192.168.16.0/24 -o eth1 -j MASQUERADE').nearly, undefined, 'two conditions');
  const wrong = '-A POSTROUTING -s 192.168.51.0/24 -j MASQUERADE';
  t.match(end(wrong), { nearly: wrong, condition: '-s 192.168.51.0/24' }, 'a network that nobody is in');
  t.equal(
    end('-A POSTROUTING -s 203.0.113.0/24 -j MASQUERADE').nearly,
    undefined,
    'another network there is',
  );
  t.equal(end('-A POSTROUTING -o eth1 -j MASQUERADE').nearly, undefined, 'another way');
});

t.test('an answer past the router that translated names router, server and client', async (t) => {
  const web =
    '-A PREROUTING -d 192.168.1.2/32 -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.168.15.2:80';
  const sysctls = { 'net.bridge.bridge-nf-call-iptables': '0' };
  const world = namespaces();
  world.node('host', { rules: { nat: [web] }, sysctls: { ...world.spec.host?.sysctls, ...sysctls } });
  world.node('red', { routes: ['default via 192.168.15.5'] });
  const packet: Packet = { from: 'red', to: '192.168.1.2', protocol: 'tcp', port: 80 };
  t.match(firstTrouble(walk(observe(world.spec), packet)), {
    reason: 'wrong-translation',
    values: { router: 'host', server: '192.168.15.2', client: '192.168.15.1', expected: '192.168.1.2' },
  });
});

t.test('the way there and back, hop by hop', async (t) => {
  const packet: Packet = { from: 'blue', to: '8.8.8.8', protocol: 'icmp', port: null };
  const { request, reply } = walk(observe(namespaces().spec), packet);
  const hopsShape = [request, reply].map((journey) =>
    journey?.hops.map(({ node, in: inside, out, after }) =>
      [node, inside, out, after.source, after.destination].join(' '),
    ),
  );
  t.same(hopsShape, [
    [
      'blue  veth-blue 192.168.15.2 8.8.8.8',
      'host v-net-0 eth0 192.168.1.2 8.8.8.8',
      'router br-lan wan 203.0.113.2 8.8.8.8',
      'internet eth0  203.0.113.2 8.8.8.8',
    ],
    [
      'internet  eth0 8.8.8.8 203.0.113.2',
      'router wan br-lan 8.8.8.8 192.168.1.2',
      'host eth0 v-net-0 8.8.8.8 192.168.15.2',
      'blue veth-blue  8.8.8.8 192.168.15.2',
    ],
  ]);
  const { decisions = [] } = request.hops[1] ?? {};
  t.same(
    decisions.map(({ by, text, place, line }) => [by, text, place, line]),
    [
      ['route', 'default via 192.168.1.1', undefined, undefined],
      ['rule', nat[0], 'nat POSTROUTING', 1],
      ['neighbour', '192.168.1.1 is router:br-lan', undefined, undefined],
    ],
  );
});

t.test('bridged packets meet the rules only if br_netfilter is set so', async (t) => {
  const rules = { filter: ['-P FORWARD DROP'] };
  const packet: Packet = { from: 'red', to: '192.168.15.2', protocol: 'icmp', port: null };
  const ends = ['0', '1'].map((value) => {
    const world = namespaces().node('host', {
      rules,
      sysctls: { 'net.bridge.bridge-nf-call-iptables': value },
    });
    return walk(observe(world.spec), packet).request;
  });
  t.equal(ends[0]?.end.kind, 'delivered');
  t.match(ends[1]?.end, { kind: 'lost', reason: 'dropped-by-rule', node: 'host' });
  t.match(ends[0]?.hops[1], {
    node: 'host',
    in: 'veth-red-br',
    out: 'veth-blue-br',
    decisions: [{ by: 'bridge', text: 'v-net-0' }],
  });
});

t.test('the chunks of the first packet of an SCTP association: INIT alone', async (t) => {
  const dropped = 'dropped-by-rule filter FORWARD 1';
  for (const [chunks, drops] of [
    ['any INIT', true],
    ['any DATA,INIT', true],
    ['only INIT', true],
    ['only DATA,INIT', true],
    ['all INIT', true],
    ['all DATA,INIT', false],
    ['any DATA', false],
    ['any ALL', true],
    ['all ALL', false],
    ['any NONE', false],
    ['all NONE', true],
  ] as const) {
    const filter = [`-A FORWARD -p sctp -m sctp --dport 80 --chunk-types ${chunks} -j DROP`];
    t.equal(through({ filter }, 'sctp') === dropped, drops, chunks);
  }
  t.not(through({ filter: ['-A FORWARD -p sctp -m sctp --dport 81 -j DROP'] }, 'sctp'), dropped);
  const answers = ['-A FORWARD -p sctp -m sctp --chunk-types any INIT_ACK -j DROP'];
  t.not(through({ filter: answers }, 'sctp'), dropped, 'the answer is INIT ACK');
});
