import t, { type Test } from 'tap';
import { tracedPath } from '../../../src/core/diagnose/trace/trace.ts';
import type { EndReason, TracedPath, TraceEnd } from '../../../src/core/path/recording/hop.ts';
import type { TraceProbe } from '../../../src/core/probe/trace-probe.ts';
import { chain } from '../../support/chain.ts';
import { inLanes } from '../../support/lanes.ts';
import { sh, workplace } from '../../support/machines.ts';
import { wayOf } from '../../support/way.ts';

const icmp: TraceProbe = { kind: 'icmp' };
const udp: TraceProbe = { kind: 'udp', port: 999 };
const tcp: TraceProbe = { kind: 'tcp', port: 999 };

/**
 * One way in which a probe from a to b (10.0.2.2, or another) ends: the change to the network, and the
 * expected end.
 */
interface Ending {
  /** In the shell of the machine's own host. */
  done: string;
  to?: string;
  probe?: TraceProbe;
  way: string;
  /** The kernel's own word, which must be among the end's sources; null where nothing was thrown away. */
  kernel?: string;
  text?: RegExp;
  cure?: RegExp;
  more?: (t: Test, path: TracedPath) => void;
}

const inNode = (node: string, line: string) => `ip netns exec ${node} ${line}`;

const waits = (port: number) =>
  `until ${inNode('b', `ss -Hlun sport = ${port}`)} | grep -q :${port}; do :; done`;

