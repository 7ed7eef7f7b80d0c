import type { TraceProbe } from '../../src/core/probe/trace-probe.ts';
import { routed, type Situation } from './causes.ts';
import { bridged } from './causes-link.ts';

const tcp = (port: number): TraceProbe => ({ kind: 'tcp', port });
const fromC = { from: 'c', to: '10.0.2.2' };

/** The router also speaks IPv6: fd00:1::/64 to c, fd00:2::/64 to s. */
export const routed6 = `${routed} sysctl -qw net.ipv6.conf.all.forwarding=1
ip addr add fd00:1::1/64 dev v1 nodad; ip addr add fd00:2::1/64 dev v2 nodad
ip -n c addr add fd00:1::2/64 dev eth0 nodad; ip -n s addr add fd00:2::2/64 dev eth0 nodad
ip -n c -6 route add default via fd00:1::1; ip -n s -6 route add default via fd00:2::1
`;

/**
 * Echo requests of another program, until the kernel has no error left to send for this second, and after it.
 */
export const busy = (to: string) => `ip netns exec c ping -q -c 20 -i 0.01 -W 0.1 ${to} >/dev/null || true
ip netns exec c ping -i 0.005 ${to} >/dev/null 2>&1 </dev/null &`;

/** A name server on s whose answer to big.example does not fit into a datagram; `tcp`: whether it takes TCP. */
const longAnswer = (takesTcp: 'yes' | 'no') => `${routed}
cat >/run/big.conf <<END
server:
  interface: 10.0.2.2
  access-control: 0.0.0.0/0 allow
  do-tcp: ${takesTcp}
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  local-zone: "big.example." static
$(for n in $(seq 120); do echo "  local-data: \\"big.example. A 192.0.2.$n\\""; done)
END
ip netns exec s unbound -d -c /run/big.conf >/dev/null 2>&1 </dev/null &
until ip netns exec s ss -Hlun sport = :53 | grep -q :53; do :; done
`;

const page: TraceProbe = { kind: 'http', port: 80, url: 'http://10.0.2.2/' };

/** A program on port 80 of s that sends these bytes to whoever asks, and closes. */
const answering = (bytes: string) => `ip netns exec s python3 -I -c "
import socket
door = socket.create_server(('', 80))
while True:
    one, _ = door.accept(); one.recv(4096); one.sendall(b'${bytes}'); one.close()" >/dev/null 2>&1 </dev/null &
until ip netns exec s ss -Hltn sport = :80 | grep -q :80; do :; done`;

/** A datagram from a port that its program has chosen. */
const datagram = (node: string, port: number, to: string) => `ip netns exec ${node} python3 -I -c "
import socket; one = socket.socket(type=socket.SOCK_DGRAM); one.bind(('', ${port})); one.sendto(b'', ('${to}', 53))"`;

