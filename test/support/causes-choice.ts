import type { TraceProbe } from '../../src/core/probe/trace-probe.ts';
import { routed, type Situation } from './causes.ts';

const tcp = (port: number): TraceProbe => ({ kind: 'tcp', port });
const fromC = { from: 'c', to: '10.0.2.2' };

/** cli - w2 - srv - w1: the server's default route leads to w1, a table of its own to w2, by which the client comes. */
const twoUplinks = `ns srv w1 w2 cli; wire srv eth0 w1 eth0; wire srv eth1 w2 eth0; wire w1 eth1 cli eth0; wire w2 eth1 cli eth1
ip -n srv addr add 192.0.2.2/24 dev eth0; ip -n w1 addr add 192.0.2.1/24 dev eth0
ip -n srv addr add 198.51.100.2/24 dev eth1; ip -n w2 addr add 198.51.100.1/24 dev eth0
ip -n w2 addr add 203.0.113.129/25 dev eth1; ip -n cli addr add 203.0.113.130/25 dev eth1
for r in w1 w2; do ip netns exec $r sysctl -qw net.ipv4.ip_forward=1; done
ip -n srv route add default via 192.0.2.1; ip -n cli route add default via 203.0.113.129
ip -n srv route add default via 198.51.100.1 table 2
`;
const marked = `${twoUplinks} ip -n srv rule add fwmark 2 table 2
ip netns exec srv iptables -t mangle -A PREROUTING -i eth1 -j MARK --set-mark 2`;
const fromOutside = { from: 'cli', to: '198.51.100.2', end: 'answer-lost (no-address|reply-not-routed) w1' };

const sixRouted = `ns c s; wire - v1 c eth0; wire - v2 s eth0; sysctl -qw net.ipv6.conf.all.forwarding=1
ip addr add fd01::1/64 dev v1 nodad; ip addr add fd02::1/64 dev v2 nodad; ip -n s addr add fd02::2/64 dev eth0 nodad
ip -n s route add default via fd02::1
`;

