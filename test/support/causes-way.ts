import { routed, type Situation } from './causes.ts';

const fromC = { from: 'c', to: '10.0.2.2' };
const wide = 'ip netns exec c sysctl -qw net.ipv6.conf.eth0.accept_dad=0';

/** c and s with two routers between them, left and right; c sends by the left one, s by the right one. */
const twoRouters = `ns c left right s; ip link add one type bridge; ip link add two type bridge; ip link set dev one up; ip link set dev two up
sysctl -qw net.bridge.bridge-nf-call-iptables=0 2>/dev/null || true
wire - c1 c eth0; wire - l1 left eth0; wire - r1 right eth0; wire - s2 s eth0; wire - l2 left eth1; wire - r2 right eth1
for p in c1 l1 r1; do ip link set dev $p master one; done; for p in s2 l2 r2; do ip link set dev $p master two; done
ip -n c addr add 10.0.1.2/24 dev eth0; ip -n left addr add 10.0.1.1/24 dev eth0; ip -n right addr add 10.0.1.3/24 dev eth0
ip -n s addr add 10.0.2.2/24 dev eth0; ip -n left addr add 10.0.2.1/24 dev eth1; ip -n right addr add 10.0.2.3/24 dev eth1
for r in left right; do ip netns exec $r sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0; done
ip -n c route add default via 10.0.1.1; ip -n s route add default via 10.0.2.3
`;

/** What keeps a node from its router, and a reply that takes another path than its request. */
export const waySituations: Record<string, Situation> = {
  'a route of the type throw': {
    done: `${routed} ip -n c route add throw 10.0.2.2`,
    ...{ ...fromC, end: 'dropped no-route c', cured: true },
    says: /route `throw 10\.0\.2\.2\/32` ends the search.*ip -n c route del throw 10\.0\.2\.2/,
  },
  'the interface that leads to the router is down': {
    done: `${routed} ns x; wire c eth1 x eth0; ip -n c addr add 10.0.9.1/24 dev eth1; ip -n c link set dev eth0 down`,
    ...{ ...fromC, end: 'dropped no-route c', cured: true, never: /GATEWAY/ },
    says: /eth0, the interface that leads to the router 10\.0\.1\.1, is down.*link set dev eth0 up.*via 10\.0\.1\.1/,
  },
  'an address in the network of no other node on the wire': {
    done: `${routed} ip -n c addr del 10.0.1.2/24 dev eth0; ip -n c addr add 10.0.77.2/24 dev eth0`,
    ...{ ...fromC, end: 'dropped no-route c', cured: true, never: /GATEWAY/ },
    says: /10\.0\.77\.2\/24 on eth0 is in a network that no other node.*addr add 10\.0\.1\.2\/24.*10\.0\.2\.0\/24 via 10\.0\.1\.1/,
  },
  'the route to the own network was replaced': {
    done: `${routed} ip route replace 10.0.2.0/24 via 10.0.1.2`,
    ...{ ...fromC, end: 'dropped wrong-gateway host', cured: true, never: /GATEWAY/ },
    says: /ip route replace 10\.0\.2\.0\/24 dev v2/,
  },
  'an interface with too small an MTU for IPv6': {
    done: `ns c s; wire c eth0 s eth0; ${wide}; ${wide.replace('exec c', 'exec s')}
      ip -n c addr add fd00::1/64 dev eth0 nodad; ip -n s addr add fd00::2/64 dev eth0 nodad; ip -n c link set dev eth0 mtu 700`,
    ...{ from: 'c', to: 'fd00::2', end: 'dropped no-address c', cured: true, never: /LENGTH/ },
    says: /MTU is 700, and IPv6 needs 1280.*link set dev eth0 mtu 1280/,
  },
  'a second question for an IPv6 address while the first has just given up': {
    done: `ns c s; wire c eth0 s eth0; ${wide}; ip -n c addr add fd00::1/64 dev eth0 nodad
      ip netns exec c timeout 1 ping -c 1 fd00::9 >/dev/null || true; ip -n c -6 neigh | grep -q fd00::9`,
    ...{
      from: 'c',
      to: 'fd00::9',
      end: 'dropped neighbour-silent c',
      says: /Dropped in c\./,
      never: /Rejected/,
    },
  },
  'an address on the loopback that belongs to an interface': {
    done: `${routed} ip -n c addr del 10.0.1.2/24 dev eth0; ip -n c addr add 10.0.1.2/24 dev lo`,
    ...{ ...fromC, end: 'dropped no-address c', cured: true, never: /LENGTH/ },
    says: /10\.0\.1\.2\/24 is on lo.*addr del 10\.0\.1\.2\/24 dev lo.*addr add 10\.0\.1\.2\/24 dev eth0/,
  },
  'a source that another node has': {
    done: `ns c s x; ip link add sw type bridge; ip link set dev sw up; wire - pc c eth0; wire - ps s eth0; wire - px x eth0
      sysctl -qw net.bridge.bridge-nf-call-iptables=0 2>/dev/null || true
      for p in pc ps px; do ip link set dev $p master sw; done; serve s 80
      ip -n c addr add 10.0.1.1/24 dev eth0; ip -n s addr add 10.0.1.2/24 dev eth0; ip -n x addr add 10.0.1.3/24 dev eth0
      ip netns exec c iptables -t nat -A POSTROUTING -j SNAT --to-source 10.0.1.3`,
    ...{ from: 'c', to: '10.0.1.2', probe: { kind: 'tcp', port: 80 } },
    ...{ end: 'answer-lost kernel-drop x', cured: true },
    says: /10\.0\.1\.3 by a rule of c: `-A POSTROUTING -j SNAT.*-R POSTROUTING 1 -j MASQUERADE/,
  },
  'a reply that a firewall drops which its request did not pass': {
    done: `${twoRouters} ip netns exec right iptables -A FORWARD -m conntrack --ctstate INVALID -j DROP`,
    ...{ ...fromC, end: 'answer-lost dropped-by-rule right', cured: true },
    says: /took the path c, left, s, its reply comes back by s, right: conntrack of right has not seen the request/,
  },
  'a reply that only a policy drops, in a firewall which its request did not pass': {
    done: `${twoRouters} ip netns exec right iptables -P FORWARD DROP
      ip netns exec right iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT`,
    ...{ ...fromC, end: 'answer-lost dropped-by-rule right', cured: true },
    says: /comes back by s, right: conntrack of right/,
  },
};
