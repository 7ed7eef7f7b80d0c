import type { TraceProbe } from '../../src/core/probe/trace-probe.ts';
import { routed, type Situation } from './causes.ts';

const tcp = (port: number): TraceProbe => ({ kind: 'tcp', port });

/** c - host - s in IPv6, the host a router. */
const routedSix = `ns c s; wire - v1 c eth0; wire - v2 s eth0; sysctl -qw net.ipv6.conf.all.forwarding=1
ip addr add fd01::1/64 dev v1 nodad; ip addr add fd02::1/64 dev v2 nodad
ip -n c addr add fd01::2/64 dev eth0 nodad; ip -n s addr add fd02::2/64 dev eth0 nodad
ip -n c route add default via fd01::1; ip -n s route add default via fd02::1
`;

/** What c sends to s passes fw, which drops what is INVALID; what s sends goes past it. */
const oneSided = `ns c fw s; wire - v1 c eth0; wire - v2 fw eth0; wire fw eth1 s eth0; wire - v3 s eth1
      sysctl -qw net.ipv4.ip_forward=1; ip netns exec fw sysctl -qw net.ipv4.ip_forward=1
      ip addr add 10.0.1.1/24 dev v1; ip -n c addr add 10.0.1.2/24 dev eth0; ip -n c route add default via 10.0.1.1
      ip addr add 10.0.3.1/24 dev v2; ip -n fw addr add 10.0.3.2/24 dev eth0; ip -n fw addr add 10.0.2.1/24 dev eth1
      ip -n s addr add 10.0.2.2/24 dev eth0; ip -n s addr add 10.0.4.2/24 dev eth1; ip addr add 10.0.4.1/24 dev v3
      ip route add 10.0.2.0/24 via 10.0.3.2; ip -n fw route add default via 10.0.3.1; ip -n s route add default via 10.0.4.1
      ip netns exec fw iptables -A FORWARD -m conntrack --ctstate INVALID -j DROP; serve s 80`;

