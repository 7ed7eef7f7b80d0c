import type { Situation } from './causes.ts';

/** Two nodes and a router between them; a VXLAN link for each, whose other end is the other one. */
const apart = `ns n1 n2; wire - u1 n1 eth0; wire - u2 n2 eth0; sysctl -qw net.ipv4.ip_forward=1
ip addr add 172.31.1.1/24 dev u1; ip addr add 172.31.2.1/24 dev u2
vx() { ip -n n$1 link add name vx type vxlan id $2 dev eth0 local 172.31.$1.2 remote 172.31.$((3 - $1)).2 $3 dstport $4
ip -n n$1 addr add 10.9.0.$1/24 dev vx; ip -n n$1 link set dev vx up; }
for i in 1 2; do ip -n n$i addr add 172.31.$i.2/24 dev eth0; ip -n n$i route add default via 172.31.$i.1; done
`;
export const overRouter = `${apart} vx 1 42 '' 4789; vx 2 42 '' 4789
`;

const inside = { from: 'n1', to: '10.9.0.2' };
const met = 'ip netns exec n1 ping -qc1 -W2 10.9.0.2 >/dev/null';

export const tunnelSituations: Record<string, Situation> = {
  'a packet that a rule drops between the ends of its tunnel': {
    done: `${overRouter} ${met}; iptables -A FORWARD -p udp --dport 4789 -j DROP`,
    ...{
      ...inside,
      end: 'dropped dropped-by-rule host',
      says: /172\.31\.1\.2 to 172\.31\.2\.2/,
      cured: true,
    },
  },
  'a question that a rule drops between the ends of a tunnel': {
    done: `${overRouter} iptables -A FORWARD -i u1 -p udp -j DROP`,
    ...{ ...inside, end: 'dropped dropped-by-rule host', says: /-i u1 -p udp -j DROP/, never: /addr add/ },
    cured: true,
  },
  'an answer about an address that a rule drops between the ends of a tunnel': {
    done: `${overRouter} iptables -A FORWARD -i u2 -p udp -j DROP`,
    ...{ ...inside, end: 'dropped dropped-by-rule host', says: /-i u2 -p udp -j DROP/, cured: true },
  },
  'a rule of the other end that drops what the tunnel brings': {
    done: `${overRouter} ip netns exec n2 iptables -A INPUT -p udp --dport 4789 -j DROP`,
    ...{ ...inside, end: 'dropped dropped-by-rule n2', says: /rule 1 of filter INPUT/, cured: true },
  },
  'a tunnel without an end for frames to all': {
    done: `${apart} vx 2 42 '' 4789
      ip -n n1 link add name vx type vxlan id 42 dev eth0 local 172.31.1.2 dstport 4789
      ip -n n1 addr add 10.9.0.1/24 dev vx; ip -n n1 link set dev vx up`,
    ...{ ...inside, end: 'dropped wrong-tunnel-end n1', cured: true },
    says: /no entry for frames to all .*10\.9\.0\.2 is behind 172\.31\.2\.2 \(n2\)/,
  },
  'a tunnel whose end has no route to the other': {
    done: `${overRouter} ip -n n1 route del default`,
    ...{ ...inside, end: 'dropped no-route n1', says: /no route to 172\.31\.2\.2/ },
  },
  'a tunnel over a node that does not forward': {
    done: `${overRouter} sysctl -qw net.ipv4.ip_forward=0`,
    ...{ ...inside, end: 'dropped forwarding-off host', says: /ip_forward is 0/, cured: true },
  },
  'a tunnel of another number': {
    done: `${apart} vx 1 42 '' 4789; vx 2 43 '' 4789`,
    ...{ ...inside, end: 'dropped tunnel-unheard n2', says: /VXLAN 42 .* It has: vx: VNI 43, UDP 4789/ },
  },
  'a tunnel to another port': {
    done: `${apart} vx 1 42 '' 4789; vx 2 42 '' 8472`,
    ...{
      ...inside,
      end: 'dropped tunnel-unheard n2',
      says: /UDP port 4789, and no interface of n2 takes them/,
    },
  },
  'a tunnel whose other end is down': {
    done: `${overRouter} ip -n n2 link set dev vx down`,
    ...{ ...inside, end: 'dropped link-down n2', says: /vx in n2 is down/, cured: true },
  },
  'a tunnel whose own end is an address that its node has not': {
    done: `${overRouter} ip -n n1 link set dev vx type vxlan local 172.31.9.9`,
    ...{ ...inside, end: 'dropped wrong-tunnel-end n1', cured: true },
    says: /sends its packets from 172\.31\.9\.9.*vx type vxlan local 172\.31\.1\.2/,
  },
  'an end of a tunnel that sends its answers where no node is': {
    done: `${apart} vx 1 42 '' 4789
      ip -n n2 link add name vx type vxlan id 42 dev eth0 local 172.31.2.2 remote 172.31.9.9 nolearning dstport 4789
      ip -n n2 addr add 10.9.0.2/24 dev vx; ip -n n2 link set dev vx up`,
    ...{ ...inside, end: 'dropped wrong-tunnel-end n2', cured: true, never: /GATEWAY/ },
    says: /to 172\.31\.9\.9, which no node has; the other end of this tunnel is 172\.31\.1\.2 \(n1\)/,
  },
  'a tunnel to a group, over a router': {
    done: `${apart} for i in 1 2; do ip -n n$i link add name vx type vxlan id 42 dev eth0 group 239.1.1.1 dstport 4789 local 172.31.$i.2
      ip -n n$i addr add 10.9.0.$i/24 dev vx; ip -n n$i link set dev vx up; done`,
    ...{ ...inside, end: 'dropped wrong-tunnel-end n1', never: /autojoin/ },
    says: /to the group 239\.1\.1\.1.*bridge fdb append 00:00:00:00:00:00 dev vx dst 172\.31\.2\.2/,
  },
  'a rule for IPv4 that drops what carries IPv6': {
    done: `${overRouter} ip -n n1 addr add fd00:9::1/64 dev vx nodad; ip -n n2 addr add fd00:9::2/64 dev vx nodad
      iptables -A FORWARD -p udp --dport 4789 -j DROP`,
    ...{ from: 'n1', to: 'fd00:9::2', end: 'dropped dropped-by-rule host', never: /ip6tables/, cured: true },
    says: /"iptables -t filter -D FORWARD 1"/,
  },
  'a rule for IPv6 that drops what carries IPv4': {
    done: `ns n1 n2; wire - u1 n1 eth0; wire - u2 n2 eth0; sysctl -qw net.ipv6.conf.all.forwarding=1
      for i in 1 2; do ip addr add fd31:$i::1/64 dev u$i nodad; ip -n n$i addr add fd31:$i::2/64 dev eth0 nodad
      ip -n n$i -6 route add default via fd31:$i::1
      ip -n n$i link add name vx type vxlan id 42 dev eth0 local fd31:$i::2 remote fd31:$((3 - i))::2 dstport 4789
      ip -n n$i addr add 10.9.0.$i/24 dev vx; ip -n n$i link set dev vx up; done; ip6tables -A FORWARD -p udp -j DROP`,
    ...{ ...inside, end: 'dropped dropped-by-rule host', cured: true },
    says: /"ip6tables -t filter -D FORWARD 1"/,
  },
  'a tunnel that may not cut its packets, over a smaller MTU': {
    done: `${apart} vx 1 42 'df set' 4789; vx 2 42 '' 4789; ${met}
      ip link set dev u2 mtu 1300; ip -n n2 link set dev eth0 mtu 1300`,
    ...{
      ...inside,
      probe: { kind: 'icmp', size: 1400 },
      end: 'dropped mtu host',
      says: /1478 bytes .* u2 takes 1300/,
    },
  },
};
