import type { TraceProbe } from '../../src/core/probe/trace-probe.ts';
import { routed, type Situation } from './causes.ts';
import { routed6 } from './causes-kernel.ts';
import { bridged } from './causes-link.ts';

const fromC = { from: 'c', to: '10.0.2.2' };
const tcp = (port: number): TraceProbe => ({ kind: 'tcp', port });
const nat = `nft add table ip n; nft add chain ip n pre '{ type nat hook prerouting priority dstnat; }'`;

/** A connection from c to port 80 of s (`family` of IP) that holds the port which a translation gives. */
const taken = (family: '4' | '6', to: string) => `
ip netns exec s socat TCP${family}-LISTEN:80,fork,reuseaddr PIPE >/dev/null 2>&1 </dev/null &
until ip netns exec s ss -Hltn sport = :80 | grep -q :80; do :; done
ip netns exec c socat TCP${family}:${to}:80 PIPE >/dev/null 2>&1 </dev/null &
until ip netns exec c ss -Htn state established | grep -q :80; do :; done`;

/** Binds a queue of netfilter (NFQNL_CFG_CMD_BIND), and takes no packet out of it. */
const queueReader = (queue: number): string =>
  `import socket, struct, time; s = socket.socket(16, 3, 12); s.send(struct.pack("=IHHIIBBHHHBBH", 28, 0x302, 5, 1, 0, 0, 0, socket.htons(${queue}), 8, 1, 1, 0, 0)); time.sleep(600)`;