const endings: Record<string, Ending> = {
  'delivered, by the kernel itself': {
    done: 'true',
    way: 'a r b | b r a: delivered',
    text: /answered by its kernel/,
  },
  'delivered, by a process': {
    done: `${inNode('b', 'socat UDP-LISTEN:999,fork PIPE')} >/dev/null 2>&1 & until ${inNode('b', 'ss -Hlun sport = 999')} | grep -q 999; do :; done`,
    probe: udp,
    way: 'a r b | b r a: delivered',
    text: /\(socat\)/,
  },
  'delivered: a name server is asked a question of its own': {
    done: `${inNode('b', 'dnsmasq -k -C /dev/null --no-resolv --user=root --pid-file=/run/asked.pid')} >/dev/null 2>&1 & ${waits(53)}`,
    probe: { kind: 'udp', port: 53 },
    way: 'a r b | b r a: delivered',
    text: /\(dnsmasq\).*spoke DNS/,
  },
  'a service that takes its question and says nothing': {
    done: `${inNode('b', 'socat -u UDP-RECV:123 /dev/null')} >/dev/null 2>&1 & ${waits(123)}`,
    probe: { kind: 'udp', port: 123 },
    way: 'a r b: answer-lost service-silent b',
    text: /every NTP server understands, and socat took it/,
  },
  'a service that never answers': {
    done: `${inNode('b', 'socat -u UDP-RECV:514 /dev/null')} >/dev/null 2>&1 & ${waits(514)}`,
    probe: { kind: 'udp', port: 514 },
    way: 'a r b: answer-lost service-one-way b',
    text: /sends no replies, so this silence is normal/,
  },
  'a datagram that nobody understands': {
    done: `${inNode('b', 'socat -u UDP-RECV:999 /dev/null')} >/dev/null 2>&1 & ${waits(999)}`,
    probe: udp,
    way: 'a r b: answer-lost question-unknown b',
    text: /no question for UDP port 999/,
  },
  'refused: no socket, by a reset': { done: 'true', probe: tcp, way: 'a r b | b r a: refused no-listener b' },
  'refused: no socket, by an ICMP error': {
    done: 'true',
    probe: udp,
    way: 'a r b | b r a: refused no-listener b',
  },
  'refused: by a rule': {
    done: inNode('r', 'iptables -A FORWARD -d 10.0.2.2 -j REJECT'),
    way: 'a r | r a: refused rejected-by-rule r',
    text: /rule 1 of filter FORWARD/,
    cure: /iptables -t filter -D FORWARD 1/,
  },
  'dropped: by a rule': {
    done: inNode('r', 'iptables -A FORWARD -d 10.0.2.2 -j DROP'),
    way: 'a r: dropped dropped-by-rule r',
    kernel: 'NETFILTER_DROP',
    cure: /iptables -t filter -D FORWARD 1/,
  },
  'dropped: by a rule of nftables': {
    done: inNode(
      'r',
      "nft 'table inet f { chain c { type filter hook forward priority 0; ip daddr 10.0.2.2 drop; }; }'",
    ),
    way: 'a r: dropped dropped-by-rule r',
    kernel: 'NETFILTER_DROP',
    text: /nftables in r drops the packet .*: `ip daddr 10\.0\.2\.2 drop`, in chain c of the table inet f/,
    cure: /nft delete rule inet f c handle 2/,
  },
  'dropped: no route, in the sender': {
    done: 'ip -n a route del default',
    way: ': dropped no-route a',
    // What was never sent was not dropped either.
    text: /^a has no route to 10\./,
  },
  'refused: no route, by a router': {
    done: 'ip -n r route del 10.0.2.0/24',
    way: 'a r | r a: refused no-route r',
    kernel: 'IP_INNOROUTES',
  },
  'dropped: forwarding off': {
    done: inNode('r', 'sysctl -qw net.ipv4.ip_forward=0'),
    way: 'a r: dropped forwarding-off r',
    kernel: 'IP_INADDRERRORS',
    cure: /sysctl -w net\.ipv4\.ip_forward=1/,
  },
  'refused: sent from a link-local address, there being no other': {
    done: 'ip -n a addr del fd00:1::1/64 dev ar',
    to: 'fd00:2::2',
    way: 'a r | r a: refused no-address a',
    text: /^Rejected by r\. a has no address to send from but the link-local one of ar, fe80:/,
    cure: /ip -n a addr add fd00:1::1\/64 dev ar/,
  },
  'dropped: sent from a link-local address to a router that forwards nothing': {
    done: `ip -n a addr del fd00:1::1/64 dev ar; ${inNode('r', 'sysctl -qw net.ipv6.conf.all.forwarding=0')}`,
    to: 'fd00:2::2',
    way: 'a r: dropped no-address a',
    text: /^Dropped in r\. a has no address to send from/,
  },
  'dropped: reverse path filter': {
    done: [
      inNode('r', 'sysctl -qw net.ipv4.conf.all.rp_filter=1'),
      'ip -n r route add 10.0.9.9 via 10.0.2.2',
      'ip -n a addr add 10.0.9.9/32 dev ar',
      'ip -n a route replace default via 10.0.1.2 src 10.0.9.9',
      // The filter is for ARP too.
      'ip -n a neigh replace 10.0.1.2 lladdr $(ip netns exec r cat /sys/class/net/ra/address) dev ar nud permanent',
    ].join('; '),
    way: 'a r: dropped rp-filter r',
    kernel: 'IP_RPFILTER',
  },
  'dropped: a neighbour that is silent': {
    done: 'true',
    to: '10.0.2.77',
    way: 'a r: dropped neighbour-silent r',
    text: /No node on rb of r answers for 10\.0\.2\.77/,
    more: (t, { packets }) =>
      t.match(packets[0]?.hops.at(-1)?.resolution, {
        address: '10.0.2.77',
        link: 'rb',
        answer: null,
        by: null,
      }),
  },
  'dropped: time to live': {
    done: inNode(
      'r',
      "nft 'table ip m { chain c { type filter hook prerouting priority -150; iifname ra ip ttl set 1; }; }'",
    ),
    way: 'a r | r a: dropped ttl r',
    text: /time to live \(TTL\) was used up/,
    cure: /ip netns exec r nft delete rule ip m c handle 2/,
  },
  'dropped: time to live, in a circle': {
    done: `ip -n r route add 10.0.3.0/24 via 10.0.2.2; ${inNode('b', 'sysctl -qw net.ipv4.ip_forward=1')}`,
    to: '10.0.3.3',
    way: `a${' r b'.repeat(32)} | b r a: dropped routing-loop b`,
    text: /Packets to .* loop/,
  },
  'dropped: bigger than the MTU of the next link': {
    done: 'ip -n r link set dev rb mtu 1400; ip -n b link set dev bb mtu 1400',
    probe: { kind: 'icmp', size: 1472 },
    way: 'a r | r a: dropped mtu r',
    kernel: 'PKT_TOO_BIG',
    text: /1500 bytes.*rb takes 1400/,
    cure: /link set dev rb mtu 1500/,
  },
  'dropped: so long a packet may not be cut, and a link on the way takes less': {
    done: 'ip -n r link set dev rb mtu 1400; ip -n b link set dev bb mtu 1400',
    probe: { kind: 'icmp', mtu: 1500 },
    way: 'a r | r a: dropped mtu r',
    text: /1500 bytes.*rb takes 1400/,
  },
  'delivered: as long as the way takes': {
    done: 'ip -n r link set dev rb mtu 1400; ip -n b link set dev bb mtu 1400',
    probe: { kind: 'icmp', mtu: 1400 },
    way: 'a r b | b r a: delivered',
    more: (t, { packets }) => t.equal(packets[0]?.header.length, 1400),
  },
  'never sent: longer than its own link takes': {
    done: 'ip -n a link set dev ar mtu 1400',
    probe: { kind: 'icmp', mtu: 1401 },
    way: ': dropped mtu-here a',
    text: /1401 bytes.*ar takes 1400/,
    cure: /ip -n a link set dev ar mtu 1401/,
  },
  'never sent: longer than a router reported': {
    done: `ip -n r link set dev rb mtu 1400; ip -n b link set dev bb mtu 1400
${inNode('a', 'ping -c 1 -M do -s 1472 -W 1 10.0.2.2')} || true`,
    probe: { kind: 'icmp', mtu: 1500 },
    way: ': dropped mtu-here a',
    text: /1500 bytes.*route to 10\.0\.2\.2 takes 1400/,
  },
  'a datagram of a size of its own, in fragments': {
    done: 'true',
    probe: { ...udp, size: 3000 },
    way: 'a r b | b r a: refused no-listener b',
    more: (t, { packets }) =>
      t.same(
        packets.filter(({ direction }) => direction === 'request').map(({ header }) => header.length),
        [1500, 1500, 68],
      ),
  },
  'dropped: by a queue': {
    // A packet bigger than the bucket is thrown away by the queue; a question for an address is not.
    done: inNode('r', 'tc qdisc add dev rb root tbf rate 1mbit burst 90 limit 3000'),
    way: 'a r: dropped queue-full r',
    text: /The queue of rb in r \(tbf\) drops/,
    cure: /tc qdisc del dev rb root/,
  },
  'answered, and the answer dropped': {
    done: inNode('r', 'iptables -A FORWARD -s 10.0.2.2 -j DROP'),
    way: 'a r b | b r: answer-lost dropped-by-rule r',
    kernel: 'NETFILTER_DROP',
  },
  'answered in fragments, and the answer dropped where it is whole again': {
    done: inNode('a', 'iptables -A INPUT -p icmp -j DROP'),
    probe: { kind: 'icmp', size: 3000 },
    way: 'a r b | b r a: answer-lost dropped-by-rule a',
  },
  'answered, and the answer finds no way': {
    done: 'ip -n b route del default',
    way: 'a r b: answer-lost reply-not-routed b',
    text: /^No reply: the request arrived in b, and b sent none back\. b has no route to 10\.0\.1\.\d\.$/,
    cure: /^ip -n b route add 10\.0\.1\.0\/24 via 10\.0\.2\.1\nip netns exec r iptables .* MASQUERADE$/,
  },
  'answered from another address than was asked': {
    done: `${inNode('r', 'socat UDP-LISTEN:999,fork PIPE')} >/dev/null 2>&1 & until ${inNode('r', 'ss -Hlun sport = 999')} | grep -q 999; do :; done`,
    to: '10.0.2.1',
    probe: udp,
    way: 'a r | r a: answer-lost other-source a',
    text: /comes from 10\.0\.1\.2, but the request went to 10\.0\.2\.1/,
  },
  'answered well, and then from another address: whoever sees only answers translates the second': {
    done: `ip netns add q; ${inNode('q', 'sysctl -qw net.ipv4.ip_forward=1')}
ip link add qb netns q type veth peer name bq netns b; ip link add qa netns q type veth peer name aq netns a
ip -n q addr add 10.0.3.1/24 dev qb; ip -n b addr add 10.0.3.2/24 dev bq
ip -n q addr add 10.0.4.1/24 dev qa; ip -n a addr add 10.0.4.2/24 dev aq
for end in 'q qa' 'q qb' 'a aq' 'b bq'; do set -- $end; ip -n $1 link set $2 up; done
ip -n q route add 10.0.1.0/24 via 10.0.4.2; ip -n b route add 10.0.1.0/24 via 10.0.3.1
${inNode('q', 'iptables -t nat -A POSTROUTING -o qa -j MASQUERADE')}
${inNode('b', 'python3 -m http.server 80')} >/dev/null 2>&1 & until ${inNode('b', 'ss -Hltn sport = 80')} | grep -q 80; do :; done`,
    probe: { kind: 'http', url: 'http://10.0.2.2/', port: 80 },
    way: 'a r b | b q a: answer-lost other-source a',
    text: /comes from 10\.0\.4\.1, but the request went to 10\.0\.2\.2/,
  },
  'never sent: a route that swallows': {
    done: 'ip -n a route add blackhole 10.0.2.2',
    probe: tcp,
    way: ': dropped route-refuses a',
    cure: /ip -n a route del blackhole 10\.0\.2\.2/,
  },
  'never sent: a route that forbids': {
    done: 'ip -n a route add prohibit 10.0.2.2',
    way: ': dropped route-refuses a',
  },
  'answered, and the answer lost': {
    done: inNode('b', 'tc qdisc add dev bb root tbf rate 1mbit burst 90 limit 3000'),
    way: 'a r b | b: answer-lost queue-full b',
    text: /reply was last seen at b/,
  },
};

