import type { TraceProbe } from '../../src/core/probe/trace-probe.ts';
import { routed, type Situation } from './causes.ts';
import { busy } from './causes-kernel.ts';
import { bridged } from './causes-link.ts';

const tcp = (port: number): TraceProbe => ({ kind: 'tcp', port });
const fromC = { from: 'c', to: '10.0.2.2' };

/** kube-proxy's rules for the Service db of the namespace shop: its port is 8080, that of its pod 80. */
const proxied = (target: number) => `${routed}
iptables -t nat -N KUBE-SERVICES; iptables -t nat -N KUBE-SVC-DB; iptables -t nat -N KUBE-SEP-DB
iptables -t nat -A PREROUTING -j KUBE-SERVICES; iptables -t nat -A OUTPUT -j KUBE-SERVICES
iptables -t nat -A KUBE-SERVICES -d 10.96.0.20/32 -p tcp -m comment --comment 'shop/db cluster IP' -m tcp --dport 8080 -j KUBE-SVC-DB
iptables -t nat -A KUBE-SVC-DB -m comment --comment 'shop/db -> 10.0.2.2:${target}' -j KUBE-SEP-DB
iptables -t nat -A KUBE-SEP-DB -p tcp -m comment --comment shop/db -m tcp -j DNAT --to-destination 10.0.2.2:${target}
`;

const comment = (text: string) => `-m comment --comment '${text}'`;