/** Situations that people reported in public, built small. */
export const reportedSituations: Record<string, Situation> = {
  'a link-local gateway that is on no interface': {
    done: `${routedSix} ip -n c route replace default via fe80::1 dev eth0`,
    ...{ from: 'c', to: 'fd02::2', end: 'dropped neighbour-silent c', says: /by way of fe80::1/ },
    ...{ never: /proxy/, cured: true },
  },
  'a router that has lost its address, as its primary one was deleted': {
    done: `${routed} ip addr add 10.0.1.254/24 dev v1; ip addr del 10.0.1.1/24 dev v1; ip -n c route replace default via 10.0.1.254`,
    ...{ from: 'c', to: '10.0.2.2', end: 'dropped neighbour-silent c', says: /host:v1/, cured: true },
  },
  'a verdict map that drops, in front of a policy that drops': {
    done: `${routed} serve s 80; nft -f - <<'RULES'
table inet f {
  map ports {
    type ipv4_addr . inet_service : verdict
    elements = { 10.0.2.2 . 22 : accept, 10.0.2.2 . 80 : drop }
  }
  chain through {
    type filter hook forward priority 0; policy drop;
    ct state established,related accept
    meta l4proto tcp ip daddr . tcp dport vmap @ports
    icmp type echo-request accept
  }
}
RULES`,
    ...{
      from: 'c',
      to: '10.0.2.2',
      probe: tcp(80),
      end: 'dropped dropped-by-rule host',
      says: /vmap @ports/,
    },
    ...{ cured: true },
  },
  'a published port, asked from its own host': {
    done: `${routed} serve s 80; iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 10.0.2.2:80`,
    ...{ from: 'host', to: '10.0.1.1', probe: tcp(8080), end: 'refused no-listener host' },
    ...{ says: /made this one itself.*-A OUTPUT -d 10\.0\.1\.1/, cured: true },
  },
  'a published port of the host only, asked from outside': {
    done: `${routed} serve s 80; iptables -t nat -A OUTPUT -d 10.0.1.1 -p tcp --dport 8080 -j DNAT --to-destination 10.0.2.2:80`,
    ...{ from: 'c', to: '10.0.1.1', probe: tcp(8080), end: 'refused no-listener host' },
    ...{ says: /this one arrived.*-A PREROUTING -d 10\.0\.1\.1/, cured: true },
  },
  'an address that moved, and a neighbour that was not told': {
    done: `ip link add br0 type bridge; ip link set dev br0 up; ns h one two; wire - v1 h eth0; wire - v2 one eth0; wire - v3 two eth0
      for i in 1 2 3; do ip link set dev v$i master br0; done; ip -n h addr add 10.0.0.10/24 dev eth0
      ip -n one addr add 10.0.0.1/24 dev eth0; ip -n two addr add 10.0.0.2/24 dev eth0; ip -n one addr add 10.0.0.100/24 dev eth0
      ip netns exec h ping -c1 -W3 10.0.0.100 >/dev/null; ip -n one addr del 10.0.0.100/24 dev eth0; ip -n two addr add 10.0.0.100/24 dev eth0`,
    ...{ from: 'h', to: '10.0.0.100', end: 'dropped wrong-mac h', says: /two has the address now/ },
    ...{ never: /ip_forward/, cured: true },
  },
  'a firewall that sees one direction only': {
    done: oneSided,
    ...{ from: 'c', to: '10.0.2.2', probe: { kind: 'http', url: 'http://10.0.2.2/', port: 80 } },
    ...{
      end: 'dropped dropped-by-rule fw',
      says: /other direction of this connection, which goes s -> host -> c/,
    },
    ...{ cured: true },
  },
  'a connection that only its client believes in': {
    done: oneSided,
    ...{
      from: 'c',
      to: '10.0.2.2',
      probe: tcp(80),
      end: 'dropped dropped-by-rule fw',
      says: /INVALID/,
      cured: true,
    },
  },
  'an error about a connection, where only replies may pass': {
    done: `${routed} iptables -P FORWARD DROP; iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT; iptables -A FORWARD -i v1 -j ACCEPT`,
    ...{
      from: 'c',
      to: '10.0.2.2',
      probe: { kind: 'udp', port: 5555 },
      end: 'answer-lost dropped-by-rule host',
    },
    ...{
      says: /is no reply, but RELATED.*--ctstate RELATED,ESTABLISHED/,
      never: /-P FORWARD ACCEPT/,
      cured: true,
    },
  },
  'a reply that no rule lets pass': {
    done: `${routed} serve s 80; iptables -P FORWARD DROP; iptables -A FORWARD -i v1 -m conntrack --ctstate NEW -j ACCEPT`,
    ...{ from: 'c', to: '10.0.2.2', probe: tcp(80), end: 'answer-lost dropped-by-rule host' },
    ...{ says: /-I FORWARD -m conntrack --ctstate RELATED,ESTABLISHED/, cured: true },
  },
  'a path that is wide again, and a report that is not forgotten': {
    done: `${routed} ip -n s link set dev eth0 mtu 600; ip link set dev v2 mtu 600
      ip netns exec c ping -M do -s 1000 -c1 -W1 10.0.2.2 >/dev/null || true; ip link set dev v2 mtu 1500; ip -n s link set dev eth0 mtu 1500`,
    ...{ from: 'c', to: '10.0.2.2', probe: { kind: 'icmp', mtu: 1400 }, end: 'dropped mtu-here c' },
    ...{ says: /takes 600 at most, as a router once reported/, cured: true },
  },
  'a policy that drops neighbour discovery, questions and answers': {
    done: `${routedSix} ip6tables -P INPUT DROP; ip6tables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`,
    ...{ from: 'c', to: 'fd02::2', end: 'dropped question-dropped host' },
    ...{ says: /neighbour-solicitation -j ACCEPT.*neighbour-advertisement -j ACCEPT/, cured: true },
  },
  'a rule that filters by the way back, as firewalld writes it': {
    done: `${routed} ip addr add 10.0.3.1/24 dev v2; ip -n c addr add 10.0.3.9/32 dev eth0; ip -n c route replace default via 10.0.1.1 src 10.0.3.9
      iptables -t mangle -A PREROUTING -m rpfilter --validmark --invert -j DROP`,
    ...{ from: 'c', to: '10.0.2.2', end: 'dropped dropped-by-rule host', says: /rpfilter/, cured: true },
  },
  'a question by TCP, where only UDP may pass': {
    done: `${routed} iptables -P FORWARD DROP; iptables -A FORWARD -p udp --dport 53 -j ACCEPT
      iptables -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
    ...{ from: 'c', to: '10.0.2.2', probe: tcp(53), end: 'dropped dropped-by-rule host' },
    ...{ says: /nearly lets it pass.*-p udp.*-I FORWARD 1 -p tcp -m tcp --dport 53 -j ACCEPT/, cured: true },
  },
};
