import { routed, type Situation } from './causes.ts';

const fromC = { from: 'c', to: '10.0.2.2' };
const web = { kind: 'tcp', port: 80 } as const;

/** a, b and c on a bridge of the host, behind pa, pb and pc. */
const three = `ns a b c; ip link add name br0 type bridge; ip link set dev br0 up
i=0; for n in a b c; do
  i=$((i + 1)); wire - p$n $n eth0; ip link set dev p$n master br0; ip -n $n addr add 10.0.0.$i/24 dev eth0
done
`;

/** n1 - n2, and a VXLAN between them without a remote. */
const nolearning = `ns n1 n2; wire n1 eth0 n2 eth0
for i in 1 2; do
  ip -n n$i addr add 172.31.0.$i/24 dev eth0
  ip -n n$i link add vx type vxlan id 7 local 172.31.0.$i dev eth0 dstport 4789 nolearning
  ip -n n$i addr add 10.9.0.$i/24 dev vx; ip -n n$i link set dev vx up
done
`;

/** Networks whose end was written down before they were run. */
export const blindSituations: Record<string, Situation> = {
  'a route for one type of service, whose gateway nobody is': {
    done: `${routed} ip -n c route add 10.0.2.0/24 tos 0x10 via 10.0.1.9`,
    ...{ ...fromC, probe: { kind: 'icmp', tos: 0x10 }, end: 'dropped neighbour-silent c', cured: true },
    says: /ip -n c route replace 10\.0\.2\.0\/24 tos 0x10 via 10\.0\.1\.1/,
  },
  'a port of several that one rule of iptables drops': {
    done: `${routed} serve s 80; iptables -A FORWARD -p tcp -m multiport --dports 80,443 -j DROP`,
    ...{ ...fromC, probe: web, end: 'dropped dropped-by-rule host', cured: true },
    says: /`-A FORWARD -p tcp -m multiport --dports 80,443 -j DROP`, rule 1 of filter FORWARD/,
  },
  'a policy of IPsec of the sender': {
    done: `${routed} ip -n c xfrm policy add dir out src 10.0.1.2 dst 10.0.2.0/24 action block`,
    ...{ ...fromC, end: 'dropped ipsec-refuses c', cured: true },
    says: /ip -n c xfrm policy delete src 10\.0\.1\.2\/32 dst 10\.0\.2\.0\/24 dir out/,
  },
  'a policy of IPsec of the sender of the reply': {
    done: `${routed} ip -n s xfrm policy add dir out src 10.0.2.2 dst 10.0.1.2 action block`,
    ...{ ...fromC, end: 'answer-lost ipsec-refuses s', cured: true, says: /No reply/ },
  },
  'a policy of IPsec without a state': {
    done: `${routed} ip -n c xfrm policy add dir out src 10.0.1.2 dst 10.0.2.0/24 \\
      tmpl src 10.0.1.2 dst 10.0.2.2 proto esp mode transport`,
    ...{ ...fromC, end: 'dropped ipsec-refuses c', never: /policy delete/ },
    says: /no state \(SA\) for it: esp transport 10\.0\.1\.2 -> 10\.0\.2\.2/,
  },
  'a policy of IPsec for one port, of a router': {
    done: `${routed} serve s 80
      ip xfrm policy add dir fwd src 10.0.1.0/24 dst 10.0.2.0/24 proto tcp dport 80 action block priority 5`,
    ...{
      ...fromC,
      probe: web,
      end: 'dropped ipsec-refuses host',
      cured: true,
      says: /proto tcp dport 80 dir fwd/,
    },
  },
  'a tunnel that learns no MAC addresses, whose other end does not know this one': {
    done: `${nolearning} ip netns exec n1 bridge fdb append 00:00:00:00:00:00 dev vx dst 172.31.0.2`,
    ...{ from: 'n1', to: '10.9.0.2', end: 'dropped wrong-tunnel-end n2', cured: true },
    says: /vx in n2 learns no MAC addresses .* leads to 172\.31\.0\.1 \(n1\).*bridge fdb append 00:00:00:00:00:00 dev vx dst 172\.31\.0\.1/,
  },
  'a tunnel that learns no MAC addresses, and has no end': {
    done: nolearning,
    ...{ from: 'n1', to: '10.9.0.2', end: 'dropped wrong-tunnel-end n1', cured: true },
    says: /bridge fdb append 00:00:00:00:00:00 dev vx dst 172\.31\.0\.2/,
  },
  'a rule of nftables that sends packets out by another interface': {
    done: `${routed} nft add table netdev f
      nft 'add chain netdev f c { type filter hook ingress device v1 priority 0 ; }'
      nft add rule netdev f c ip daddr 10.0.2.2 fwd to v2`,
    ...{ ...fromC, end: 'dropped diverted host', cured: true, never: /mirred/ },
    says: /`ip daddr 10\.0\.2\.2 fwd to \\"v2\\"`, in chain c of the table netdev f/,
  },
  'a policy rule for packets of one interface, which a program would have to bind to': {
    done: `${routed} ip -n c route del default; ip -n c route add default via 10.0.1.1 table 5
      ip -n c rule add oif eth0 lookup 5`,
    ...{ ...fromC, end: 'dropped no-route c', cured: true, says: /but for `oif eth0`/ },
  },
  'a policy rule for other users': {
    done: `${routed} ip -n c route del default; ip -n c route add default via 10.0.1.1 table 5
      ip -n c rule add uidrange 1000-1000 lookup 5`,
    ...{ ...fromC, end: 'dropped no-route c', cured: true, says: /but for `uidrange 1000-1000`/ },
    never: /GATEWAY/,
  },
  'a policy rule that leads past the table main': {
    done: `${routed} ip rule add iif v1 goto 40000 prio 100; ip rule add nop prio 40000`,
    ...{ ...fromC, end: 'refused no-route host', cured: true, never: /GATEWAY/ },
    says: /`100: from all iif v1 goto 40000` .* leads past that table.*ip rule del prio 100/,
  },
  'a destination out of a network that a rule gave, and that has no route': {
    done: `${routed} iptables -t nat -A PREROUTING -d 10.5.0.0/24 -j NETMAP --to 10.0.3.0/24`,
    ...{ from: 'c', to: '10.5.0.2', end: 'refused no-route host', says: /by a rule of host: `[^`]*NETMAP/ },
    never: /route add 10\.5\./,
  },
  'a translation to a port beside the one that is open': {
    done: `${routed} serve s 80; iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 10.0.2.2:8001`,
    ...{ ...fromC, probe: web, end: 'refused no-listener s', cured: true },
    says: /the port 8001 by a rule of host: .*iptables -t nat -R PREROUTING 1 .* --to-destination 10\.0\.2\.2:80"/,
  },
  'a translation of nftables to a port beside the one that is open': {
    done: `${routed} serve s 80; nft add table ip n; nft 'add chain ip n p { type nat hook prerouting priority -100 ; }'
      nft add rule ip n p tcp dport 80 counter dnat to 10.0.2.2:8001`,
    ...{ ...fromC, probe: web, end: 'refused no-listener s', cured: true },
    says: /nft replace rule ip n p handle 2 'tcp dport 80 dnat to 10\.0\.2\.2:80'/,
  },
  'a rule that accepts at another time': {
    done: `${routed} serve s 80; iptables -P FORWARD DROP
      iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT
      iptables -A FORWARD -p tcp --dport 80 -m time --datestart 2020-01-01 --datestop 2020-02-01 -j ACCEPT`,
    ...{ ...fromC, probe: web, end: 'dropped dropped-by-rule host', cured: true },
    says: /`-m time --datestart \S+ --datestop \S+` keeps it from matching/,
  },
  'a rule that accepts other ports': {
    done: `${routed} serve s 8080; iptables -P FORWARD DROP
      iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT
      iptables -A FORWARD -p tcp -m multiport --dports 80,443 -j ACCEPT`,
    ...{ ...fromC, probe: { kind: 'tcp', port: 8080 }, end: 'dropped dropped-by-rule host', cured: true },
    says: /-I FORWARD 2 -p tcp -m multiport --dports 80,443,8080 -j ACCEPT/,
  },
  'a reverse path filter, and a route back that leads to nobody': {
    done: `${routed} sysctl -qw net.ipv4.conf.all.rp_filter=1; ip route add 10.0.1.2/32 dev v2`,
    ...{ ...fromC, end: 'dropped rp-filter host', cured: true },
    says: /"ip route del 10\.0\.1\.2 dev v2 scope link"/,
  },
  'an interface that answers by the way back, and a route back that leads to nobody': {
    done: `${routed} sysctl -qw net.ipv4.conf.all.arp_filter=1; ip route add 10.0.1.2/32 dev v2`,
    ...{ from: 'c', to: '10.0.1.1', end: 'dropped question-ignored host', cured: true },
    says: /"ip route del 10\.0\.1\.2 dev v2 scope link"/,
  },
  'a route that gives packets a short time to live': {
    done: `${routed} ip -n c route replace default via 10.0.1.1 hoplimit 1`,
    ...{ ...fromC, end: 'dropped ttl host', cured: true },
    says: /`default via 10\.0\.1\.1 dev eth0 hoplimit 1`.*ip -n c route replace default via 10\.0\.1\.1 dev eth0"/,
  },
  'IPv6: an interface that gives packets a short time to live': {
    done: `${routed} sysctl -qw net.ipv6.conf.all.forwarding=1
      ip addr add fd00:1::1/64 dev v1 nodad; ip addr add fd00:2::1/64 dev v2 nodad
      ip -n c addr add fd00:1::2/64 dev eth0 nodad; ip -n c route add default via fd00:1::1
      ip -n s addr add fd00:2::2/64 dev eth0 nodad; ip -n s route add default via fd00:2::1
      ip netns exec c sysctl -qw net.ipv6.conf.eth0.hop_limit=1`,
    ...{ from: 'c', to: 'fd00:2::2', end: 'dropped ttl host', cured: true },
    says: /sysctl -w net\.ipv6\.conf\.eth0\.hop_limit=64/,
  },
  'a bridge that learns nothing, and a port to which it sends nothing of unknown address': {
    done: `${three} ip link set dev br0 type bridge ageing_time 0; ip link set dev pb type bridge_slave flood off`,
    ...{ from: 'a', to: '10.0.0.2', end: 'dropped not-flooded host', cured: true, says: /pb flood on/ },
  },
  'a port of another bridge': {
    done: `${three} ip link add name br1 type bridge; ip link set dev br1 up; ip link set dev pb master br1`,
    ...{ from: 'a', to: '10.0.0.2', end: 'dropped not-attached host', cured: true },
    says: /pb in host should be a port of the bridge br0, but is one of br1/,
  },
  'a rule of nftables for an address that has no route': {
    done: `${routed} serve s 80; nft add table ip n
      nft 'add chain ip n o { type nat hook output priority -100 ; }'
      nft add rule ip n o ip daddr 10.0.9.9 tcp dport 80 dnat to 10.0.2.2:80`,
    ...{ from: 'host', to: '10.0.9.9', probe: web, end: 'dropped no-route host', cured: true },
    says: /dnat to 10\.0\.2\.2:80.*"ip route add 10\.0\.9\.9 dev v2"/,
  },
  'a sender with the address of its router in another network': {
    done: `${routed} ip -n c addr add 10.0.2.1/32 dev lo; ip -n c route replace default via 10.0.1.1 src 10.0.2.1
      ip -n c route replace 10.0.1.0/24 dev eth0 src 10.0.2.1`,
    ...{ from: 'c', to: '10.0.1.1', end: 'dropped duplicate-address host', says: /10\.0\.2\.1: host, c/ },
    never: /"ip addr del/,
  },
  'a queue that drops the answers to questions for a MAC address': {
    done: `${three} ip netns exec b tc qdisc add dev eth0 root tbf rate 8kbit burst 1540 limit 1`,
    ...{ from: 'a', to: '10.0.0.2', end: 'dropped queue-full b', cured: true },
    says: /hears the question for 10\.0\.0\.2, and the queue of eth0 there \(tbf\)/,
  },
  'a gateway of IPv6 for a route of IPv4, which nobody is': {
    done: `${routed} ip -n c route del default; ip -n c -4 route add default via inet6 fe80::9 dev eth0`,
    ...{
      ...fromC,
      end: 'dropped neighbour-silent c',
      cured: true,
      says: /c sends by way of fe80::9, and no node/,
    },
  },
  'a tunnel that takes no longer packets than the interface below it lets it': {
    done: `${nolearning} for i in 1 2; do ip netns exec n$i bridge fdb append 00:00:00:00:00:00 dev vx dst 172.31.0.$((3 - i)); done`,
    ...{
      from: 'n1',
      to: '10.9.0.2',
      probe: { kind: 'icmp', mtu: 1500 },
      end: 'dropped mtu-here n1',
      cured: true,
    },
    says: /ip -n n1 link set dev eth0 mtu 1550".*ip -n n1 link set dev vx mtu 1500/,
  },
  'a rule for what a router takes in, and a packet that it passes on': {
    done: `${routed} serve s 80; iptables -P FORWARD DROP; iptables -A INPUT -p tcp --dport 80 -j ACCEPT`,
    ...{ ...fromC, probe: web, end: 'dropped dropped-by-rule host', cured: true },
    says: /would let it pass, but is in INPUT: this packet passes FORWARD.*iptables -t filter -A FORWARD -p tcp -m tcp --dport 80 -j ACCEPT/,
  },
  'IPv6: a policy of nftables that takes no questions for a MAC address': {
    done: `${three} ip link set dev br0 type bridge mcast_snooping 0
      ip -n a addr add fd00::1/64 dev eth0 nodad; ip -n b addr add fd00::2/64 dev eth0 nodad
      ip netns exec b nft add table inet f
      ip netns exec b nft 'add chain inet f i { type filter hook input priority 0 ; policy drop ; }'
      ip netns exec b nft add rule inet f i ct state established accept
      ip netns exec b nft add rule inet f i icmpv6 type echo-request accept`,
    ...{ from: 'a', to: 'fd00::2', end: 'dropped question-dropped b', cured: true },
    says: /nft insert rule inet f i 'icmpv6 type \{ nd-neighbor-solicit, nd-neighbor-advert \} accept'/,
  },
};