/** Rules that iptables-save does not show, or shows as others, and what they do to a packet. */
export const ruleSituations: Record<string, Situation> = {
  'a redirection of nftables to a port on which no program listens': {
    done: `${routed} ${nat}; nft add rule ip n pre tcp dport 80 redirect to :8080`,
    ...{ from: 'c', to: '10.0.1.1', probe: tcp(80), end: 'refused no-listener host' },
    ...{ says: /tcp port 8080 in host/, never: /nginx|tcp port 80 / },
  },
  'a redirection of nftables of datagrams': {
    done: `${routed} ${nat}; nft add rule ip n pre udp dport 80 redirect to :8080`,
    ...{ from: 'c', to: '10.0.1.1', probe: { kind: 'udp', port: 80 }, end: 'refused no-listener host' },
    says: /udp port 8080 in host/,
  },
  'a chain of nftables with a name of iptables': {
    done: `${routed} nft add table inet filter
      nft add chain inet filter FORWARD '{ type filter hook forward priority filter; }'
      nft add rule inet filter FORWARD ip daddr 10.0.2.2 drop`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', cured: true },
    ...{ says: /ip daddr 10\.0\.2\.2 drop.* in chain FORWARD of the table inet filter/, never: /iptables/ },
  },
  'rules at the ingress of a link, of which the last one matches': {
    done: `${routed} nft add table netdev t; nft add chain netdev t i '{ type filter hook ingress device v1 priority 0; }'
      nft add rule netdev t i ip saddr 10.0.9.0/24 drop; nft add rule netdev t i ip daddr != 10.0.2.0/24 drop
      nft add rule netdev t i tcp dport '{ 22, 80 }' drop; nft add rule netdev t i iifname v9 drop
      nft add rule netdev t i ip protocol icmp ip saddr 10.0.1.0-10.0.1.9 counter drop`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', cured: true },
    ...{ says: /ip protocol icmp ip saddr.* drop/, never: /10\.0\.9\.0|daddr !=|tcp dport|v9/ },
  },
  'a rule of nftables that drops what the policy would drop too': {
    done: `${routed} nft add table inet f
      nft add chain inet f c '{ type filter hook forward priority filter; policy drop; }'
      nft add rule inet f c ip daddr 10.0.1.2 accept; nft add rule inet f c ip daddr 10.0.2.2 drop`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', cured: true },
    ...{
      says: /nft insert rule inet f c ip saddr 10\.0\.1\.2 ip daddr 10\.0\.2\.2 accept/,
      never: /delete rule/,
    },
  },
  'IPv6: two rules of nftables that drop one packet': {
    done: `${routed6} nft add table inet f; nft add chain inet f c '{ type filter hook forward priority filter; }'
      nft add rule inet f c ip6 daddr fd00:2::2 drop; nft add rule inet f c meta nfproto ipv6 drop
      nft add rule inet f c meta l4proto ipv6-icmp drop`,
    ...{ from: 'c', to: 'fd00:2::2', end: 'dropped dropped-by-rule host', cured: true },
    ...{
      says: /nft insert rule inet f c ip6 saddr fd00:1::2 ip6 daddr fd00:2::2 accept/,
      never: /delete rule/,
    },
  },
  'a reply in another zone of conntrack than nftables gave its request': {
    done: `${routed} ip -n s route del default; iptables -t nat -A POSTROUTING -o v2 -j MASQUERADE
      nft add table ip z; nft add chain ip z p '{ type filter hook prerouting priority raw; }'
      nft add rule ip z p iifname v1 ct zone set 7`,
    ...{ ...fromC, end: 'answer-lost other-zone host', cured: true },
    says: /zone 7, the reply in zone 0.*nft delete rule ip z p/,
  },
  'a policy of nftables with a name of iptables': {
    done: `${routed} nft add table inet filter
      nft add chain inet filter FORWARD '{ type filter hook forward priority filter; policy drop; }'`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', cured: true },
    ...{ says: /policy drop.* in chain FORWARD of the table inet filter/, never: /iptables/ },
  },
  'a rule of nftables in a table of iptables': {
    done: `${routed} iptables -A FORWARD -i v9 -j ACCEPT
      nft add rule ip filter FORWARD ip daddr '{ 10.0.2.2, 10.0.2.3 }' drop`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', cured: true },
    ...{ says: /ip daddr \{ 10\.0\.2\.2, 10\.0\.2\.3 \} drop/, never: /-A FORWARD -j DROP|iptables/ },
  },
  'a queue that no program reads': {
    done: `${routed} iptables -A FORWARD -d 10.0.2.2 -j NFQUEUE --queue-num 3`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', cured: true },
    ...{ says: /queue 3, which no program reads.*nfnetlink_queue/, never: /-P FORWARD/ },
  },
  'a queue whose program takes no packets': {
    done: `${routed} iptables -A FORWARD -d 10.0.2.2 -j NFQUEUE --queue-num 3
      python3 -Ic '${queueReader(3)}' >/dev/null 2>&1 </dev/null & until grep -q . /proc/net/netfilter/nfnetlink_queue; do :; done`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', cured: true },
    ...{ says: /queue 3.*the program that reads the queue/, never: /no program reads/ },
  },
  'a queue that may be passed by, and a rule behind it': {
    done: `${routed} iptables -A FORWARD -d 10.0.2.2 -j NFQUEUE --queue-num 3 --queue-bypass; iptables -P FORWARD DROP
      ip -n s route del default`,
    ...{ ...fromC, end: 'answer-lost reply-not-routed s', says: /10\.0\.1\.2/, never: /NFQUEUE/ },
  },
  'a queue of iptables-legacy that no program reads': {
    done: `${routed} iptables-legacy -A FORWARD -d 10.0.2.2 -j NFQUEUE --queue-num 3`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', cured: true },
    ...{ says: /queue 3.*iptables-legacy -t filter -D FORWARD 1/, never: /-P FORWARD/ },
  },
  'a source that a rule gave, and that is a loopback address': {
    done: `${routed} iptables -t nat -A POSTROUTING -o v2 -j SNAT --to-source 127.0.0.5`,
    ...{ ...fromC, end: 'dropped loopback-only host', cured: true },
    says: /127\.0\.0\.5 by a rule of host: `-A POSTROUTING -o v2 -j SNAT .*-R POSTROUTING 1 -o v2 -j MASQUERADE/,
  },
  'a policy of nftables, and a list that lacks the address': {
    done: `${routed} nft add table inet f; nft add set inet f ok '{ type ipv4_addr; elements = { 10.0.1.9 }; }'
      nft add chain inet f c '{ type filter hook forward priority 0; policy drop; }'
      nft add rule inet f c tcp dport 22 accept; nft add rule inet f c iifname v1 ip saddr @ok accept`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', cured: true },
    says: /nearly lets it pass: `iifname .{0,2}v1.{0,2} ip saddr @ok accept`; `ip saddr @ok` keeps/,
  },
  'a policy of nftables, and a rule for the port in front of the translation': {
    done: `${routed} serve s 80; nft add table ip n; nft add chain ip n p '{ type nat hook prerouting priority dstnat; }'
      nft add rule ip n p tcp dport 8080 dnat to 10.0.2.2:80; nft add table ip f
      nft add chain ip f c '{ type filter hook forward priority 0; policy drop; }'
      nft add rule ip f c ct state established accept; nft add rule ip f c tcp dport 8080 accept`,
    ...{ from: 'c', to: '10.0.1.1', probe: { kind: 'tcp', port: 8080 }, end: 'dropped dropped-by-rule host' },
    ...{ says: /nearly lets it pass: `tcp dport 8080 accept`; `tcp dport 8080` keeps/, cured: true },
  },
  'a policy, and a rule that has counted its packets': {
    done: `${routed} iptables -P FORWARD DROP; iptables -A FORWARD -i v2 -j ACCEPT
      iptables -A FORWARD -i v1 -m limit --limit 1/hour --limit-burst 1 -j ACCEPT; ip netns exec c ping -qc1 -W2 10.0.2.2 >/dev/null`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', cured: true },
    says: /nearly lets it pass: `-A FORWARD -i v1 -m limit .*; `-m limit --limit 1\/hour/,
  },
  'a reply that conntrack does not follow, and a policy of iptables': {
    done: `${routed} iptables -t raw -A PREROUTING -i v2 -j CT --notrack; iptables -P FORWARD DROP
      iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT; iptables -A FORWARD -i v1 -j ACCEPT`,
    ...{ ...fromC, end: 'answer-lost dropped-by-rule host', cured: true },
    says: /its state is UNTRACKED there, and `-A FORWARD .*ESTABLISHED -j ACCEPT` does not match.*-t raw -D PREROUTING 1/,
    never: /-P FORWARD ACCEPT/,
  },
  'a request that conntrack does not follow, and a policy of nftables': {
    done: `${routed} nft add table inet f; nft add chain inet f r '{ type filter hook prerouting priority raw; }'
      nft add rule inet f r iifname v1 notrack; nft add chain inet f c '{ type filter hook forward priority 0; policy drop; }'
      nft add rule inet f c ct state new,established accept`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', cured: true },
    says: /`iifname .{0,2}v1.{0,2} notrack` keeps conntrack .*nft delete rule inet f r/,
  },
  'a translation of nftables without a free port': {
    done: `${routed} nft add table ip n; nft add chain ip n post '{ type nat hook postrouting priority srcnat; }'
      nft add rule ip n post oifname v2 meta l4proto tcp snat to 10.0.2.1:40000; ${taken('4', '10.0.2.2')}`,
    ...{ ...fromC, probe: tcp(80), end: 'dropped no-free-port host', cured: true },
    says: /taken: 40000.*nft replace rule ip n post handle \d+ .* snat to 10\.0\.2\.1"/,
  },
  'IPv6: a translation without a free port': {
    done: `${routed6} ip6tables -t nat -A POSTROUTING -o v2 -p tcp -j SNAT --to-source [fd00:2::1]:40000-40000; ${taken('6', '[fd00:2::2]')}`,
    ...{ from: 'c', to: 'fd00:2::2', probe: tcp(80), end: 'dropped no-free-port host', cured: true },
    says: /ip6tables -t nat -R POSTROUTING 1 .*--to-source fd00:2::1"/,
  },
  'a destination that a rule of iptables-legacy gave, and that no node has': {
    done: `${routed} iptables-legacy -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 10.0.2.9:8080`,
    ...{ from: 'c', to: '10.0.1.1', probe: tcp(80), end: 'dropped neighbour-silent host' },
    says: /10\.0\.2\.9 by a rule of host: `iptables-legacy -t nat -A PREROUTING/,
  },
  'a policy at the ingress of the receiver, which lets questions pass': {
    done: `${routed} in="ip netns exec s nft"; $in add table netdev t
      $in add chain netdev t i '{ type filter hook ingress device eth0 priority 0; policy drop; }'
      $in add rule netdev t i arp operation request accept; $in add rule netdev t i arp operation reply accept`,
    ...{ ...fromC, end: 'dropped dropped-by-rule s', cured: true },
    ...{ says: /policy drop.*table netdev t/, never: /arrived in s/ },
  },
  'a rule of ebtables': {
    done: `${bridged} ebtables -A FORWARD -p IPv4 --ip-dst 10.0.0.2 -j DROP`,
    ...{ from: 'p1', to: '10.0.0.2', end: 'dropped dropped-by-rule host', cured: true },
    ...{ says: /in chain FORWARD of the table bridge filter/, never: /iptables/ },
  },
  'IPv6: a rule of the policy that refuses the error about a packet too': {
    done: `${routed6} ip -6 rule add from fd00:1::/64 lookup 7; ip -6 route add prohibit default table 7`,
    ...{ from: 'c', to: 'fd00:2::2', end: 'dropped route-refuses host', cured: true },
    ...{ says: /no route to fd00:1::2 that an error of its own may take/, never: /icmp_ratelimit/ },
  },
  'a rule that sends packets back to the node they are from': {
    done: `${routed} iptables -t nat -A PREROUTING -d 10.0.2.2 -p icmp -j DNAT --to-destination 10.0.1.2`,
    ...{ ...fromC, end: 'dropped duplicate-address c', cured: true },
    ...{ says: /host sent it back.*-s 10\.0\.1\.2 -d 10\.0\.1\.2 -j MASQUERADE/, never: /NETWORK|loop/ },
  },
  'a source that a rule gave, and that no node has': {
    done: `${routed} iptables -t nat -A POSTROUTING -o v2 -j SNAT --to-source 10.0.2.77`,
    ...{ ...fromC, end: 'answer-lost neighbour-silent s', cured: true },
    says: /10\.0\.2\.77 by a rule of host: `-A POSTROUTING -o v2 -j SNAT.*-R POSTROUTING 1 -o v2 -j MASQUERADE/,
  },
  'a destination that a map of nftables gave, and that no node has': {
    done: `${routed} ${nat}; nft add rule ip n pre dnat to tcp dport map '{ 80 : 10.0.2.9, 81 : 10.0.2.2 }'`,
    ...{ from: 'c', to: '10.0.1.1', probe: tcp(80), end: 'dropped neighbour-silent host' },
    says: /10\.0\.2\.9 by a rule of host: `dnat to tcp dport map/,
  },
  'a destination that a rule gave, and that no node has, beside a server': {
    done: `${routed} serve s 8080; serve c 8080
      iptables -t nat -A PREROUTING -i v9 -j ACCEPT
      iptables -t nat -A PREROUTING -d 10.0.1.1 -p tcp --dport 80 -j DNAT --to-destination 10.0.2.9:8080`,
    ...{ from: 'c', to: '10.0.1.1', probe: tcp(80), end: 'dropped neighbour-silent host', cured: true },
    says: /-R PREROUTING 2 -d 10\.0\.1\.1.* -j DNAT --to-destination 10\.0\.2\.2:8080/,
  },
  'a destination that a rule gave, and that no node has, without a server': {
    done: `${routed} iptables -t nat -A PREROUTING -d 10.0.1.1 -p tcp --dport 80 -j DNAT --to-destination 10.0.2.9`,
    ...{ from: 'c', to: '10.0.1.1', probe: tcp(80), end: 'dropped neighbour-silent host' },
    says: /-R PREROUTING 1 -d 10\.0\.1\.1.* -j DNAT --to-destination ADDRESS/,
  },
  'an address that the sender shares with its router': {
    done: `${routed} ip addr add 10.0.1.2/32 dev lo`,
    ...{ ...fromC, end: 'dropped duplicate-address host', cured: true },
    ...{ says: /ip addr del 10\.0\.1\.2\/32 dev lo/, never: /LENGTH|LINK/ },
  },
  'a rule that sets the time to live': {
    done: `${routed} iptables -t mangle -A PREROUTING -i v1 -j TTL --ttl-set 1`,
    ...{ ...fromC, end: 'dropped ttl host', cured: true },
    ...{ says: /a rule of host sets it, `-A PREROUTING -i v1 -j TTL --ttl-set 1`/, never: /route get/ },
  },
  'a rule of nftables that sets the time to live of the reply': {
    done: `${routed} nft add table ip m; nft add chain ip m p '{ type filter hook prerouting priority mangle; }'
      nft add rule ip m p iifname v2 ip ttl set 1`,
    ...{ ...fromC, end: 'answer-lost ttl host', cured: true },
    says: /ip ttl set 1.*nft delete rule ip m p/,
  },
  'IPv6: an error about the size that its own router drops': {
    done: `${routed6} ip link set dev v2 mtu 1300; ip -n s link set dev eth0 mtu 1300
      ip6tables -A OUTPUT -p icmpv6 --icmpv6-type packet-too-big -j DROP`,
    ...{ from: 'c', to: 'fd00:2::2', probe: { kind: 'icmp', size: 1400 }, end: 'dropped mtu-unheard host' },
    ...{ says: /ip6tables -t filter -D OUTPUT 1/, cured: true },
  },
};