/** The source, the table and the next hop that a node chooses by itself, and rules in chains that are not asked. */
export const choiceSituations: Record<string, Situation> = {
  'a source that the route names': {
    done: `${routed} ip -n c addr add 172.16.9.9/32 dev lo; ip -n c route replace default via 10.0.1.1 src 172.16.9.9`,
    ...{ ...fromC, end: 'answer-lost reply-not-routed host', cured: true },
    says: /its route says so.*10\.0\.1\.2, another address of c.*route replace default via 10\.0\.1\.1 dev eth0 src 10\.0\.1\.2/,
  },
  'a source in place of a deprecated one': {
    done: `${sixRouted} ip -n c addr add fd01::2/64 dev eth0 nodad preferred_lft 0; ip -n c addr add fd99::2/64 dev eth0 nodad
      ip -n c route add default via fd01::1`,
    ...{ from: 'c', to: 'fd02::2', end: 'answer-lost reply-not-routed host', cured: true },
    says: /fd01::2.* is deprecated.*addr change fd01::2\/64 dev eth0 preferred_lft forever/,
  },
  'a source of another interface, since the own one has scope link': {
    done: `${routed} ip -n c addr flush dev eth0; ip -n c addr add 10.0.1.2/24 dev eth0 scope link
      ip -n c addr add 172.16.5.5/32 dev lo; ip -n c route add default via 10.0.1.1`,
    ...{ ...fromC, end: 'answer-lost reply-not-routed host', says: /has scope link/, cured: true },
  },
  'a source that is the first address of the interface': {
    done: `${routed} ip -n c addr flush dev eth0; ip -n c addr add 192.168.7.7/24 dev eth0; ip -n c addr add 10.0.1.2/24 dev eth0
      ip -n c route add default dev eth0; sysctl -qw net.ipv4.conf.v1.proxy_arp=1`,
    ...{ ...fromC, end: 'answer-lost reply-not-routed host', says: /the first address of eth0/, cured: true },
  },
  'a source of another interface, since the own one has none': {
    done: `${routed} ns d; wire c eth1 d eth0; ip -n c addr add 10.5.0.2/24 dev eth1; ip -n c addr flush dev eth0
      ip -n c route add 10.0.1.1 dev eth0; ip -n c route add default via 10.0.1.1`,
    ...{ ...fromC, end: 'answer-lost reply-not-routed host', says: /10\.5\.0\.2, an address of eth1: eth0,/ },
  },
  'a mark of the connection that no rule gives back': {
    done: `${marked}; ip netns exec srv iptables -t mangle -A PREROUTING -i eth1 -j CONNMARK --save-mark`,
    ...{ ...fromOutside, cured: true },
    says: /fwmark 0x2 lookup 2.*no rule at OUTPUT.*-I OUTPUT -j CONNMARK --restore-mark/,
  },
  'a mark of the request only': {
    done: marked,
    ...{ ...fromOutside, says: /marks the request only/, cured: true },
  },
  'a mark that is saved nowhere': {
    done: `${marked}; ip netns exec srv iptables -t mangle -A OUTPUT -j CONNMARK --restore-mark`,
    ...{ ...fromOutside, says: /-A PREROUTING -j CONNMARK --save-mark/, cured: true },
  },
  'a rule of the routing policy for another mark': {
    done: `${twoUplinks} ip -n srv rule add fwmark 3 table 2
      ip netns exec srv iptables -t mangle -A PREROUTING -i eth1 -j CONNMARK --set-mark 2
      ip netns exec srv iptables -t mangle -A OUTPUT -j CONNMARK --restore-mark`,
    ...{ ...fromOutside, cured: true },
    says: /but for `fwmark 0x3`: the packet has the mark 0x2.*rule add from 198\.51\.100\.2 lookup 2/,
  },
  'a rule of the routing policy for another source': {
    done: `${twoUplinks} ip -n srv rule add from 198.51.100.20 table 2`,
    ...{ ...fromOutside, says: /but for `from 198\.51\.100\.20/, cured: true },
  },
  'a rule of nftables that asks for the way back': {
    done: `${routed} ip -n c addr add 10.0.77.9/32 dev eth0; ip -n c route replace default via 10.0.1.1 src 10.0.77.9
      nft -f - <<'RULES'
table inet f {
  chain pre {
    type filter hook prerouting priority raw; policy accept;
    fib saddr . iif oif missing drop
  }
}
RULES`,
    ...{
      ...fromC,
      end: 'dropped dropped-by-rule host',
      says: /host has no route to 10\.0\.77\.9/,
      cured: true,
    },
  },
  'a rule that asks for the way back, which leads elsewhere': {
    done: `${routed} ip route add 10.0.1.2/32 dev v2; iptables -t raw -A PREROUTING -m rpfilter --invert -j DROP`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', cured: true },
    says: /leads by `10\.0\.1\.2 dev v2[^`]*`, and the packet came in by v1.*ip route del 10\.0\.1\.2 dev v2/,
  },
  'a translation in the chain for the packets of the node': {
    done: `${routed} serve s 80; nft -f - <<'RULES'
table ip n {
  chain c {
    type nat hook output priority -100;
    tcp dport 8080 dnat to 10.0.2.2:80
  }
}
RULES`,
    ...{ from: 'c', to: '10.0.1.1', probe: tcp(8080), end: 'refused no-listener host', cured: true },
    says: /has the hook output: this packet passes prerouting/,
  },
  'a translation in a chain without a hook': {
    done: `${routed} ip -n s route del default; nft add table ip n; nft add chain ip n c; nft add rule ip n c masquerade`,
    ...{ ...fromC, end: 'answer-lost reply-not-routed s', cured: true },
    says: /no hook and no rule calls that chain/,
  },
  'a rule for replies in front of conntrack': {
    done: `${routed} nft -f - <<'RULES'
table ip n {
  chain c {
    type filter hook prerouting priority raw;
    ct state established accept
    iifname "v2" drop
  }
}
RULES`,
    ...{ ...fromC, end: 'answer-lost dropped-by-rule host', cured: true },
    says: /asked before conntrack \(priority -300/,
  },
  'a next hop that a redirect told': {
    done: `ns h r1 r2 r3 s; ip link add br0 type bridge; ip link set dev br0 up
      for n in h r1 r2 r3; do wire - v-$n $n eth0; ip link set dev v-$n master br0; done; wire r2 eth1 s eth0; wire r3 eth1 s eth1
      ip -n h addr add 10.0.0.2/24 dev eth0; ip -n r1 addr add 10.0.0.1/24 dev eth0; ip -n r2 addr add 10.0.0.9/24 dev eth0
      ip -n r3 addr add 10.0.0.10/24 dev eth0; ip -n r2 addr add 10.9.0.1/24 dev eth1; ip -n s addr add 10.9.0.2/24 dev eth0
      ip -n r3 addr add 10.8.0.1/24 dev eth1; ip -n s addr add 10.8.0.2/24 dev eth1
      for r in r1 r2 r3; do ip netns exec $r sysctl -qw net.ipv4.ip_forward=1; done; ip -n h route add default via 10.0.0.1
      ip -n r1 route add 10.9.0.0/24 via 10.0.0.9; ip -n r3 route add 10.9.0.0/24 via 10.8.0.2; ip -n s route add default via 10.8.0.1
      until ip -n h route get 10.9.0.2 | grep -q redirected; do ip netns exec h ping -c1 -W1 10.9.0.2 >/dev/null; done
      ip netns exec r2 sysctl -qw net.ipv4.ip_forward=0; ip -n r1 route replace 10.9.0.0/24 via 10.0.0.10`,
    ...{ from: 'h', to: '10.9.0.2', end: 'dropped forwarding-off r2', cured: true },
    says: /h sends it to 10\.0\.0\.9, and not to 10\.0\.0\.1.*route flush cache/,
  },
  'a queue of the bridge port by which a frame leaves': {
    done: `ip link add br0 type bridge; ip link set dev br0 up; ns c s; wire - v1 c eth0; wire - v2 s eth0
      ip link set dev v1 master br0; ip link set dev v2 master br0; ip -n c addr add 10.0.2.1/24 dev eth0; ip -n s addr add 10.0.2.2/24 dev eth0
      ip netns exec c ping -c1 -W1 10.0.2.2 >/dev/null; tc qdisc add dev v2 root tbf rate 8kbit burst 1000 limit 5000`,
    ...{ ...fromC, probe: { kind: 'icmp', size: 1400 }, end: 'dropped queue-full host', says: /queue of v2/ },
    cured: true,
  },
  'a path that a router has reported to be narrow': {
    done: `${routed} ip -n s link set dev eth0 mtu 600; ip link set dev v2 mtu 600
      ip netns exec c ping -M do -s 1000 -c1 -W1 10.0.2.2 >/dev/null || true`,
    ...{
      ...fromC,
      probe: { kind: 'icmp', mtu: 1000 },
      end: 'dropped mtu-here c',
      says: /v2 of host takes 600/,
    },
  },
  'a macvlan that takes frames of listed MAC addresses only': {
    done: `ns c s; wire - v1 c eth0; ip -n c addr add 10.0.2.1/24 dev eth0; ip link add mv link v1 type macvlan mode source
      ip link set dev mv netns s; ip -n s link set dev mv name eth0; ip -n s link set dev eth0 up; ip -n s addr add 10.0.2.2/24 dev eth0`,
    ...{ ...fromC, end: 'dropped question-ignored s', says: /mode source.*macaddr add/, cured: true },
  },
  'a bridge that changes the MAC address of a frame': {
    done: `ip link add br0 type bridge; ip link set dev br0 up; ns c s; wire - v1 c eth0; wire - v2 s eth0
      ip link set dev v1 master br0; ip link set dev v2 master br0; ip -n c addr add 10.0.2.1/24 dev eth0; ip -n s addr add 10.0.2.2/24 dev eth0
      nft add table bridge f; nft add chain bridge f p '{ type filter hook prerouting priority -300; }'
      nft add rule bridge f p iifname v1 meta protocol ip ether daddr set 02:00:00:00:00:99`,
    ...{ ...fromC, end: 'dropped wrong-mac c', cured: true },
    says: /to the right MAC address.* but host changes it to 02:00:00:00:00:99: `.*ether daddr set/,
  },
  'an address on the loopback, which has the network of the answer': {
    done: `ns c s; wire c eth0 s eth0; ip -n c addr add 10.0.2.1/24 dev eth0; ip -n s addr add 10.0.2.2/24 dev lo`,
    ...{ ...fromC, end: 'answer-lost no-address s', says: /10\.0\.2\.2\/24 is on lo/, cured: true },
  },
  'a translation of nftables for another network': {
    done: `${routed} ip -n s route del default; nft add table ip n; nft add chain ip n p '{ type nat hook postrouting priority 100; }'
      nft add rule ip n p ip saddr 10.0.11.0/24 oifname v2 masquerade`,
    ...{ ...fromC, end: 'answer-lost reply-not-routed s', cured: true },
    says: /nearly translates it; `ip saddr 10\.0\.11\.0\/24` keeps it from matching.*nft replace rule ip n p handle \d+ 'ip saddr 10\.0\.1\.2 oifname .{0,2}v2.{0,2} masquerade'/,
  },
  'a question that a tunnel does not send, beside no rule of nftables': {
    done: `${routed} for n in c s; do [ $n = c ] && l=10.0.1.2 || l=10.0.2.2
        ip -n $n link add vx type vxlan id 7 dstport 4789 local $l dev eth0; ip -n $n link set dev vx up; done
      ip -n c addr add 10.7.0.1/24 dev vx; ip -n s addr add 10.7.0.2/24 dev vx; ip netns exec s bridge fdb append 00:00:00:00:00:00 dev vx dst 10.0.1.2`,
    ...{ from: 'c', to: '10.7.0.2', end: 'dropped wrong-tunnel-end c', says: /does not leave/, cured: true },
    never: /translate/,
  },
};
