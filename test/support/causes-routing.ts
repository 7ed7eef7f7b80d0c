import type { TraceProbe } from '../../src/core/probe/trace-probe.ts';
import { routed, type Situation } from './causes.ts';

const fromC = { from: 'c', to: '10.0.2.2' };
const tcp = (port: number): TraceProbe => ({ kind: 'tcp', port });

/** Policy rules, next hops, the table local and what ARP asks of them. */
export const routingSituations: Record<string, Situation> = {
  'a rule before the table local that refuses the address asked for': {
    done: `${routed} ip -n s rule add lookup local prio 50; ip -n s rule del prio 0
      ip -n s rule add to 10.0.2.2 iif eth0 prohibit prio 10`,
    ...{ ...fromC, end: 'dropped route-refuses s', cured: true },
    ...{ says: /Rule 10 of the routing policy of s refuses/, never: /addr add/ },
  },
  'a rule before the table local that refuses the reply': {
    done: `${routed} ip -n c rule add lookup local prio 50; ip -n c rule del prio 0
      ip -n c rule add to 10.0.1.2 blackhole prio 10`,
    ...{
      ...fromC,
      end: 'answer-lost route-refuses c',
      says: /Rule 10 of the routing policy of c/,
      cured: true,
    },
  },
  'an address that is gone beside others, in a node that a router still sends to': {
    done: `${routed} ip -n s route del default; iptables -t nat -A POSTROUTING -o v2 -j MASQUERADE
      ip -n s addr add 10.9.9.9/32 dev eth0; ip route add 10.9.9.0/24 via 10.0.2.2
      ip netns exec c ping -q -c 1 10.9.9.9 >/dev/null; ip -n s addr del 10.0.2.2/24 dev eth0`,
    ...{ from: 'c', to: '10.9.9.9', end: 'answer-lost no-address s', cured: true },
    ...{ says: /10\.0\.2\.2\/24 is not on eth0 in s/, never: /MASQUERADE/ },
  },
  'a policy rule for one type of service': {
    done: `${routed} ip rule add tos 0x10 to 10.0.2.2 blackhole prio 7`,
    ...{ ...fromC, probe: { kind: 'icmp', tos: 0x10 }, end: 'dropped route-refuses host' },
    ...{ says: /tos .*blackhole/, cured: true },
  },
  'a policy rule for another type of service': {
    done: `${routed} ip rule add tos 0x10 to 10.0.2.2 blackhole prio 7`,
    ...{ ...fromC, end: 'delivered  s', says: /came back to c/ },
  },
  'a policy rule for a user': {
    done: `${routed} ip -n c rule add uidrange 0-0 to 10.0.2.2 prohibit prio 7`,
    ...{ ...fromC, end: 'dropped route-refuses c', says: /uidrange 0-0 prohibit/, cured: true },
  },
  'a policy rule for a protocol': {
    done: `${routed} ip rule add ipproto icmp to 10.0.2.2 prohibit prio 7`,
    ...{ ...fromC, end: 'refused route-refuses host', says: /ipproto icmp prohibit/, cured: true },
  },
  'a route that is refused in a table of its own': {
    done: `${routed} ip rule add from 10.0.1.0/24 lookup 200 prio 100; ip route add blackhole 10.0.2.0/24 table 200`,
    ...{
      ...fromC,
      end: 'dropped route-refuses host',
      says: /blackhole 10\.0\.2\.0\/24 table 200/,
      cured: true,
    },
  },
  'a next hop object that refuses': {
    done: `${routed} ip nexthop add id 5 blackhole; ip route add 10.0.2.2/32 nhid 5`,
    ...{ ...fromC, end: 'dropped route-refuses host', says: /blackhole 10\.0\.2\.2/, cured: true },
  },
  'a group of next hops, one of which nobody is': {
    done: `ns c r1 r2; wire c eth0 r1 eth0; wire c eth1 r2 eth0
      ip -n c addr add 10.1.0.2/24 dev eth0; ip -n c addr add 10.2.0.2/24 dev eth1; ip -n r2 addr add 10.2.0.9/24 dev eth0
      ip -n c nexthop add id 1 via 10.1.0.1 dev eth0; ip -n c nexthop add id 2 via 10.2.0.1 dev eth1
      ip -n c nexthop add id 10 group 1/2; ip -n c route add 10.9.0.9 nhid 10`,
    ...{ from: 'c', to: '10.9.0.9', end: 'dropped neighbour-silent c', says: /10\.[12]\.0\.1/ },
    never: /addr add/,
  },
  'a question on the link by which no answer would leave': {
    done: `ns c s; wire c eth0 s eth0; wire c eth1 s eth1; ip -n c addr add 10.0.0.1/24 dev eth0
      ip -n s addr add 10.0.0.2/24 dev eth1; ip netns exec s sysctl -qw net.ipv4.conf.eth0.arp_filter=1`,
    ...{ from: 'c', to: '10.0.0.2', end: 'dropped question-ignored s', says: /eth0\.arp_filter is 1/ },
    ...{ never: /addr add/, cured: true },
  },
  'an address whose local route was deleted': {
    done: `${routed} ip -n s route del local 10.0.2.2 dev eth0 table local`,
    ...{ ...fromC, end: 'dropped neighbour-silent s', says: /10\.0\.2\.2 on eth0, but its table local/ },
    ...{ never: /addr add/, cured: true },
  },
  'a local route over a network of others': {
    done: `${routed} serve s 80; ip route add local 10.0.2.0/24 dev lo`,
    ...{ ...fromC, probe: tcp(80), end: 'refused no-listener host' },
    ...{ says: /only because of its route `local 10\.0\.2\.0\/24/, never: /http\.server/, cured: true },
  },
  'rules of iptables-legacy for what a server sends': {
    done: `${routed} ip netns exec s iptables-legacy -A OUTPUT -p icmp -j DROP`,
    ...{ ...fromC, end: 'answer-lost dropped-by-rule s', says: /iptables-legacy/, cured: true },
  },
  'a transparent proxy whose mark leads to no table': {
    done: `${routed} python3 -I -c 'import socket; s = socket.socket(); s.setsockopt(0, 19, 1); s.bind(("", 8888)); s.listen(5); s.accept(); s.accept()' >/dev/null 2>&1 </dev/null &
      until ss -Hltn sport = :8888 | grep -q 8888; do :; done; ip rule add fwmark 2 lookup 100; ip route add local 0.0.0.0/0 dev lo table 100
      iptables -t mangle -A PREROUTING -i v1 -p tcp --dport 80 -j TPROXY --on-port 8888 --tproxy-mark 1`,
    ...{ ...fromC, probe: tcp(80), end: 'dropped proxy-unrouted host' },
    ...{ says: /ip rule add fwmark 0x1 lookup 100/, cured: true },
  },
  'a receiver whose prefix leaves out its router': {
    done: `${routed} ip -n s addr del 10.0.2.2/24 dev eth0; ip -n s addr add 10.0.2.2/32 dev eth0`,
    ...{
      ...fromC,
      end: 'answer-lost wrong-prefix s',
      says: /10\.0\.2\.2\/32 .*10\.0\.2\.2\/24/,
      cured: true,
    },
  },
  'a route that does not count without carrier': {
    done: `${routed} sysctl -qw net.ipv4.conf.v2.ignore_routes_with_linkdown=1; ip -n s link set dev eth0 down`,
    ...{
      ...fromC,
      end: 'refused no-carrier host',
      says: /v2\.ignore_routes_with_linkdown is 1/,
      cured: true,
    },
  },
  'a route of the sender that does not count without carrier': {
    done: `${routed} ip netns exec c sysctl -qw net.ipv4.conf.eth0.ignore_routes_with_linkdown=1; ip link set dev v1 down`,
    ...{ ...fromC, end: 'dropped no-carrier c', says: /eth0\.ignore_routes_with_linkdown is 1/, cured: true },
  },
  'a route that has a small MTU written in it': {
    done: `${routed} ip route add 10.0.2.2/32 dev v2 mtu lock 600`,
    ...{ ...fromC, probe: { kind: 'icmp', size: 1000 }, end: 'dropped mtu host', cured: true },
    ...{ says: /written in it: `10\.0\.2\.2 dev v2 .*route replace 10\.0\.2\.2 dev v2/, never: /link set/ },
  },
  'a loopback that is down': {
    done: 'ns x; ip -n x link set dev lo down',
    ...{ from: 'x', to: '127.0.0.1', end: 'dropped link-down x', says: /lo in x is down/, cured: true },
  },
  'no route, and a router that has one': {
    done: `${routed} ip -n c route del default`,
    ...{ ...fromC, end: 'dropped no-route c', cured: true },
    says: /ip -n c route add 10\.0\.2\.0\/24 via 10\.0\.1\.1/,
  },
  'an address that is gone and that a neighbour still knows': {
    done: `${routed} ip netns exec c ping -qc1 10.0.2.2 >/dev/null; ip -n c addr del 10.0.1.2/24 dev eth0`,
    ...{ ...fromC, end: 'dropped no-address c', cured: true },
    says: /host still has the MAC address of eth0 as that of 10\.0\.1\.2\/24.*ip -n c addr add 10\.0\.1\.2\/24 dev eth0/,
  },
  'an address of a router that is gone and that a neighbour still knows': {
    done: `${routed} ip netns exec c ping -qc1 10.0.2.2 >/dev/null; ip addr del 10.0.1.1/24 dev v1`,
    ...{ ...fromC, end: 'answer-lost no-address host', cured: true },
    says: /c still has the MAC address of v1 as that of 10\.0\.1\.1\/24.*ip addr add 10\.0\.1\.1\/24 dev v1/,
  },
  'an address that no node answers for any more, and that another still knows': {
    done: `${routed} ip netns exec c ping -qc1 10.0.2.2 >/dev/null; ip -n s addr flush dev eth0; ip neigh flush 10.0.2.2
      ip -n s addr add 10.0.2.77/24 dev eth0; ip neigh replace 10.0.2.2 lladdr $(ip -n s -br link show dev eth0 | grep -o ..:..:..:..:..:..) dev v2 nud stale
      ns d; wire - v3 d eth0; ip -n d addr add 10.0.2.3/24 dev eth0; ip link add name lan type bridge; ip link set dev lan up
      ip addr flush dev v2; ip addr add 10.0.2.1/24 dev lan; ip link set dev v2 master lan; ip link set dev v3 master lan
      ip neigh replace 10.0.2.2 lladdr $(ip -n s -br link show dev eth0 | grep -o ..:..:..:..:..:..) dev lan nud stale`,
    ...{ from: 'd', to: '10.0.2.2', end: 'dropped neighbour-silent d', cured: true },
    says: /host still has the MAC address of s:eth0 as that of 10\.0\.2\.2\/24.*ip -n s addr add 10\.0\.2\.2\/24 dev eth0/,
  },
  'an address that is gone, to which frames still go': {
    done: `${routed} ip netns exec c ping -qc1 10.0.2.2 >/dev/null
      ip -n s addr add 10.0.2.77/24 dev eth0; ip -n s addr del 10.0.2.2/24 dev eth0; ip -n s addr add 10.0.2.77/24 dev eth0`,
    ...{ ...fromC, end: 'dropped no-address s', cured: true, never: /ip_forward/ },
    says: /10\.0\.2\.2\/24 is not on eth0 in s.*ip -n s addr add 10\.0\.2\.2\/24 dev eth0/,
  },
  'a gateway that nobody is, in a table of its own': {
    done: `${routed} ip rule add iif v1 lookup 9; ip route add default via 10.0.2.77 table 9`,
    ...{ ...fromC, end: 'dropped neighbour-silent host', cured: true },
    ...{ says: /ip route show table 9.*ip route del default table 9/, never: /GATEWAY/ },
  },
  'a table main that no rule looks up': {
    done: `${routed} ip rule add lookup 9 prio 100; ip route add throw 10.0.2.0/24 table 9; ip rule del prio 32766`,
    ...{ ...fromC, end: '(refused|dropped) no-route host', cured: true },
    ...{
      says: /table main has `10\.0\.2\.0\/24 dev v2.*ip rule add lookup main prio 32766/,
      never: /GATEWAY|10\.0\.2\.2 by way/,
    },
  },
  'one of several next hops on a wire, which nobody is': {
    done: `${routed} ip -n c route replace default nexthop via 10.0.1.1 weight 1 nexthop via 10.0.1.77 weight 250`,
    ...{ ...fromC, end: '(dropped neighbour-silent c|delivered  s)' },
    says: /other next hops, for other connections: 10\.0\.1\.1 dev eth0.*route replace default via 10\.0\.1\.1|came back to c/,
  },
  'a group of nodes, and no route for it': {
    done: `ns c s; wire c eth0 s eth0; ip -n c addr add 10.0.0.1/24 dev eth0; ip -n s addr add 10.0.0.2/24 dev eth0`,
    ...{ from: 'c', to: '224.0.0.1', end: 'dropped no-route c', cured: true },
    ...{ says: /ip -n c route add 224\.0\.0\.1 dev eth0/, never: /GATEWAY/ },
  },
  'a route for one address by way of a node that is no router': {
    done: `${routed} ip route add 10.0.2.2/32 via 10.0.1.2`,
    ...{ ...fromC, end: 'dropped wrong-gateway host', cured: true },
    ...{ says: /ip route del 10\.0\.2\.2\/32/, never: /GATEWAY/ },
  },
  'one of several next hops, behind an interface without carrier': {
    done: `ns c r1 r2; wire c eth0 r1 eth0; wire c eth1 r2 eth0; ip -n c addr add 10.1.0.2/24 dev eth0; ip -n c addr add 10.2.0.2/24 dev eth1
      ip -n r1 addr add 10.1.0.1/24 dev eth0; ip -n r2 addr add 10.2.0.1/24 dev eth0; ip -n r2 addr add 10.9.9.9/32 dev lo
      ip -n c route add 10.9.9.9 nexthop via 10.1.0.1 weight 1 nexthop via 10.2.0.1 weight 250; ip -n r2 link set dev eth0 down`,
    ...{ from: 'c', to: '10.9.9.9', end: 'dropped no-carrier c', cured: true },
    says: /r2:eth0 is down, so eth1 in c.*other next hops, for other connections: 10\.1\.0\.1 dev eth0/,
  },
  'an asker on the wire, in a network that its router has not': {
    done: `${routed} ip addr flush dev v1; ip -n c addr flush dev eth0; ip addr add 10.0.1.1/32 dev v1
      ip -n c addr add 10.0.5.2 peer 10.0.1.1/32 dev eth0; ip -n c route add default via 10.0.1.1`,
    ...{ ...fromC, end: 'answer-lost reply-not-routed host', cured: true },
    says: /a route to 10\.0\.5\.2 straight to v1/,
  },
  'a prefix that takes an address behind the router for a neighbour': {
    done: `${routed} ip -n c addr del 10.0.1.2/24 dev eth0; ip -n c addr add 10.0.1.2/16 dev eth0`,
    ...{ ...fromC, end: 'dropped neighbour-silent c', cured: true, never: /addr add|Give 10/ },
    says: /own prefix \(10\.0\.0\.0\/16\).*route add 10\.0\.2\.2\/32 via 10\.0\.1\.1/,
  },
  'a router that has an address of a server beside it': {
    done: `${routed} ip addr add 10.0.2.2/32 dev lo; serve s 80`,
    ...{ ...fromC, probe: { kind: 'tcp', port: 80 }, end: 'refused duplicate-address host', cured: true },
    ...{ says: /10\.0\.2\.2: host, s/, never: /nginx/ },
  },
  'a router that has an address of a host beside it, and answers': {
    done: `${routed} ip addr add 10.0.2.2/32 dev lo`,
    ...{ ...fromC, end: 'delivered  host', says: /10\.0\.2\.2: host, s\. This packet came to host/ },
  },
  'a receiver that gives its packets a short time to live': {
    done: `${routed} ip netns exec s sysctl -qw net.ipv4.ip_default_ttl=1`,
    ...{ ...fromC, end: 'answer-lost ttl host', says: /s gives its packets 1 only/, cured: true },
  },
  'a sender that gives its packets a short time to live': {
    done: `${routed} ip netns exec c sysctl -qw net.ipv4.ip_default_ttl=1`,
    ...{ ...fromC, end: 'dropped ttl host', says: /c gives its packets 1 only/, cured: true },
  },
  'IPv6: an address beside one of the loopback interface': {
    done: `ns a; ip -n a addr add fd00:7::1/64 dev lo nodad`,
    ...{ from: 'a', to: 'fd00:7::5', end: 'refused neighbour-silent a' },
    ...{ says: /its own loopback interface lo/, never: /addr add/ },
  },
  'two routers that send to each other': {
    done: `${routed} ip -n s route add 10.9.0.0/24 via 10.0.2.1; ip netns exec s sysctl -qw net.ipv4.ip_forward=1
      ip route add 10.9.0.0/24 via 10.0.2.2`,
    ...{ from: 'c', to: '10.9.0.9', end: 'dropped routing-loop (s|host)' },
    ...{ says: /loop: .*route replace 10\.9\.0\.0\/24 via/, never: /NETWORK/ },
  },
  'a loop that only the router before can leave': {
    done: `${routed} ns r; wire - v3 r eth0; ip addr add 10.0.3.1/24 dev v3; ip -n r addr add 10.0.3.2/24 dev eth0
      ip -n r addr add 10.9.0.9/24 dev lo; ip -n r route add default via 10.0.3.1
      ip netns exec r sysctl -qw net.ipv4.ip_forward=1; ip netns exec s sysctl -qw net.ipv4.ip_forward=1
      ip route add 10.9.0.0/24 via 10.0.2.2`,
    ...{ from: 'c', to: '10.9.0.9', end: 'dropped routing-loop (s|host)', cured: true },
    ...{ says: /"run":"ip route replace 10\.9\.0\.0\/24 via 10\.0\.3\.2"/, never: /GATEWAY|NETWORK/ },
  },
  'a gateway behind a bridge that is no router': {
    done: `ns a b r c; ip link add sw type bridge; ip link set dev sw up
      sysctl -qw net.bridge.bridge-nf-call-iptables=0 2>/dev/null || true
      wire a eth0 - pa; wire b eth0 - pb; wire r eth0 - pr; wire r eth1 c eth0; for p in pa pb pr; do ip link set dev $p master sw; done
      ip -n a addr add 10.0.1.10/24 dev eth0; ip -n b addr add 10.0.1.11/24 dev eth0; ip -n r addr add 10.0.1.1/24 dev eth0
      ip -n r addr add 10.0.2.1/24 dev eth1; ip -n c addr add 10.0.2.2/24 dev eth0; ip -n c route add default via 10.0.2.1
      ip netns exec r sysctl -qw net.ipv4.ip_forward=1; ip -n b route add 10.0.2.0/24 via 10.0.1.10`,
    ...{ from: 'b', to: '10.0.2.2', end: 'dropped wrong-gateway b', cured: true },
    says: /10\.0\.1\.10, which is a: not a router.*route replace 10\.0\.2\.0\/24 via 10\.0\.1\.1"/,
    never: /ip_forward=1/,
  },
  'a reply that leaves the path of its request': {
    done: `ns a r1 p r2 b; wire a eth0 r1 eth0; wire r1 wan p eth1; wire r2 wan p eth2; wire r1 line r2 line; wire r2 eth0 b eth0
      ip -n a addr add 10.1.0.20/24 dev eth0; ip -n r1 addr add 10.1.0.1/24 dev eth0; ip -n a route add default via 10.1.0.1
      ip -n b addr add 10.2.0.20/24 dev eth0; ip -n r2 addr add 10.2.0.1/24 dev eth0; ip -n b route add default via 10.2.0.1
      ip -n r1 addr add 198.51.100.2/24 dev wan; ip -n p addr add 198.51.100.1/24 dev eth1; ip -n r1 route add default via 198.51.100.1
      ip -n r2 addr add 203.0.113.2/24 dev wan; ip -n p addr add 203.0.113.1/24 dev eth2; ip -n r2 route add default via 203.0.113.1
      ip -n r1 addr add 10.50.0.11/24 dev line; ip -n r2 addr add 10.50.0.12/24 dev line
      for r in r1 p r2; do ip netns exec $r sysctl -qw net.ipv4.ip_forward=1; done; ip -n r1 route add 10.2.0.0/24 via 10.50.0.12`,
    ...{ from: 'a', to: '10.2.0.20', end: 'answer-lost reply-not-routed p', cured: true },
    says: /p has no route to 10\.1\.0\.20\. In r2 the reply left the path.*In r2 the reply leaves the path.*ip -n r2 route add 10\.1\.0\.0\/24 via 10\.50\.0\.11/,
  },
};
