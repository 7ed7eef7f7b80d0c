import type { TraceProbe } from '../../src/core/probe/trace-probe.ts';
import { routed, type Situation } from './causes.ts';

const tcp = (port: number): TraceProbe => ({ kind: 'tcp', port });

/** c - host - s in IPv6, the host a router. */
const routedSix = `ns c s; wire - v1 c eth0; wire - v2 s eth0; sysctl -qw net.ipv6.conf.all.forwarding=1
ip addr add fd01::1/64 dev v1 nodad; ip addr add fd02::1/64 dev v2 nodad
ip -n c addr add fd01::2/64 dev eth0 nodad; ip -n s addr add fd02::2/64 dev eth0 nodad
ip -n c route add default via fd01::1; ip -n s route add default via fd02::1
`;

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
  'a server for IPv6 only, asked by IPv4': {
    done: `${routed} ip netns exec s python3 -I -c 'import socket, time; s = socket.socket(socket.AF_INET6); s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1); s.bind(("::", 80)); s.listen(5); time.sleep(999)' >/dev/null 2>&1 </dev/null &
      until ip netns exec s ss -Hltn sport = :80 | grep -q :80; do :; done`,
    ...{
      from: 'c',
      to: '10.0.2.2',
      probe: tcp(80),
      end: 'refused port-closed s',
      says: /for IPv6 only.*--bind 10\.0\.2\.2/,
    },
  },
};