t.test('every end', (t) =>
  workplace(t, async ({ make }) => {
    await inLanes(3, Object.entries(endings), async ([title, expected]) => {
      const { done, to = '10.0.2.2', probe = icmp, way, kernel, text, cure, more } = expected;
      const machine = await make();
      await sh(machine, `${chain}\n${done}`);
      const recording = await machine.trace({ from: 'a', to, probe });
      const path = tracedPath(recording);
      t.equal(wayOf(path), way, title);
      const ending: Pick<TraceEnd, 'text' | 'cure' | 'kernel'> & { reason: EndReason | null } = path.end;
      t.match(ending.text.ko, /[\uac00-\ud7a3]/, `${title}: in Korean too`);
      if (text !== undefined) t.match(ending.text.en, text, title);
      if (cure !== undefined) t.match(ending.cure.map(({ run }) => run).join('\n'), cure, title);
      if (kernel !== undefined && recording.dropReasons === 'tracefs') {
        t.equal(ending.kernel, kernel, `${title}: the kernel's own word`);
        t.ok(path.end.sources.includes('tracefs'), `${title}: and where it is from`);
      }
      more?.(t, path);
      await machine.destroy();
    });
  }),
);

t.test('without tracefs the state decides, and the path names that source', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, `${chain}\n${inNode('r', 'sysctl -qw net.ipv4.ip_forward=0')}`);
    const recording = await machine.trace({ from: 'a', to: '10.0.2.2', probe: icmp });
    const { end } = tracedPath({ ...recording, drops: [], dropReasons: 'unavailable' });
    t.match(end, { kind: 'dropped', reason: 'forwarding-off', node: 'r', kernel: null });
    t.strictSame(end.sources, ['capture', 'state']);
  }),
);

