import type { TraceProbe } from '../../src/core/probe/trace-probe.ts';

/** A network in which a probe ends, typed in the shell of the machine's own host, and the expected end. */
export interface Situation {
  done: string;
  from: string;
  to: string;
  probe?: TraceProbe;
  /** Kind, reason and node of the end. */
  end: string;
  /** A pattern that the words, or the cure, must match. */
  says: RegExp;
  /** A command that no cure may contain. */
  never?: RegExp;
  /** Whether the first cure, typed as it is printed, brings the probe further. */
  cured?: boolean;
}

/** `ns NAME...` makes namespaces, `wire NODE LINK NODE LINK` a cable; `-` is the host. `serve NODE PORT` a web server. */
export const prelude = `
set -e
ns() { for n in "$@"; do ip netns add $n; ip -n $n link set dev lo up; done; }
end() { if [ $2 = - ]; then ip link set dev $1 name $3 up; else ip link set dev $1 netns $2 name $3; ip -n $2 link set dev $3 up; fi; }
wire() { ip link add one-$2 type veth peer name two-$4; end one-$2 $1 $2; end two-$4 $3 $4; }
serve() { ip netns exec $1 python3 -I -m http.server $2 >/dev/null 2>&1 </dev/null & until ip netns exec $1 ss -Hltn sport = :$2 | grep -q :$2; do :; done; }
`;

/** c - host - s, the host a router. */
export const routed = `ns c s; wire - v1 c eth0; wire - v2 s eth0; sysctl -qw net.ipv4.ip_forward=1
ip addr add 10.0.1.1/24 dev v1; ip addr add 10.0.2.1/24 dev v2
ip -n c addr add 10.0.1.2/24 dev eth0; ip -n s addr add 10.0.2.2/24 dev eth0
ip -n c route add default via 10.0.1.1; ip -n s route add default via 10.0.2.1
`;

const fromC = { from: 'c', to: '10.0.2.2' };
const tcp = (port: number): TraceProbe => ({ kind: 'tcp', port });

