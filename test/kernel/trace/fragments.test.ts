import t from 'tap';
import { tracedPath } from '../../../src/core/diagnose/trace/trace.ts';
import type { Machine } from '../../../src/core/ports.ts';
import { chain } from '../../support/chain.ts';
import { sh, workplace } from '../../support/machines.ts';
import { captureAll } from '../../support/topology/captured.ts';
import { differences } from '../../support/topology/compare.ts';
import { startInside } from '../../support/topology/inside.ts';
import { wayOf } from '../../support/way.ts';

/** The change to the router of a - r - b, and the path of an echo of 3000 bytes from a to b then. */
interface Case {
  family: 4 | 6;
  done?: string;
  way: string;
  /** In the words of its end. */
  says?: RegExp;
  /** Each packet: direction, bytes, where the fragment begins. */
  packets: string[];
}

const inRouter = (line: string) => `ip netns exec r ${line}`;
const whole = ['request 1500 0', 'request 1500 1480', 'request 68 2960'];
const whole6 = ['request 1496 0', 'request 1496 1448', 'request 160 2896'];
const answered = (requests: string[]) => [
  ...requests,
  ...requests.map((one) => one.replace('request', 'reply')),
];
const small = 'ip -n r link set rb mtu 1400; ip -n b link set bb mtu 1400';

const cases: Record<string, Case> = {
  IPv4: { family: 4, way: 'a r b | b r a: delivered', packets: answered(whole) },
  'IPv4, a rule that drops what has no ports': {
    family: 4,
    done: inRouter('iptables -A FORWARD -f -j DROP'),
    way: 'a r b: dropped dropped-by-rule r',
    says: /`-A FORWARD -f -j DROP`.* later fragment, from byte 1480 /,
    packets: whole,
  },
  'IPv4, the same in a chain of nft': {
    family: 4,
    done: inRouter(
      "nft 'table ip m { chain c { type filter hook forward priority 0; ip frag-off & 0x1fff != 0 drop; }; }'",
    ),
    way: 'a r b: dropped dropped-by-rule r',
    says: /frag-off & (8191|0x1fff) != 0 drop.* later fragment/,
    packets: whole,
  },
  'IPv4, the same rules where conntrack has put the packet together': {
    family: 4,
    done: `${inRouter('iptables -A FORWARD -f -j DROP')}; ${inRouter('iptables -A FORWARD -m conntrack --ctstate INVALID -j DROP')}`,
    way: 'a r b | b r a: delivered',
    packets: answered(whole),
  },
  IPv6: { family: 6, way: 'a r b | b r a: delivered', packets: answered(whole6) },
  'IPv6, put together by the router’s conntrack and cut up anew': {
    family: 6,
    done: inRouter('ip6tables -A FORWARD -m conntrack --ctstate INVALID -j DROP'),
    way: 'a r b | b r a: delivered',
    packets: answered(whole6),
  },
  'IPv6, put together under a bridge, which sees one packet': {
    family: 6,
    done: [
      'ip -n r link add br0 type bridge; ip -n r link set br0 up; ip -n r link set ra master br0',
      'ip -n r addr del fd00:1::2/64 dev ra; ip -n r addr add fd00:1::2/64 dev br0',
      inRouter('sysctl -qw net.bridge.bridge-nf-call-ip6tables=1'),
      inRouter('ip6tables -A FORWARD -m conntrack --ctstate INVALID -j DROP'),
    ].join('; '),
    way: 'a r b | b r a: delivered',
    packets: answered(whole6),
  },
  'IPv6, translated': {
    family: 6,
    done: inRouter('ip6tables -t nat -A POSTROUTING -o rb -j MASQUERADE'),
    way: 'a r[source fd00:2::1] b | b r[destination fd00:1::1] a: delivered',
    packets: answered(whole6),
  },
  'IPv6, fragments that are too big: the router cuts none up, and says so of each': {
    family: 6,
    done: small,
    way: 'a r | r a: dropped mtu r',
    packets: [...whole6, 'error 1280 0', 'error 1280 0'],
  },
  'IPv6, too big, and whole where it is said': {
    family: 6,
    done: `${small}; ${inRouter('ip6tables -A FORWARD -m conntrack --ctstate INVALID -j DROP')}`,
    way: 'a r | r a: dropped mtu r',
    packets: [...whole6, 'error 1280 0'],
  },
  'IPv6, the answer dropped in fragments': {
    family: 6,
    done: 'ip netns exec a ip6tables -A INPUT -p ipv6-icmp --icmpv6-type echo-reply -j DROP',
    way: 'a r b | b r a: answer-lost dropped-by-rule a',
    packets: answered(whole6),
  },
};

t.test('an echo in fragments: on every device what tcpdump saw there', (t) =>
  workplace(t, async ({ make }) => {
    for (const [title, { family, done = 'true', way, says = /./, packets }] of Object.entries(cases)) {
      const machine = await make();
      await sh(machine, `${chain}\n${done}`);
      const { path, problems } = await tracedBesideTcpdump(machine, family);
      t.equal(wayOf(path), way, title);
      t.match(path.end.text.en, says, title);
      t.strictSame(problems, [], title);
      t.strictSame(path.gaps, [], title);
      t.strictSame(
        path.packets
          .map(({ direction, header }) => `${direction} ${header.length} ${header.fragment?.offset ?? 0}`)
          .toSorted(),
        packets.toSorted(),
        title,
      );
      await machine.destroy();
    }
  }),
);

async function tracedBesideTcpdump(machine: Machine, family: 4 | 6) {
  const nodes = ['a', 'r', 'b'];
  await machine.observe();
  const inside = await startInside(machine.pid, { nodes, serving: [], family });
  const capturing = await captureAll(machine.pid, nodes);
  await inside.mark(1);
  await capturing.until(1);
  const to = family === 4 ? '10.0.2.2' : 'fd00:2::2';
  const recording = await machine.trace({ from: 'a', to, probe: { kind: 'icmp', size: 3000 } });
  await inside.mark(2);
  const captured = await capturing.until(2);
  await capturing.stop();
  await inside.stop();
  const path = tracedPath(recording);
  return { path, problems: differences(path, captured, recording.observation) };
}