/** Rules of kube-proxy and Docker: the object that a rule was written for is what can be changed. */
export const ownedSituations: Record<string, Situation> = {
  'a ping to the address of a Service': {
    done: proxied(80),
    ...{ from: 'c', to: '10.96.0.20', end: '(dropped|refused) service-port host' },
    says: /address of the Service db \(namespace shop\).*only: tcp 8080\. None of them fits a ping, so host routes/,
    never: /route (add|replace)/,
  },
  'a ping to the address of a Service, and no error left for this second': {
    done: `${proxied(80)} ${busy('10.96.0.20')}`,
    ...{ from: 'c', to: '10.96.0.20', end: 'dropped service-port host', says: /icmp_ratelimit/ },
  },
  'a port that a Service does not have': {
    done: `${proxied(80)} ip route add default via 10.0.2.2`,
    ...{ from: 'c', to: '10.96.0.20', probe: tcp(80), end: '(dropped|refused) service-port s' },
    says: /None of them fits tcp port 80, so host routes.*kubectl -n shop get service db/,
  },
  'an address kept for Services that no Service has': {
    done: `${proxied(80)} ip route add default via 10.0.2.2`,
    ...{ from: 'c', to: '10.96.0.99', probe: tcp(80), end: '(dropped|refused) service-port s' },
    says: /No Service has the address 10\.96\.0\.99.*Those on host: db 10\.96\.0\.20\..*kubectl get services -A/,
    never: /route (add|replace)/,
  },
  'a Service that sends to a port on which its pod does not listen': {
    done: `${proxied(8081)} serve s 80`,
    ...{ from: 'c', to: '10.96.0.20', probe: tcp(8080), end: 'refused no-listener s' },
    says: /The Service db \(namespace shop\) sends its packets to this port.*listen on tcp port 80 \(python3\).*patch service db -p .*port[\\"]+:8080,[\\"]+targetPort[\\"]+:80/,
    never: /http\.server 8081/,
  },
  'a Service of named ports that sends to a port on which its pod does not listen': {
    done: `${proxied(8081).replaceAll('shop/db', 'shop/db:sql')} serve s 80`,
    ...{ from: 'c', to: '10.96.0.20', probe: tcp(8080), end: 'refused no-listener s' },
    says: /The Service db \(namespace shop\) sends its packets to this port.*kubectl -n shop patch service db -p .*targetPort[\\"]+:80/,
    never: /http\.server 8081/,
  },
  'the address of a Service, asked by a node outside the cluster': {
    done: `${proxied(80)} ip -n c route del default`,
    ...{ from: 'c', to: '10.96.0.20', probe: tcp(8080), end: 'dropped no-route c' },
    says: /address of the Service db \(namespace shop\).*host among them.*route add 10\.96\.0\.20 via 10\.0\.1\.1/,
  },
  'a node of the cluster without rules for a Service': {
    done: `${proxied(80)} iptables-save -t nat | ip netns exec s iptables-restore
      iptables -t nat -F KUBE-SERVICES`,
    ...{ from: 'c', to: '10.96.0.20', probe: tcp(8080), end: '(dropped|refused) service-port host' },
    says: /Service db \(namespace shop\), but host has no rule for it; s has.*iptables -t nat -S KUBE-SERVICES/,
  },
  'a node of the cluster whose base chains were flushed': {
    done: `${proxied(80)} iptables -t nat -F PREROUTING`,
    ...{
      from: 'c',
      to: '10.96.0.20',
      probe: tcp(8080),
      end: '(dropped|refused) service-port host',
      cured: true,
    },
    says: /host has its rule in KUBE-SERVICES, but no rule of the chain PREROUTING in table nat jumps there.*-I PREROUTING .*-j KUBE-SERVICES/,
  },
  'a bridge that hides the reply of a translated packet from its node': {
    done: `${bridged} ip addr add 10.0.0.9/24 dev br0; sysctl -qw net.bridge.bridge-nf-call-iptables=0
      iptables -t nat -N KUBE-SERVICES; ip -n p1 route add 10.96.0.20 via 10.0.0.9
      iptables -t nat -A PREROUTING -d 10.96.0.20 -p tcp --dport 80 -j DNAT --to-destination 10.0.0.2:80; sysctl -qw net.ipv4.ip_forward=1
      serve p2 80`,
    ...{ from: 'p1', to: '10.96.0.20', probe: tcp(80), end: 'answer-lost wrong-translation p1' },
    says: /10\.0\.0\.2 answers 10\.0\.0\.1 over the bridge of host.*bridge-nf-call-iptables is 0/,
    cured: true,
  },
  'a pod that gets its own address for that of its Service, without hairpin': {
    done: `${bridged} ip addr add 10.0.0.254/24 dev br0; ip -n p1 route add default via 10.0.0.254
      sysctl -qw net.bridge.bridge-nf-call-iptables=1 net.ipv4.ip_forward=1
      iptables -t nat -A PREROUTING -d 10.96.0.20 -p tcp --dport 80 -j DNAT --to-destination 10.0.0.1:80
      ping -c 1 10.0.0.1 >/dev/null; serve p1 80`,
    ...{ from: 'p1', to: '10.96.0.20', probe: tcp(80), end: 'dropped port-hairpin host' },
    says: /out of v1, by which it came in; hairpin is off/,
    cured: true,
  },
  'a default route beside routes to other networks': {
    done: `${bridged} ns p3; wire - v3 p3 eth0; ip link set dev v3 master br0; ip -n p3 addr add 10.0.0.3/24 dev eth0
      ip -n p2 addr add 10.9.0.1/24 dev lo; ip netns exec p3 sysctl -qw net.ipv4.ip_forward=0
      ip -n p1 route add default via 10.0.0.3; ip -n p1 route add 10.8.0.0/24 via 10.0.0.2`,
    ...{ from: 'p1', to: '10.9.0.1', end: 'dropped wrong-gateway p1' },
    says: /routes to other networks, and none to 10\.9\.0\.0\/24.*route add 10\.9\.0\.0\/24 via 10\.0\.0\.2/,
    cured: true,
  },
  'a Service with externalTrafficPolicy Local and no endpoint here': {
    done: `${routed} iptables -A FORWARD ${comment('shop/db has no local endpoints')} -j DROP`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host' },
    says: /no endpoint on host, and its externalTrafficPolicy is Local.*patch service db -p .*externalTrafficPolicy[\\"]+:[\\"]+Cluster/,
    never: /iptables -t filter -D/,
  },
  'a Service with internalTrafficPolicy Local and no endpoint here': {
    done: `${routed} iptables -N KUBE-SERVICES; iptables -A FORWARD -j KUBE-SERVICES
      iptables -A KUBE-SERVICES ${comment('shop/db:sql has no local endpoints')} -j DROP`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', says: /its internalTrafficPolicy is Local/ },
  },
  'a balancer that takes connections from its source ranges only': {
    done: `${routed} iptables -A FORWARD ${comment('shop/db traffic not accepted by KUBE-FW-DB')} -j DROP`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host' },
    says: /from its loadBalancerSourceRanges only, and 10\.0\.1\.2 is in none.*describe service db/,
    never: /iptables -t filter -D/,
  },
  'two networks of Docker': {
    done: `${routed} iptables -N DOCKER-ISOLATION-STAGE-2; iptables -A FORWARD -j DOCKER-ISOLATION-STAGE-2
      iptables -A DOCKER-ISOLATION-STAGE-2 -o v2 -j DROP`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host' },
    says: /Docker keeps its networks apart.*by v2.*docker network ls/,
  },
  'an internal network of Docker': {
    done: `${routed} iptables -N DOCKER-ISOLATION-STAGE-1; iptables -A FORWARD -j DOCKER-ISOLATION-STAGE-1
      iptables -A DOCKER-ISOLATION-STAGE-1 ! -d 10.0.1.0/24 -i v1 -j DROP`,
    ...{ ...fromC, end: 'dropped dropped-by-rule host', says: /The network of v1 is internal/ },
  },
};