/** Routes, policy rules, netfilter and sockets of the nodes on the way. */
export const situations: Record<string, Situation> = {
  'a translation to a loopback address': {
    done: `${routed} python3 -I -m http.server 8080 --bind 127.0.0.1 >/dev/null 2>&1 </dev/null &
      until ss -Hltn sport = :8080 | grep -q 8080; do :; done
      iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 127.0.0.1:8080`,
    ...{ from: 'c', to: '10.0.1.1', probe: tcp(80), end: 'dropped loopback-only host' },
    ...{ says: /route_localnet/, cured: true },
  },
  'a loopback address that should leave': {
    done: `${routed} serve s 80; iptables -t nat -A OUTPUT -p tcp --dport 30080 -j DNAT --to-destination 10.0.2.2:80`,
    ...{ from: 'host', to: '127.0.0.1', probe: tcp(30080), end: 'dropped loopback-only host' },
    ...{ says: /MASQUERADE/, cured: true },
  },
  'a rule of the routing policy that refuses': {
    done: `${routed} ip rule add from 10.0.1.0/24 to 10.0.2.0/24 prohibit prio 50`,
    ...{
      ...fromC,
      end: 'refused route-refuses host',
      says: /50: from 10\.0\.1\.0\/24 to .* prohibit/,
      cured: true,
    },
  },
  'a rule that leads to a table without a way': {
    done: `${routed} ip rule add to 10.0.2.2 lookup 78 prio 11; ip route add unreachable default table 78`,
    ...{ ...fromC, end: 'refused route-refuses host', says: /unreachable default table 78/, cured: true },
  },
  'a rule that drops in silence': {
    done: `${routed} ip rule add iif v1 to 10.0.2.2 blackhole prio 9`,
    ...{ ...fromC, end: 'dropped route-refuses host', says: /iif v1 blackhole/, cured: true },
  },
  'the second next hop does not forward': {
    done: `ns c r1 r2; wire c eth0 r1 eth0; wire c eth1 r2 eth0
      ip -n c addr add 10.1.0.2/24 dev eth0; ip -n r1 addr add 10.1.0.1/24 dev eth0; ip -n c addr add 10.2.0.2/24 dev eth1
      ip -n r2 addr add 10.2.0.1/24 dev eth0; for r in r1 r2; do wire $r eth1 $r eth2; ip netns exec $r sysctl -qw net.ipv4.ip_forward=0; done
      ip -n c route add 10.9.9.9 nexthop via 10.1.0.1 weight 1 nexthop via 10.2.0.1 weight 250`,
    ...{ from: 'c', to: '10.9.9.9', end: 'dropped forwarding-off r[12]', says: /ip_forward/ },
  },
  'a mark that the reverse path filter does not look at': {
    done: `ns gw vpn inet far; wire gw eth0 inet eth0; wire gw wg0 vpn eth0; wire inet eth1 far eth0
      ip -n gw addr add 192.0.2.2/24 dev eth0; ip -n inet addr add 192.0.2.1/24 dev eth0; ip -n gw addr add 10.9.0.2/24 dev wg0; ip -n vpn addr add 10.9.0.1/24 dev eth0
      ip -n inet addr add 198.51.100.1/24 dev eth1; ip -n far addr add 198.51.100.9/24 dev eth0; ip -n far route add default via 198.51.100.1
      ip netns exec inet sysctl -qw net.ipv4.ip_forward=1; ip -n gw route add default via 192.0.2.1; ip -n gw route add default via 10.9.0.1 table 200
      ip -n gw rule add not fwmark 0x51 table 200 prio 100; ip -n gw rule add table main suppress_prefixlength 0 prio 90
      in="ip netns exec gw iptables -t mangle"; $in -A OUTPUT -d 198.51.100.9 -j MARK --set-mark 0x51; $in -A OUTPUT -j CONNMARK --save-mark
      $in -A PREROUTING -j CONNMARK --restore-mark; ip netns exec gw iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE
      ip netns exec gw sysctl -qw net.ipv4.conf.all.rp_filter=1`,
    ...{
      from: 'gw',
      to: '198.51.100.9',
      end: 'answer-lost rp-filter gw',
      says: /src_valid_mark=1/,
      cured: true,
    },
  },
  'no way back, the way there by a mark': {
    done: `${routed} ip -n s route del default; ip route add 10.0.2.0/24 dev v2 table 2; ip rule add fwmark 2 table 2
      iptables -t mangle -A PREROUTING -i v1 -j MARK --set-mark 2`,
    ...{ ...fromC, end: 'answer-lost reply-not-routed s', says: /no route to 10\.0\.1\.2/ },
  },
  'no way back, the translation not done for want of conntrack': {
    done: `${routed} ip -n s route del default; iptables -t raw -A PREROUTING -i v1 -j CT --notrack
      iptables -t nat -A POSTROUTING -o v2 -j MASQUERADE`,
    ...{ ...fromC, end: 'answer-lost reply-not-routed s', cured: true },
    says: /does not translate it, though `-A POSTROUTING -o v2 -j MASQUERADE` would: `-A PREROUTING -i v1 -j CT --notrack`.*iptables -t raw -D PREROUTING 1/,
  },
  'a destination not translated for want of conntrack, by a rule of nftables': {
    done: `${routed} serve s 80; nft add table ip own; nft add chain ip own pre '{ type filter hook prerouting priority raw; }'
      nft add rule ip own pre ip saddr 10.0.1.2 notrack; nft add chain ip own nat '{ type nat hook prerouting priority dstnat; }'
      nft add rule ip own nat iifname v2 tcp dport 80 dnat to 10.0.2.9; nft add rule ip own nat iifname v1 tcp dport 80 dnat to 10.0.2.2`,
    ...{ from: 'c', to: '10.0.1.1', probe: tcp(80), end: 'refused no-listener host', cured: true },
    says: /though `iifname .{0,2}v1.{0,2} tcp dport 80 dnat to 10\.0\.2\.2` would: `ip saddr 10\.0\.1\.2 notrack`.*nft delete rule ip own pre/,
    never: /http\.server/,
  },
  'a reply not translated back for want of conntrack': {
    done: `${routed} serve s 80; iptables -t raw -A PREROUTING -i v2 -j NOTRACK
      iptables -t nat -A PREROUTING -d 10.0.1.1 -p tcp --dport 80 -j DNAT --to-destination 10.0.2.2`,
    ...{
      from: 'c',
      to: '10.0.1.1',
      probe: tcp(80),
      end: '(answer-lost|refused) (wrong-translation|other-source) c',
    },
    ...{
      says: /does not translate the reply back: `-A PREROUTING -i v2 -j (NOTRACK|CT --notrack)`/,
      cured: true,
    },
  },
  'a rule that names the address in front of the translation': {
    done: `${routed} serve s 80; iptables -t nat -A PREROUTING -d 10.0.1.1 -p tcp --dport 80 -j DNAT --to-destination 10.0.2.2
      iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT
      iptables -A FORWARD -d 10.0.1.1 -p tcp --dport 80 -j ACCEPT; iptables -P FORWARD DROP`,
    ...{ from: 'c', to: '10.0.1.1', probe: tcp(80), end: 'dropped dropped-by-rule host', cured: true },
    says: /\(10\.0\.1\.2 to 10\.0\.2\.2\).*nearly lets it pass: `-A FORWARD -d 10\.0\.1\.1\/32 -p tcp .*; `-d 10\.0\.1\.1\/32` keeps/,
  },
  'a rule that would have given another source': {
    done: `${routed} ip -n s route del default; iptables -t nat -A POSTROUTING -s 10.0.9.0/24 -o v2 -j MASQUERADE`,
    ...{ ...fromC, end: 'answer-lost reply-not-routed s', cured: true },
    says: /nearly gives it another source: `-A POSTROUTING -s 10\.0\.9\.0\/24 -o v2 -j MASQUERADE`; `-s 10\.0\.9\.0\/24`/,
  },
  'an answer in another zone of conntrack': {
    done: `${routed} iptables -t raw -A PREROUTING -i v1 -j CT --zone 1; iptables -t nat -A POSTROUTING -o v2 -j MASQUERADE`,
    ...{ ...fromC, end: 'answer-lost other-zone host', says: /zone 1, the reply in zone 0/, cured: true },
  },
  'a translation without a free port': {
    done: `${routed} iptables -t nat -A POSTROUTING -o v2 -p tcp -j SNAT --to-source 10.0.2.1:40000-40000
      ip netns exec s socat TCP-LISTEN:80,fork,reuseaddr PIPE >/dev/null 2>&1 </dev/null &
      until ip netns exec s ss -Hltn sport = :80 | grep -q :80; do :; done
      ip netns exec c socat TCP:10.0.2.2:80 PIPE >/dev/null 2>&1 </dev/null &
      until ip netns exec c ss -Htn state established | grep -q :80; do :; done`,
    ...{ ...fromC, probe: tcp(80), end: 'dropped no-free-port host', says: /taken: 40000/, cured: true },
  },
  'a transparent proxy without a route for its mark': {
    done: `${routed} python3 -I -c 'import socket; s = socket.socket(); s.setsockopt(0, 19, 1); s.bind(("", 8888)); s.listen(5); s.accept(); s.accept()' >/dev/null 2>&1 </dev/null &
      until ss -Hltn sport = :8888 | grep -q 8888; do :; done
      iptables -t mangle -A PREROUTING -i v1 -p tcp --dport 80 -j TPROXY --on-port 8888 --tproxy-mark 1`,
    ...{
      ...fromC,
      probe: tcp(80),
      end: 'dropped proxy-unrouted host',
      says: /ip rule add fwmark 0x1/,
      cured: true,
    },
  },
  'a transparent proxy that does not run': {
    done: `${routed} iptables -t mangle -A PREROUTING -i v1 -p tcp --dport 80 -j TPROXY --on-port 8888 --tproxy-mark 1`,
    ...{
      ...fromC,
      probe: tcp(80),
      end: 'dropped proxy-unheard host',
      says: /no transparent socket/,
      cured: true,
    },
  },
  'a rule of iptables-legacy': {
    done: `${routed} iptables-legacy -A FORWARD -d 10.0.2.2 -j DROP`,
    ...{
      ...fromC,
      end: 'dropped dropped-by-rule host',
      says: /iptables-legacy -t filter -D FORWARD 1/,
      cured: true,
    },
  },
  'a chain of nftables at the ingress of a link': {
    done: `${routed} nft add table netdev t; nft add chain netdev t i '{ type filter hook ingress device v1 priority 0; }'
      nft add rule netdev t i ip saddr 10.0.1.2 drop`,
    ...{
      ...fromC,
      end: 'dropped dropped-by-rule host',
      says: /netdev t handle|delete rule netdev t i/,
      cured: true,
    },
  },
  'a chain of nftables at the egress of a link': {
    done: `${routed} nft add table netdev t; nft add chain netdev t e '{ type filter hook egress device v2 priority 0; policy drop; }'`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', says: /netdev t/, cured: true },
  },
  'an answer past the router that changed the destination': {
    done: `ip link add name lan type bridge; ip link set dev lan up; ip addr add 192.168.7.1/24 dev lan; sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=0
      ns k s up; wire - v1 k eth0; wire - v2 s eth0; wire - wan up eth0; ip link set dev v1 master lan; ip link set dev v2 master lan
      ip addr add 203.0.113.2/24 dev wan; ip -n k addr add 192.168.7.50/24 dev eth0; ip -n s addr add 192.168.7.10/24 dev eth0
      for n in k s; do ip -n $n route add default via 192.168.7.1; done; serve s 80
      iptables -t nat -A PREROUTING -d 203.0.113.2 -p tcp --dport 80 -j DNAT --to-destination 192.168.7.10`,
    ...{ from: 'k', to: '203.0.113.2', probe: tcp(80), end: 'answer-lost wrong-translation k' },
    ...{ says: /MASQUERADE/, never: /netns exec k iptables/, cured: true },
  },
  'an error about the size that its sender drops': {
    done: `${routed} ip link set dev v2 mtu 1400; ip -n s link set dev eth0 mtu 1400
      ip netns exec c iptables -A INPUT -p icmp --icmp-type destination-unreachable -j DROP`,
    ...{ ...fromC, probe: { kind: 'icmp', size: 1400 }, end: 'dropped mtu-unheard host', says: /icmp-type/ },
    never: /sends smaller packets from now/,
  },
  'a page whose large segments do not come': {
    done: `${routed} ip link set dev v1 mtu 1400; ip netns exec s iptables -A INPUT -p icmp --icmp-type fragmentation-needed -j DROP
      mkdir /tmp/page; head -c 300000 /dev/zero >/tmp/page/big; cd /tmp/page; serve s 80`,
    ...{
      ...fromC,
      probe: { kind: 'http', port: 80, url: 'http://10.0.2.2/big' },
      end: 'answer-lost mtu-unheard host',
    },
    ...{ says: /fragmentation-needed|3\/4/, cured: true },
  },
  'a closed port without a way back': {
    done: `${routed} ip -n s route del default`,
    ...{ ...fromC, probe: tcp(81), end: 'answer-lost reply-not-routed s', says: /no route to 10\.0\.1\.2/ },
    never: /http\.server/,
  },
  'a name server that says no': {
    done: `${routed} ip netns exec s dnsmasq -u root -x /run/d.pid -k -R -h --local=/example/ >/dev/null 2>&1 </dev/null &
      until ip netns exec s ss -Hlun sport = :53 | grep -q :53; do :; done`,
    ...{ ...fromC, probe: { kind: 'dns', name: 'gone.example' }, end: 'delivered name-unknown s' },
    says: /replied with NXDOMAIN/,
  },
  'a mark that a rule sends nowhere': {
    done: `${routed} ip -n c rule add fwmark 7 lookup 70; ip -n c route add unreachable default table 70`,
    ...{ ...fromC, probe: { kind: 'icmp', mark: 7 }, end: 'dropped route-refuses c' },
    ...{ says: /unreachable default table 70/, cured: true },
  },
  'an address that a table of a proxy calls local': {
    done: `${routed} iptables -t mangle -A PREROUTING -i v1 -p tcp --dport 80 -j MARK --set-mark 1
      ip rule add fwmark 1 lookup 100; ip route add local 0.0.0.0/0 dev lo table 100`,
    ...{ ...fromC, probe: tcp(80), end: '(answer-lost|refused) no-listener host', says: /port 80 in host/ },
  },
};
