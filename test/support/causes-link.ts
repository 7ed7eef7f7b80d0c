import { routed, type Situation } from './causes.ts';

/** p1 and p2 on a bridge of the host. */
export const bridged = `ip link add name br0 type bridge; ip link set dev br0 up; ns p1 p2; wire - v1 p1 eth0; wire - v2 p2 eth0
ip link set dev v1 master br0; ip link set dev v2 master br0
ip -n p1 addr add 10.0.0.1/24 dev eth0; ip -n p2 addr add 10.0.0.2/24 dev eth0
`;

const fromC = { from: 'c', to: '10.0.2.2' };
const fromP1 = { from: 'p1', to: '10.0.0.2' };

/** Three ends of a VXLAN on one wire, addresses written down by hand. */
const overlay = `ip link add name und type bridge; ip link set dev und up; ns n1 n2 n3
for i in 1 2 3; do wire - u$i n$i eth0; ip link set dev u$i master und; ip -n n$i addr add 172.31.0.$i/24 dev eth0
ip -n n$i link add name vx address 02:00:00:00:fa:0$i type vxlan id 7 dev eth0 local 172.31.0.$i dstport 4789 nolearning
ip -n n$i addr add 10.9.0.$i/24 dev vx; ip -n n$i link set dev vx up; done
for i in 1 2 3; do for j in 1 2 3; do [ $i = $j ] || { ip -n n$i neigh add 10.9.0.$j lladdr 02:00:00:00:fa:0$j dev vx nud permanent
ip netns exec n$i bridge fdb append 02:00:00:00:fa:0$j dev vx dst 172.31.0.$j; }; done; done
`;
const neighbours6 = `ns c s; wire c eth0 s eth0; for n in c s; do ip netns exec $n sysctl -qw net.ipv6.conf.eth0.accept_dad=0; done
ip -n c addr add fd00::1/64 dev eth0 nodad; ip -n s addr add fd00::2/64 dev eth0 nodad`;
const fromC6 = { from: 'c', to: 'fd00::2' };

const macvlans = (mode: string) => `ns m a b; wire - eno1 m spare
for n in a b; do ip link add link eno1 name mv$n netns $n type macvlan mode ${mode}; ip -n $n link set dev mv$n up; done
ip -n a addr add 10.6.0.1/24 dev mva; ip -n b addr add 10.6.0.2/24 dev mvb`;

