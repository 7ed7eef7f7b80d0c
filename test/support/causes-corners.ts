import { routed, type Situation } from './causes.ts';

const fromC = { from: 'c', to: '10.0.2.2' };
const web = { kind: 'tcp', port: 80 } as const;

/** Settings and entries that few people write, and the kernel's words that no rule or route explains. */
export const cornerSituations: Record<string, Situation> = {
  'a link that asks for MAC addresses no time at all': {
    done: `${routed} sysctl -qw net.ipv4.neigh.v2.mcast_solicit=0`,
    ...{ ...fromC, end: 'dropped question-ignored host', cured: true },
    says: /host does not ask for the MAC address of 10\.0\.2\.2: net\.ipv4\.neigh\.v2\.mcast_solicit is 0/,
  },
  'a connection in frames for all': {
    done: `${routed} serve s 80; ip neigh add 10.0.2.2 lladdr ff:ff:ff:ff:ff:ff dev v2`,
    ...{ ...fromC, probe: web, end: 'dropped wrong-mac host', says: /ff:ff:ff:ff:ff:ff/, cured: true },
  },
  'an echo request in frames for all, which its receiver refuses': {
    done: `${routed} ip neigh add 10.0.2.2 lladdr ff:ff:ff:ff:ff:ff dev v2
      ip netns exec s sysctl -qw net.ipv4.conf.eth0.drop_unicast_in_l2_multicast=1`,
    ...{ ...fromC, end: 'dropped wrong-mac host', says: /ff:ff:ff:ff:ff:ff/, cured: true },
  },
  'a transparent proxy whose socket is not transparent': {
    done: `${routed} python3 -I -m http.server 5000 >/dev/null 2>&1 </dev/null &
      until ss -Hltn sport = :5000 | grep -q 5000; do :; done
      iptables -t mangle -A PREROUTING -i v1 -p tcp --dport 80 -j TPROXY --on-port 5000 --tproxy-mark 1
      ip rule add fwmark 1 lookup 100; ip route add local default dev lo table 100`,
    ...{ ...fromC, probe: web, end: 'dropped proxy-unheard host', says: /listens without IP_TRANSPARENT/ },
  },
  'a policy of IPsec that refuses what a router passes on': {
    done: `${routed} ip xfrm policy add dir fwd src 10.0.1.0/24 dst 10.0.2.0/24 action block`,
    ...{ ...fromC, end: 'dropped ipsec-refuses host', cured: true },
    says: /blocks packets from 10\.0\.1\.2 to 10\.0\.2\.2: `src 10\.0\.1\.0\/24 dst 10\.0\.2\.0\/24 dir fwd`/,
  },
  'a policy of IPsec that takes nothing in the clear': {
    done: `${routed} ip -n s xfrm policy add dir in src 10.0.1.0/24 dst 10.0.2.0/24 tmpl src 10.0.1.2 dst 10.0.2.2 proto esp mode transport level required`,
    ...{ ...fromC, end: 'dropped ipsec-refuses s', says: /esp transport .* this one came as it is/ },
    never: /policy delete/,
  },
  'an address of IPv6 that another node had as it came': {
    done: `ns c s x; ip link add name lan type bridge mcast_snooping 0; ip link set dev lan up
      for n in c s x; do wire - p$n $n eth0; ip link set dev p$n master lan; done
      ip -n c addr add fd00:2::1/64 dev eth0 nodad; ip -n x addr add fd00:2::2/64 dev eth0 nodad
      ip -n s addr add fd00:2::2/64 dev eth0; until ip -n s addr show dev eth0 | grep -q dadfailed; do :; done
      ip -n x addr del fd00:2::2/64 dev eth0`,
    ...{ from: 'c', to: 'fd00:2::2', end: 'dropped neighbour-silent s', says: /dadfailed/, cured: true },
  },
  'a tunnel in a bridge without an end for frames to all': {
    done: `${routed} ns pc ps
      for n in c s; do
        [ $n = c ] && ends='local 10.0.1.2' || ends='local 10.0.2.2 remote 10.0.1.2'
        ip -n $n link add vx type vxlan id 7 dstport 4789 $ends dev eth0; ip -n $n link set dev vx up
        ip -n $n link add name b0 type bridge; ip -n $n link set dev b0 up; ip -n $n link set dev vx master b0
        wire $n port-$n p$n eth0; ip -n $n link set dev port-$n master b0
      done
      ip -n pc addr add 10.9.0.1/24 dev eth0; ip -n ps addr add 10.9.0.2/24 dev eth0`,
    ...{ from: 'pc', to: '10.9.0.2', end: 'dropped wrong-tunnel-end c', cured: true },
    says: /10\.9\.0\.2 is behind 10\.0\.2\.2 \(s\)/,
  },
};