t.test('packets as they are: fragments, sent again, on two ways, among a flood', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, chain);
    const big = { kind: 'icmp', size: 3000 } as const;
    const families = [
      { to: '10.0.2.2', heard: 'grep -q "^Icmp: [1-9]" /proc/net/snmp', offsets: [0, 1480, 2960] },
      {
        to: 'fd00:2::2',
        heard: 'grep -q "^Icmp6InEchos[[:space:]]*[1-9]" /proc/net/snmp6',
        offsets: [0, 1448, 2896],
      },
    ];
    for (const { to, heard, offsets } of families) {
      // Others' echoes between the same addresses, whole and in fragments.
      const others = ['-s 56', '-s 3000'].map((size) =>
        machine.run('a', ['sh', '-c', `ping -q -i 0.002 -w 20 ${size} ${to}`]),
      );
      await sh(machine, `until ${inNode('b', heard)}; do :; done`);
      const flooded = tracedPath(await machine.trace({ from: 'a', to, probe: big }));
      await sh(machine, 'ip netns pids a | xargs -r kill -INT');
      await Promise.all(others);
      t.equal(wayOf(flooded), 'a r b | b r a: delivered');
      t.strictSame(
        flooded.packets.map(({ direction, header }) => `${direction} ${header.fragment?.offset}`),
        ['request', 'reply'].flatMap((direction) => offsets.map((offset) => `${direction} ${offset}`)),
      );
      t.ok(
        flooded.packets.every(({ hops }) => hops.length === 3),
        'every fragment on its whole way',
      );
      t.strictSame(flooded.gaps, []);
    }

    await sh(machine, inNode('b', 'iptables -A INPUT -p tcp -j DROP'));
    const http = { kind: 'http', url: 'http://10.0.2.2/', port: 80 } as const;
    const again = tracedPath(await machine.trace({ from: 'a', to: '10.0.2.2', probe: http }));
    t.strictSame(
      again.packets.slice(0, 2).map(({ name }) => name.en),
      ['SYN', 'SYN, sent again'],
    );
    t.match(again.end, { kind: 'dropped', reason: 'dropped-by-rule', node: 'b' });
    await sh(machine, inNode('b', 'iptables -F'));

    const second = [
      'ip netns add s',
      'ip link add name as index 110 netns a type veth peer name sa index 111 netns s',
      'ip link add name sb index 112 netns s type veth peer name bs index 113 netns b',
      'ip -n a addr add 10.1.1.1/24 dev as; ip -n s addr add 10.1.1.2/24 dev sa',
      'ip -n s addr add 10.1.2.1/24 dev sb; ip -n b addr add 10.1.2.2/24 dev bs',
      'ip -n a link set as up; ip -n s link set sa up; ip -n s link set sb up; ip -n b link set bs up',
      'ip netns exec s sysctl -qw net.ipv4.ip_forward=1; ip -n s route add 10.0.1.0/24 via 10.1.1.1',
      'ip -n b route replace default via 10.1.2.1',
    ].join('; ');
    await sh(machine, second);
    const asymmetric = tracedPath(await machine.trace({ from: 'a', to: '10.0.2.2', probe: icmp }));
    t.equal(wayOf(asymmetric), 'a r b | b s a: delivered');
  }),
);