/** ARP and neighbour discovery, bridges and their ports, links on other links. */
export const linkSituations: Record<string, Situation> = {
  'a port whose state was written, without spanning tree': {
    done: `${bridged} bridge link set dev v2 state 1`,
    ...{ from: 'p1', to: '10.0.0.2', end: 'dropped port-state host', says: /state forwarding/, cured: true },
  },
  'a question that arp_ignore keeps from an answer': {
    done: `ns c s; wire c eth0 s eth0; ip -n c addr add 10.0.0.1/24 dev eth0; ip -n s addr add 10.0.0.2/24 dev eth0
      ip -n s addr add 10.0.0.50/32 dev lo; ip netns exec s sysctl -qw net.ipv4.conf.eth0.arp_ignore=1`,
    ...{ from: 'c', to: '10.0.0.50', end: 'dropped question-ignored s', cured: true },
    says: /on lo .* hears the question for it on eth0/,
    never: /addr add/,
  },
  'a question whose sender the reverse path filter does not believe': {
    done: `${routed} ip -n c addr add 203.0.113.7/32 dev lo; ip -n c route replace default via 10.0.1.1 src 203.0.113.7
      sysctl -qw net.ipv4.conf.v1.rp_filter=1`,
    ...{ ...fromC, end: 'dropped rp-filter host' },
    says: /its question for 10\.0\.1\.1 too/,
    never: /addr add 10\.0\.1\.1/,
  },
  'a question that a table of family arp drops': {
    done: `${routed} nft add table arp f; nft add chain arp f input '{ type filter hook input priority 0; policy drop; }'`,
    ...{ ...fromC, end: 'dropped question-dropped host', says: /family arp/, never: /addr add/, cured: true },
  },
  'a question that a rule of a table of family arp drops': {
    done: `${routed} nft add table arp f; nft add chain arp f input '{ type filter hook input priority 0; }'
      nft add rule arp f input arp operation request drop`,
    ...{ ...fromC, end: 'dropped question-dropped host', says: /arp operation request drop/, cured: true },
  },
  'an answer that a table of family arp does not let out': {
    done: `${routed} nft add table arp f; nft add chain arp f output '{ type filter hook output priority 0; }'
      nft add rule arp f output arp operation reply drop`,
    ...{ ...fromC, end: 'dropped question-dropped host', says: /drops the answer to c/, cured: true },
  },
  'an answer that a table of family arp does not let in': {
    done: `${routed} ip netns exec c nft add table arp f
      ip netns exec c nft add chain arp f input '{ type filter hook input priority 0; policy drop; }'`,
    ...{ ...fromC, end: 'dropped question-dropped c', says: /host answers.*rule of c/, cured: true },
  },
  'a question that a rule of its own node keeps in': {
    done: `${routed} ip netns exec c arptables -A OUTPUT -d 10.0.1.1 -j DROP`,
    ...{
      ...fromC,
      end: 'dropped question-dropped c',
      says: /a rule of its own drops the question/,
      cured: true,
    },
  },
  'a question of before, whose entry has failed, and a rule of ebtables': {
    done: `${bridged} ebtables -P FORWARD DROP; for i in 1 2; do ip netns exec p1 ping -qc1 -W1 10.0.0.2 >/dev/null || true; done`,
    ...{ ...fromP1, end: '(dropped|refused) question-dropped host', says: /family bridge/, cured: true },
  },
  'a question of before, and a table of family arp behind a router': {
    done: `${routed} ip netns exec s arptables -P INPUT DROP
      for i in 1 2; do ip netns exec c ping -qc1 -W1 10.0.2.2 >/dev/null || true; done`,
    ...{ ...fromC, end: '(dropped|refused) question-dropped s', says: /family arp/, cured: true },
  },
  'a question that a chain at the ingress of its receiver drops': {
    done: `${routed} ip netns exec s nft add table netdev t
      ip netns exec s nft add chain netdev t i '{ type filter hook ingress device eth0 priority 0; policy drop; }'`,
    ...{ ...fromC, end: 'dropped question-dropped s', says: /family netdev/, cured: true },
  },
  'an answer that a rule of ebtables drops': {
    done: `${bridged} ebtables -A FORWARD -p ARP -i v2 -j DROP`,
    ...{ ...fromP1, end: 'dropped question-dropped host', says: /drops the answer to p1/, cured: true },
  },
  'a solicitation that ip6tables drops in a bridge': {
    done: `${bridged} ip -n p1 addr add fd00:2::1/64 dev eth0 nodad; ip -n p2 addr add fd00:2::2/64 dev eth0 nodad
      sysctl -qw net.bridge.bridge-nf-call-ip6tables=1
      ip6tables -A FORWARD -p icmpv6 --icmpv6-type neighbour-solicitation -j DROP`,
    ...{ from: 'p1', to: 'fd00:2::2', end: 'dropped question-dropped host', never: /addr add/, cured: true },
    says: /comes to host, and a rule there drops it: `-A FORWARD/,
  },
  'an advertisement that ip6tables drops in a bridge': {
    done: `${bridged} ip -n p1 addr add fd00:2::1/64 dev eth0 nodad; ip -n p2 addr add fd00:2::2/64 dev eth0 nodad
      sysctl -qw net.bridge.bridge-nf-call-ip6tables=1
      ip6tables -A FORWARD -p icmpv6 --icmpv6-type neighbour-advertisement -j DROP`,
    ...{ from: 'p1', to: 'fd00:2::2', end: 'dropped question-dropped host', cured: true },
    says: /drops the answer to p1: `-A FORWARD/,
  },
  'a link that resolves no addresses': {
    done: `${routed} ip link set dev v1 arp off`,
    ...{ ...fromC, end: 'dropped question-ignored host', says: /NOARP/, cured: true },
  },
  'a link that asks for no addresses, its answers lost': {
    done: `${bridged} ip netns exec p1 ping -qc1 10.0.0.2 >/dev/null; ip -n p2 link set dev eth0 arp off`,
    ...{
      ...fromP1,
      end: 'answer-lost question-ignored p2',
      says: /MAC address of 10\.0\.0\.1: eth0/,
      cured: true,
      never: /NETWORK/,
    },
  },
  'an advertisement that ip6tables does not let out': {
    done: `${neighbours6}
      ip netns exec s ip6tables -A OUTPUT -p icmpv6 --icmpv6-type neighbour-advertisement -j DROP`,
    ...{
      ...fromC6,
      end: 'dropped question-dropped s',
      says: /drops the answer to c/,
      cured: true,
    },
  },
  'an advertisement that ip6tables does not let in': {
    done: `${neighbours6}
      ip netns exec c ip6tables -A INPUT -p icmpv6 --icmpv6-type neighbour-advertisement -j DROP`,
    ...{
      ...fromC6,
      end: 'dropped question-dropped c',
      says: /s answers.*rule of c/,
      cured: true,
    },
  },
  'a solicitation that ip6tables drops': {
    done: `${neighbours6}
      ip netns exec s ip6tables -A INPUT -p icmpv6 --icmpv6-type echo-request -j ACCEPT; ip netns exec s ip6tables -P INPUT DROP`,
    ...{ ...fromC6, end: 'dropped question-dropped s', says: /-P INPUT DROP/, cured: true },
    never: /addr add/,
  },
  'a solicitation that the table raw drops in front of INPUT': {
    done: `${neighbours6}
      ip netns exec s ip6tables -t raw -A PREROUTING -p icmpv6 --icmpv6-type neighbour-solicitation -j DROP`,
    ...{ ...fromC6, end: 'dropped question-dropped s', cured: true },
    says: /raw PREROUTING.*ip6tables -t raw -S.*ip6tables -t raw -I PREROUTING/,
  },
  'an advertisement that the table mangle drops behind OUTPUT': {
    done: `${neighbours6}
      ip netns exec s ip6tables -t mangle -A POSTROUTING -p icmpv6 --icmpv6-type neighbour-advertisement -j DROP`,
    ...{
      ...fromC6,
      end: 'dropped question-dropped s',
      says: /drops the answer to c.*mangle POSTROUTING/,
      cured: true,
    },
  },
  'a solicitation that a node does not let itself send': {
    done: `${neighbours6}
      ip netns exec c ip6tables -A OUTPUT -p icmpv6 --icmpv6-type neighbour-solicitation -j DROP`,
    ...{
      ...fromC6,
      end: 'dropped question-dropped c',
      says: /a rule of its own drops the question/,
      cured: true,
    },
  },
  'an address that went with IPv6 of its link': {
    done: `${neighbours6}; ip netns exec s sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1`,
    ...{ ...fromC6, end: 'dropped neighbour-silent s', says: /eth0\.disable_ipv6 is 1/, cured: true },
  },
  'a sender whose link has no IPv6': {
    done: `${neighbours6}; ip netns exec c sysctl -qw net.ipv6.conf.all.disable_ipv6=1`,
    ...{ ...fromC6, end: 'dropped no-address c', says: /all\.disable_ipv6 is 1.*all\.disable_ipv6=0/ },
  },
  'an address that went as its link went down': {
    done: `${neighbours6}; ip -n s link set dev eth0 down; ip -n s link set dev eth0 up`,
    ...{
      ...fromC6,
      end: 'dropped neighbour-silent c',
      says: /s:eth0 has no IPv6 address.*keep_addr_on_down/,
    },
  },
  'a sender whose address went as its link went down': {
    done: `${neighbours6}; ip -n c link set dev eth0 down; ip -n c link set dev eth0 up`,
    ...{ ...fromC6, end: 'dropped no-address c', says: /keep_addr_on_down/ },
  },
  'a proxy that has no route': {
    done: `ns c; wire - v1 c eth0; sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.v1.proxy_arp=1
      ip -n c addr add 10.65.0.2/32 dev eth0; ip -n c route add 169.254.1.1 dev eth0; ip -n c route add default via 169.254.1.1`,
    ...{ from: 'c', to: '10.9.9.9', end: 'dropped proxy-silent host', says: /proxy_arp is 1.*no route/ },
  },
  'two links with one MAC address': {
    done: `${bridged} for n in p1 p2; do ip -n $n link set dev eth0 address 02:00:00:00:00:77; done`,
    ...{ ...fromP1, end: 'dropped duplicate-mac p2', says: /02:00:00:00:00:77/, never: /addr add/ },
  },
  'a neighbour entry with a MAC address nobody has': {
    done: `${routed} ip neigh replace 10.0.2.2 lladdr 02:00:00:00:00:99 dev v2 nud permanent`,
    ...{ ...fromC, end: 'dropped wrong-mac host', says: /02:00:00:00:00:99/, cured: true },
  },
  'two isolated ports': {
    done: `${bridged} ip link set dev v1 type bridge_slave isolated on; ip link set dev v2 type bridge_slave isolated on`,
    ...{ ...fromP1, end: 'dropped port-isolated host', says: /both isolated/, cured: true },
  },
  'a port that spanning tree holds': {
    done: `ip link add name br0 type bridge stp_state 1 forward_delay 1500; ${bridged.replace('ip link add name br0 type bridge;', '')}`,
    ...{ ...fromP1, end: 'dropped port-state host', says: /state listening/, never: /OTHER-END/ },
  },
  'a port to which nothing for all is sent': {
    done: `${bridged} ip link set dev v2 type bridge_slave bcast_flood off`,
    ...{
      ...fromP1,
      end: 'dropped not-flooded host',
      says: /broadcast frames .* bcast_flood is off/,
      cured: true,
    },
  },
  'a port to which nothing for groups is sent': {
    done: `${bridged} ip -n p1 addr add fd00:2::1/64 dev eth0 nodad; ip -n p2 addr add fd00:2::2/64 dev eth0 nodad
      ip link set dev br0 type bridge mcast_snooping 0; ip link set dev v2 type bridge_slave mcast_flood off`,
    ...{
      from: 'p1',
      to: 'fd00:2::2',
      end: 'dropped not-flooded host',
      says: /mcast_flood is off/,
      cured: true,
    },
  },
  'a port to which nothing of unknown address is sent': {
    done: `${bridged} ip -n p1 neigh replace 10.0.0.2 lladdr $(ip -n p2 -br link show eth0 | awk '{print $3}') dev eth0 nud permanent
      ip link set dev v2 type bridge_slave flood off learning off
      bridge fdb del $(ip -n p2 -br link show eth0 | awk '{print $3}') dev v2 master 2>/dev/null || true`,
    ...{
      ...fromP1,
      end: 'dropped not-flooded host',
      says: /unicast frames .* flood is off/,
      never: /ip_forward/,
    },
    cured: true,
  },
  'a port to which no answer is sent, for nothing is learned there': {
    done: `${bridged} bridge link set dev v1 learning off flood off; ip link set dev br0 type bridge fdb_flush`,
    ...{ ...fromP1, end: 'dropped not-flooded host', cured: true },
    says: /unicast frames out of v1: flood is off there\. It does not learn .* the answer about 10\.0\.0\.2/,
  },
  'a rule of a bridge that answers questions with a MAC address nobody has': {
    done: `${bridged} ebtables -t nat -A PREROUTING -p ARP --arp-opcode Request --arp-ip-dst 10.0.0.2 \\
      -j arpreply --arpreply-mac 02:00:00:00:00:99`,
    ...{ ...fromP1, end: 'dropped wrong-mac p1', cured: true, never: /neigh replace/ },
    says: /rule of host answers ARP questions on this wire .*nft delete rule bridge nat PREROUTING/,
  },
  'a filter of tc that sends packets out by another interface': {
    done: `${routed} ns d; wire - v3 d eth0; tc qdisc add dev v1 ingress
      tc filter add dev v1 parent ffff: protocol ip prio 1 u32 match ip dst 10.0.2.2/32 action mirred egress redirect dev v3`,
    ...{
      ...fromC,
      end: 'dropped diverted host',
      says: /out by v3 as it came in by v1.*tc filter show dev v1/,
    },
  },
  'an address on a port of a bridge': {
    done: `${bridged} ip addr add 10.0.0.9/24 dev v1`,
    ...{ from: 'p2', to: '10.0.0.9', end: 'answer-lost wrong-device host', cured: true },
    says: /addr del 10\.0\.0\.9\/24 dev v1.*addr add 10\.0\.0\.9\/24 dev br0/,
  },
  'a locked port': {
    done: `${bridged} ip link set dev v1 type bridge_slave locked on learning off
      ip link set dev v1 type bridge_slave fdb_flush`,
    ...{ ...fromP1, end: 'dropped port-state host', says: /v1 in host is a locked port/, never: /addr add/ },
    cured: true,
  },
  'an entry of a bridge for another port': {
    done: `${bridged} ns p3; wire - v3 p3 eth0; ip link set dev v3 master br0
      bridge fdb replace $(ip -n p2 -br link show eth0 | awk '{print $3}') dev v3 master static sticky`,
    ...{
      ...fromP1,
      end: 'dropped wrong-port host',
      says: /out of v3.*behind v2/,
      never: /addr add/,
      cured: true,
    },
  },
  'an entry of a bridge for itself': {
    done: `${bridged} bridge fdb replace $(ip -n p2 -br link show eth0 | awk '{print $3}') dev br0 self permanent
      ip -n p1 neigh replace 10.0.0.2 lladdr $(ip -n p2 -br link show eth0 | awk '{print $3}') dev eth0 nud permanent`,
    ...{ ...fromP1, end: 'dropped wrong-port host', says: /for its own/, never: /ip_forward/, cured: true },
  },
  'a question that a table of family bridge drops': {
    done: `${bridged} nft add table bridge f; nft add chain bridge f fw '{ type filter hook forward priority 0; }'
      nft add rule bridge f fw ip daddr 10.0.0.9 drop; nft add rule bridge f fw ether type arp drop`,
    ...{
      ...fromP1,
      end: 'dropped question-dropped host',
      says: /ether type arp drop/,
      never: /addr add/,
      cured: true,
    },
  },
  'a question that a policy of family bridge drops': {
    done: `${bridged} nft add table bridge f; nft add chain bridge f pre '{ type filter hook prerouting priority 0; policy drop; }'`,
    ...{
      ...fromP1,
      end: 'dropped question-dropped host',
      says: /policy drop/,
      never: /addr add/,
      cured: true,
    },
  },
  'two macvlans that are not in mode bridge': {
    done: `${macvlans('private')}; ip -n b link set dev mvb type macvlan mode bridge`,
    ...{
      from: 'a',
      to: '10.6.0.2',
      end: 'dropped lower-link a',
      says: /mva in a is in mode private/,
      cured: true,
    },
  },
  'a macvlan beside one in mode vepa': {
    done: `${macvlans('vepa')}; ip -n a link set dev mva type macvlan mode bridge`,
    ...{
      from: 'a',
      to: '10.6.0.2',
      end: 'dropped lower-link b',
      says: /mvb in b is in mode vepa/,
      cured: true,
    },
  },
  'macvlans on a link that is down': {
    done: `${macvlans('bridge')}; ip link set dev eno1 down`,
    ...{
      from: 'a',
      to: '10.6.0.2',
      end: 'dropped link-down host',
      says: /eno1 in host is down/,
      cured: true,
    },
  },
  'an answer that must go back by the port it came from': {
    done: `${bridged} ip -n p1 neigh add 10.0.0.3 lladdr $(cat /sys/class/net/v1/address) dev eth0 nud permanent
      ip -n p2 link add name mac address 02:00:00:00:00:31 type dummy 2>/dev/null || true
      ns p3; wire p3 eth0 p1 eth1; ip -n p1 link add name b1 type bridge; ip -n p1 link set dev b1 up
      ip -n p1 addr flush dev eth0; ip -n p1 link set dev eth0 master b1; ip -n p1 link set dev eth1 master b1
      ip -n p1 addr add 10.0.0.1/24 dev b1; ip -n p3 addr add 10.0.0.3/24 dev eth0
      ip -n p1 link set dev eth1 type bridge_slave isolated on; ip -n p1 link set dev eth0 type bridge_slave isolated on`,
    ...{ from: 'p3', to: '10.0.0.2', end: 'dropped port-isolated p1', says: /isolated/, cured: true },
  },
  'a wire with two MTUs': {
    done: `ns c s; wire c eth0 s eth0; ip -n c addr add 10.1.0.2/24 dev eth0; ip -n s addr add 10.1.0.1/24 dev eth0
      ip -n c link set dev eth0 mtu 9000`,
    ...{ from: 'c', to: '10.1.0.1', probe: { kind: 'icmp', size: 4000 }, end: 'dropped frame-too-long s' },
    ...{ says: /at most 1500 bytes/, cured: true },
  },
  'a bridge port with a smaller MTU': {
    done: `${bridged} ip link set dev v2 mtu 1400; ip -n p2 link set dev eth0 mtu 1400`,
    ...{ ...fromP1, probe: { kind: 'icmp', size: 1450 }, end: 'dropped frame-too-long host', says: /1400/ },
  },
  'a tunnel end that is another one': {
    done: `${overlay} ip netns exec n1 bridge fdb del 02:00:00:00:fa:02 dev vx dst 172.31.0.2
      ip netns exec n1 bridge fdb append 02:00:00:00:fa:02 dev vx dst 172.31.0.3`,
    ...{
      from: 'n1',
      to: '10.9.0.2',
      end: 'dropped wrong-tunnel-end n1',
      says: /behind 172\.31\.0\.2/,
      cured: true,
    },
  },
  'a tunnel end that is nowhere': {
    done: `${overlay} ip netns exec n1 bridge fdb del 02:00:00:00:fa:02 dev vx dst 172.31.0.2`,
    ...{
      from: 'n1',
      to: '10.9.0.2',
      end: 'dropped wrong-tunnel-end n1',
      says: /no other end for 02:00:00:00:fa:02/,
    },
  },
  'a link and the macvlan on it': {
    done: `ns m; wire - eno1 m spare; ip addr add 172.16.9.151/24 dev eno1; ns cont
      ip link add link eno1 name mv0 netns cont type macvlan mode bridge; ip -n cont addr add 172.16.9.149/24 dev mv0; ip -n cont link set dev mv0 up`,
    ...{
      from: 'cont',
      to: '172.16.9.151',
      end: 'dropped lower-link cont',
      says: /macvlan/,
      cured: true,
    },
  },
  'a link and the macvtap on it': {
    done: `ns m a; wire - eno1 m spare; ip addr add 10.6.0.2/24 dev eno1
      ip link add link eno1 name mt netns a type macvtap mode bridge; ip -n a addr add 10.6.0.1/24 dev mt; ip -n a link set dev mt up`,
    ...{ from: 'a', to: '10.6.0.2', end: 'dropped lower-link a', says: /macvtap/, cured: true },
  },
  'a port published for others than the one who asks': {
    done: `${bridged} ip addr add 10.0.0.254/24 dev br0; iptables -t nat -A PREROUTING ! -i br0 -p tcp --dport 8080 -j DNAT --to-destination 10.0.0.2:80`,
    ...{ from: 'p1', to: '10.0.0.254', probe: { kind: 'tcp', port: 8080 }, end: 'refused no-listener host' },
    says: /`! -i br0` keeps it from matching/,
  },
};