/** Decisions of the kernel between its tables, and its errors to programs and senders. */
export const kernelSituations: Record<string, Situation> = {
  'a web answer that breaks off': {
    done: `${routed} ${answering('HTTP/1.1 200 OK\\r\\nContent-Length: 100\\r\\n\\r\\nten bytes.')}`,
    ...{ ...fromC, probe: page, end: 'delivered answer-broken s', says: /closed 90 bytes before the end/ },
  },
  'a web answer whose last chunk is missing': {
    done: `${routed} ${answering('HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n5\\r\\nhello\\r\\n')}`,
    ...{ ...fromC, probe: page, end: 'delivered answer-broken s', says: /before the last chunk/ },
  },
  'a program on port 80 that speaks another protocol': {
    done: `${routed} ${answering('SSH-2.0-OpenSSH_9.2\\r\\n')}`,
    ...{ ...fromC, probe: page, end: 'delivered answer-broken s', says: /but not with HTTP/ },
  },
  'an answer that is too long for a datagram, and a name server that takes no TCP': {
    done: longAnswer('no'),
    ...{ ...fromC, probe: { kind: 'dns', name: 'big.example' }, end: 'refused no-listener s' },
    ...{ says: /(TC).*asks again over TCP.*tcp port 53/, never: /http\.server/ },
  },
  'an answer that is too long for a datagram, and a rule that drops TCP': {
    done: `${longAnswer('yes')} iptables -A FORWARD -p tcp --dport 53 -j DROP`,
    ...{ ...fromC, probe: { kind: 'dns', name: 'big.example' }, end: 'dropped dropped-by-rule host' },
    ...{ says: /(TC).*asks again over TCP/, cured: true },
  },
  'an answer that is too long for a datagram, and comes over TCP': {
    done: longAnswer('yes'),
    ...{ ...fromC, probe: { kind: 'dns', name: 'big.example' }, end: 'delivered  s', says: /192\.0\.2\.120/ },
  },
  'fragments that a router cuts up once more': {
    done: `${routed} ip link set dev v2 mtu 400; ip -n s link set dev eth0 mtu 400
      ip netns exec c ping -c 1 -M do -s 1000 -W 1 10.0.2.2 >/dev/null || true`,
    ...{ ...fromC, probe: { kind: 'icmp', size: 1000 }, end: 'delivered  s', says: /came back to c/ },
  },
  'IPv6: questions for the MAC address, which conntrack does not follow': {
    done: `${routed6} ip -n s -6 neigh flush all; ip -6 neigh flush all
      ip netns exec s ip6tables -P INPUT DROP
      ip netns exec s ip6tables -A INPUT -m conntrack --ctstate NEW,ESTABLISHED,RELATED -j ACCEPT`,
    ...{
      from: 'c',
      to: 'fd00:2::2',
      end: 'dropped question-dropped s',
      says: /-P INPUT DROP.*neighbour-solicitation -j ACCEPT/,
    },
  },
  'a proxy of IPv6 that is switched off': {
    done: `${routed6} ip -n s addr add fd00:1::99/128 dev eth0 nodad; ip -6 route add fd00:1::99 via fd00:2::2
      ip -6 neigh add proxy fd00:1::99 dev v1`,
    ...{ from: 'c', to: 'fd00:1::99', end: 'dropped proxy-silent host', says: /v1\.proxy_ndp is 0/ },
    never: /addr add/,
  },
  'a proxy of IPv6 that does not forward': {
    done: `${routed6} ip -n s addr add fd00:1::99/128 dev eth0 nodad; ip -6 route add fd00:1::99 via fd00:2::2
      ip -6 neigh add proxy fd00:1::99 dev v1; sysctl -qw net.ipv6.conf.v1.proxy_ndp=1 net.ipv6.conf.all.forwarding=0`,
    ...{ from: 'c', to: 'fd00:1::99', end: 'dropped proxy-silent host', cured: true },
    ...{ says: /does not forward \(net\.ipv6\.conf\.all\.forwarding is 0\)/, never: /addr add/ },
  },
  'a proxy of IPv6 without an entry': {
    done: `${routed6} ip -n s addr add fd00:1::99/128 dev eth0 nodad; ip -6 route add fd00:1::99 via fd00:2::2
      sysctl -qw net.ipv6.conf.v1.proxy_ndp=1`,
    ...{ from: 'c', to: 'fd00:1::99', end: 'dropped proxy-silent host' },
    ...{ says: /ip neigh add proxy fd00:1::99 dev v1/, never: /addr add/ },
  },
  'IPv6: a router whose interface went down and came up': {
    done: `${routed6} ip link set dev v2 down; ip link set dev v2 up`,
    ...{ from: 'c', to: 'fd00:2::2', end: 'refused no-address host', cured: true },
    says: /fd00:2::1\/64 is not on v2 in host/,
  },
  'IPv6: an interface that is down, and has lost its addresses': {
    done: `${routed6} ip link set dev v2 down`,
    ...{ from: 'host', to: 'fd00:2::2', end: 'dropped link-down host', says: /v2 up/, cured: true },
  },
  'IPv6 switched off, and a neighbour that still knows the address': {
    done: `${routed6} ip netns exec c ping -q -c 1 fd00:2::2 >/dev/null
      ip netns exec s sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1`,
    ...{
      from: 's',
      to: 'fd00:2::1',
      end: 'dropped no-address s',
      says: /addr add fd00:2::2\/64/,
      cured: true,
    },
  },
  'a hop limit that is set on the answer to a question': {
    done: `${routed6} ip netns exec s ip6tables -t mangle -A POSTROUTING -j HL --hl-set 64`,
    ...{ from: 'c', to: 'fd00:2::2', end: 'dropped question-dropped s', cured: true },
    says: /changes the hop limit of the advertisement .* It must be 255/,
  },
  'source NAT in a node that the packet passes twice': {
    done: `ns c s; wire - v1 c eth0; wire c eth1 s eth0; sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.v1.send_redirects=0
      ip addr add 10.0.1.1/24 dev v1; ip route add 10.0.2.0/24 via 10.0.1.2; iptables -t nat -A POSTROUTING -s 10.0.1.2 -o v1 -j MASQUERADE
      ip -n c addr add 10.0.1.2/24 dev eth0; ip -n c addr add 10.0.2.1/24 dev eth1; ip netns exec c sysctl -qw net.ipv4.ip_forward=1
      ip -n c rule add iif lo to 10.0.2.2 lookup 100; ip -n c route add default via 10.0.1.1 table 100
      ip netns exec c iptables -t nat -A POSTROUTING -o eth1 -j SNAT --to-source 10.0.1.2
      ip -n s addr add 10.0.2.2/24 dev eth0; ip -n s route add 10.0.1.0/24 via 10.0.2.1`,
    ...{
      ...fromC,
      end: 'delivered  c',
      says: /Behind c the packet was not seen: .* another ICMP identifier/,
    },
  },
  'an answer that a rule marks, and a rule of the policy that refuses the mark': {
    done: `${routed6} ip -6 rule add fwmark 0x5 prohibit prio 1000
      ip6tables -t mangle -A OUTPUT -d fd00:1::2 -j MARK --set-mark 0x5`,
    ...{ from: 'c', to: 'fd00:2::2', end: 'dropped question-dropped host', cured: true },
    ...{ says: /the mark 0x5, and rule 1000 of the routing policy refuses/, never: /addr add/ },
  },
  'an address of this network on another wire': {
    done: `${routed} ip -n s addr add 10.0.1.99/32 dev eth0; ip route add 10.0.1.99 via 10.0.2.2`,
    ...{ from: 'c', to: '10.0.1.99', end: 'dropped proxy-silent host', says: /v1\.proxy_arp is 0/ },
    ...{ never: /addr add/, cured: true },
  },
  'a route that refuses, and no error left for this second': {
    done: `${routed} ip route add unreachable 10.9.0.0/24; ${busy('10.9.0.1')}`,
    ...{ from: 'c', to: '10.9.0.1', end: 'dropped route-refuses host', says: /icmp_ratelimit/ },
    never: /Rejected by/,
  },
  'a rule that rejects, and no error left for this second': {
    done: `${routed} iptables -A FORWARD -p icmp -j REJECT; ${busy('10.0.2.2')}`,
    ...{ ...fromC, end: 'dropped rejected-by-rule host', says: /icmp_ratelimit/, never: /Rejected by/ },
  },
  'a program that accepts no connections': {
    done: `${routed} ip netns exec s python3 -c 'import socket, time
s = socket.socket(); s.bind(("", 80)); s.listen(0)
waiting = [socket.socket() for _ in range(3)]
for one in waiting: one.setblocking(False); one.connect_ex(("10.0.2.2", 80))
time.sleep(99)' >/dev/null 2>&1 & until ip netns exec s ss -Hltn sport = 80 | grep -q 'LISTEN 1 '; do :; done`,
    ...{
      ...fromC,
      probe: tcp(80),
      end: 'answer-lost listener-full s',
      says: /queue of connections to accept is full/,
    },
  },
  'a program that takes an HTTP request and is silent': {
    done: `${routed} ip netns exec s python3 -c 'import socket, time
s = socket.create_server(("", 80)); one, _ = s.accept(); one.recv(99); time.sleep(99)' >/dev/null 2>&1 &
      until ip netns exec s ss -Hltn sport = 80 | grep -q :80; do :; done`,
    ...{
      ...fromC,
      probe: { kind: 'http', port: 80, url: 'http://10.0.2.2/' },
      end: 'answer-lost answer-missing s',
    },
    ...{ says: /arrived in s \(python3\)/, never: /Delivered/ },
  },
  'a socket that is connected to another peer': {
    done: `${routed} ip netns exec s python3 -c 'import socket, time
s = socket.socket(type=socket.SOCK_DGRAM); s.bind(("", 5353)); s.connect(("10.0.2.1", 999)); time.sleep(99)' >/dev/null 2>&1 &
      until ip netns exec s ss -Hun state established | grep -q :5353; do :; done`,
    ...{ ...fromC, probe: { kind: 'udp', port: 5353 }, end: 'refused port-closed s' },
    says: /connected to 10\.0\.2\.1:999: it takes packets of that peer only/,
  },
  'a program that listens on another interface only': {
    done: `${routed} python3 -c 'import socket, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, 25, b"v2"); s.bind(("", 80)); s.listen(9); time.sleep(99)' >/dev/null 2>&1 &
      until ss -Hltn | grep -q :80; do :; done`,
    ...{ from: 'c', to: '10.0.1.1', probe: tcp(80), end: 'refused port-closed host' },
    ...{ says: /listens on port 80 of v2 only .* came in by v1/, never: /http\.server/ },
  },
  'a program that listens on a loopback address only': {
    done: `${routed} ip netns exec s python3 -I -m http.server 80 --bind 127.0.0.1 >/dev/null 2>&1 </dev/null &
      until ip netns exec s ss -Hltn sport = :80 | grep -q :80; do :; done`,
    ...{ ...fromC, probe: tcp(80), end: 'refused port-closed s', says: /ss -ltn` shows the local address/ },
    never: /-nup/,
  },
  'a program that listens on addresses of IPv6 only': {
    done: `${routed} ip netns exec s python3 -c 'import socket, time
s = socket.create_server(("::", 80), family=socket.AF_INET6); time.sleep(99)' >/dev/null 2>&1 &
      until ip netns exec s ss -Hltn | grep -q :80; do :; done`,
    ...{
      ...fromC,
      probe: tcp(80),
      end: 'refused port-closed s',
      says: /listens on \[::\]:80 for IPv6 only.*--bind 10\.0\.2\.2/,
    },
  },
  'a rule that rejects, after a redirect': {
    done: `ns c r; ip link add name sw type bridge; ip link set dev sw up; wire - p1 c eth0; wire - p2 r eth0
      for p in p1 p2; do ip link set dev $p master sw; done; sysctl -qw net.bridge.bridge-nf-call-iptables=0 || true
      ip -n c addr add 10.0.0.2/24 dev eth0; ip -n r addr add 10.0.0.1/24 dev eth0; ip -n c route add default via 10.0.0.1
      ip -n r route add 10.9.0.0/24 via 10.0.0.3; ip netns exec r sysctl -qw net.ipv4.ip_forward=1
      ip netns exec r iptables -A FORWARD -p tcp -j REJECT`,
    ...{ from: 'c', to: '10.9.0.9', probe: tcp(80), end: 'dropped rejected-by-rule r', says: /redirect/ },
    never: /Rejected by/,
  },
  'a rule that resets': {
    done: `${routed} serve s 80; iptables -A FORWARD -p tcp --dport 80 -j REJECT --reject-with tcp-reset`,
    ...{
      ...fromC,
      probe: tcp(80),
      end: 'refused rejected-by-rule host',
      says: /Rejected by host/,
      cured: true,
    },
  },
  'a rule that resets, in a bridge without an address': {
    done: `ip link add name br0 type bridge; ip link set dev br0 up; ns c s; wire - v1 c eth0; wire - v2 s eth0
      ip link set dev v1 master br0; ip link set dev v2 master br0; sysctl -qw net.bridge.bridge-nf-call-iptables=1
      ip -n c addr add 10.0.2.1/24 dev eth0; ip -n s addr add 10.0.2.2/24 dev eth0
      iptables -A FORWARD -p tcp -j REJECT --reject-with tcp-reset`,
    ...{ ...fromC, probe: tcp(80), end: 'dropped rejected-by-rule host', says: /no route to 10\.0\.2\.1/ },
    never: /Rejected by/,
  },
  'a route that refuses at home, in the words of the program': {
    done: `${routed} ip route add prohibit 10.9.9.9`,
    ...{ from: 'host', to: '10.9.9.9', probe: tcp(80), end: 'dropped route-refuses host' },
    ...{ says: /says: \\"Permission denied\\"/, cured: true },
  },
  'a broadcast address': {
    done: routed,
    ...{ from: 'host', to: '10.0.1.255', end: 'dropped  host', says: /Do you want to ping broadcast/ },
  },
  'an echo request to all nodes on a wire': {
    done: routed,
    ...{ from: 'c', to: '224.0.0.1', end: 'answer-lost wrong-value host' },
    ...{ says: /icmp_echo_ignore_broadcasts/, never: /route add/, cured: true },
  },
  'an echo request to a group without a member': {
    done: routed,
    ...{ from: 'c', to: '239.1.1.1', end: 'dropped no-listener host' },
    ...{ says: /has joined the group 239\.1\.1\.1 on v1/, never: /route add/, cured: true },
  },
  'an echo request of IPv6 that the receiver may not answer': {
    done: `${routed6} ip netns exec s sysctl -qw net.ipv6.icmp.echo_ignore_all=1`,
    ...{ from: 'c', to: 'fd00:2::2', end: 'answer-lost wrong-value s', says: /echo_ignore_all/, cured: true },
  },
  'an echo request of IPv6 to a receiver that answers none of IPv4': {
    done: `${routed6} ip netns exec s sysctl -qw net.ipv4.icmp_echo_ignore_all=1; ip -n s -6 route del default`,
    ...{ from: 'c', to: 'fd00:2::2', end: 'answer-lost reply-not-routed s', says: /no route to fd00:1::2/ },
  },
  'a rule for an address that has no route': {
    done: `${routed} serve s 80; iptables -t nat -A OUTPUT -d 10.96.0.20 -p tcp --dport 80 -j DNAT --to-destination 10.0.2.2:80`,
    ...{ from: 'host', to: '10.96.0.20', probe: tcp(80), end: 'dropped no-route host' },
    ...{ says: /the kernel looks for a route first.*route add 10\.96\.0\.20 dev v2/, cured: true },
  },
  'a loopback address that leaves as it is': {
    done: `${routed} serve s 80; sysctl -qw net.ipv4.conf.all.route_localnet=1
      iptables -t nat -A OUTPUT -d 127.0.0.1 -p tcp --dport 80 -j DNAT --to-destination 10.0.2.2:80`,
    ...{ from: 'host', to: '127.0.0.1', probe: tcp(80), end: 'dropped loopback-only host' },
    ...{ says: /every other node drops it/, never: /addr (add|del)/ },
  },
  'a datagram to a loopback address that should leave': {
    done: `${routed} iptables -t nat -A OUTPUT -d 127.0.0.1 -p udp --dport 80 -j DNAT --to-destination 10.0.2.2:80`,
    ...{ from: 'host', to: '127.0.0.1', probe: { kind: 'udp', port: 80 } },
    ...{ end: 'dropped loopback-only host', says: /route_localnet/, cured: true },
  },
  'a connection that conntrack keeps on its way to an address of before': {
    done: `${routed} iptables -t nat -A PREROUTING -d 10.96.0.1 -p udp -j DNAT --to-destination 10.0.2.9
      ${datagram('c', 5000, '10.96.0.1')}
      iptables -t nat -R PREROUTING 1 -d 10.96.0.1 -p udp -j DNAT --to-destination 10.0.2.2`,
    ...{ from: 'c', to: '10.96.0.1', probe: { kind: 'udp', port: 53, sourcePort: 5000 } },
    ...{
      // Refused, where the older datagram's question for 10.0.2.9 has been given up by then.
      end: '(dropped|refused) kept-connection host',
      says: /10\.0\.2\.9.* new connection to 10\.0\.2\.2/,
      cured: true,
    },
  },
  'a connection that conntrack keeps without the translation that a new one gets': {
    done: `${routed} ip -n s route del default; iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE
      ${datagram('c', 5000, '10.0.2.2')}; iptables -t nat -A POSTROUTING -o v2 -j MASQUERADE`,
    ...{ ...fromC, probe: { kind: 'udp', port: 53, sourcePort: 5000 } },
    ...{
      end: 'answer-lost kept-connection s',
      says: /the source 10\.0\.1\.2\..* source 10\.0\.2\.1/,
      cured: true,
    },
  },
  'a new connection beside one that conntrack keeps otherwise': {
    done: `${routed} ip -n s route del default; iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE
      ${datagram('c', 5000, '10.0.2.2')}; iptables -t nat -A POSTROUTING -o v2 -j MASQUERADE`,
    ...{ ...fromC, probe: { kind: 'udp', port: 53 }, end: 'refused no-listener s' },
    says: /older connection, 10\.0\.1\.2:5000 .*conntrack -D -p udp/,
  },
  'fragments to an address that the router translates to one of its own': {
    done: `${routed} iptables -t nat -A PREROUTING -d 10.9.9.9 -j DNAT --to-destination 10.0.2.1`,
    ...{
      from: 'c',
      to: '10.9.9.9',
      probe: { kind: 'icmp', size: 2000 },
      end: 'delivered  host',
      says: /came back to c/,
    },
  },
  'a datagram of IPv6 that gets another port': {
    done: `${routed6} ip6tables -t nat -A PREROUTING -p udp --dport 99 -j REDIRECT --to-ports 8080
      python3 -I -c "import socket; one = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); one.bind(('', 8080))
while True: one.sendto(*one.recvfrom(99))" >/dev/null 2>&1 </dev/null &
      until ss -Hlun sport = :8080 | grep -q 8080; do :; done`,
    ...{
      from: 'c',
      to: 'fd00:1::1',
      probe: { kind: 'udp', port: 99 },
      end: 'delivered  host',
      says: /came back to c/,
    },
  },
  'a route that refuses at home, and a program that is silent about it': {
    done: `${routed} ip -n c route add prohibit 10.0.2.2`,
    ...{
      ...fromC,
      probe: { kind: 'dns', name: 'a.b' },
      end: 'dropped route-refuses c',
      says: /prohibit 10\.0\.2\.2/,
    },
    cured: true,
  },
  'a source that is the address of the receiver': {
    done: `${routed} iptables -t nat -A POSTROUTING -o v2 -j SNAT --to-source 10.0.2.2`,
    ...{
      ...fromC,
      end: 'dropped duplicate-address s',
      says: /gave it this source/,
      never: /addr del/,
      cured: true,
    },
  },
  'a loop of a connection': {
    done: `${routed} ip route add 10.7.0.0/24 via 10.0.2.2; ip netns exec s sysctl -qw net.ipv4.ip_forward=1`,
    ...{ from: 'c', to: '10.7.0.1', probe: tcp(80), end: 'dropped routing-loop s', says: /loop: host, s/ },
  },
  'a loop of a packet with another source': {
    done: `${routed} ip route add 10.7.0.0/24 via 10.0.2.2; ip netns exec s sysctl -qw net.ipv4.ip_forward=1
      iptables -t nat -A POSTROUTING -o v2 -j MASQUERADE`,
    ...{
      from: 'c',
      to: '10.7.0.1',
      end: 'dropped routing-loop host',
      says: /loop: host, s/,
      never: /addr del/,
    },
  },
  'a rule of a network policy': {
    done: `${routed} iptables -A FORWARD -m comment --comment 'rule to REJECT traffic destined for POD name:db namespace: shop, not allowed by api-only' -j REJECT`,
    ...{
      ...fromC,
      end: 'refused rejected-by-rule host',
      says: /kubectl -n shop patch networkpolicy api-only --type=json -p '\[\{.*\/spec\/ingress\/-/,
    },
    never: /iptables -t filter -D/,
  },
  'a Service without endpoints': {
    done: `${routed} iptables -A FORWARD -m comment --comment 'shop/db:mysql has no endpoints' -j REJECT`,
    ...{ ...fromC, end: 'refused rejected-by-rule host', says: /Service db .*describe service db/ },
    never: /iptables -t filter -D/,
  },
  'a closed port behind rules that the model does not know': {
    done: `${routed} iptables -t mangle -A PREROUTING -j TTL --ttl-set 9`,
    ...{ ...fromC, probe: { kind: 'http', url: 'http://10.0.2.2/', port: 80 }, end: 'refused no-listener s' },
    says: /Nothing listens/,
  },
  'a MAC address that was learned of a node that is gone': {
    done: `${bridged} ip netns exec p1 ping -c 1 10.0.0.2 >/dev/null; ip -n p2 addr flush dev eth0
      ip -n p2 link set dev eth0 address 02:00:00:00:00:55`,
    ...{ from: 'p1', to: '10.0.0.2', end: 'dropped neighbour-silent p1', says: /answers for 10\.0\.0\.2/ },
    never: /neigh del/,
  },
  'a bridged packet that gets the address of its own side': {
    done: `${bridged} sysctl -qw net.bridge.bridge-nf-call-iptables=1 net.ipv4.ip_forward=1; ip addr add 10.0.0.254/24 dev br0
      iptables -t nat -A PREROUTING -d 10.0.0.2 -j DNAT --to-destination 10.0.0.1`,
    ...{ from: 'p1', to: '10.0.0.2', end: 'dropped port-hairpin host', says: /v1/, cured: true },
  },
};
