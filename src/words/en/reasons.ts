import type { Reason } from '../../core/verdict/reasons.ts';

/** When a reason is given, in one sentence: the text of `hoplab reasons` and labs/README.md. */
export const reasons: Record<Reason, string> = {
  'netns-missing': 'the network namespace is not there',
  'netns-present': 'the network namespace is there, and should not be',
  'container-missing': 'the container does not run',
  'pod-missing': 'the pod has no network, or is not there',
  'link-missing': 'the interface is not there, or is in another node',
  'link-present': 'the interface is there, and should not be',
  'wrong-kind': 'the interface is of another kind',
  'wrong-peer': 'the other end of the cable, or the parent of the interface, is another',
  'link-down': 'the interface is not switched on',
  'link-up': 'the interface is switched on, and should not be',
  'no-carrier': 'the interface is on, but the other end of its cable is not',
  'not-attached': 'the interface is no port of that bridge',
  'no-address': 'the interface, or the sender, has no such address',
  'address-present': 'the address is there, and should not be',
  'wrong-prefix': 'the address is there with another prefix length',
  'duplicate-address': 'several nodes on one wire have the address',
  'no-route': 'the sender, or a router on the way, has no route to the address',
  'route-present': 'there is a route, and should be none',
  'wrong-gateway': 'the route goes by another gateway or interface',
  'wrong-device': 'the address is on another interface',
  'neighbour-silent': 'no host on the wire has the address that is asked for (ARP, neighbour discovery)',
  'question-ignored':
    'the host hears the ARP question and does not answer it (arp_ignore, arp_filter, NOARP)',
  'question-dropped': 'a rule drops the ARP question or its answer',
  'proxy-silent': 'a router should answer ARP for a host behind it (proxy_arp), and does not',
  'port-state': "the bridge's port is held back by spanning tree, or is locked",
  'port-isolated': 'both ports of the bridge are isolated from each other',
  'other-vlan': 'a port of a bridge is not in the VLAN, or no interface takes frames with its tag',
  'not-flooded': 'the bridge does not know the MAC address, and the port takes no unknown ones',
  'port-hairpin': 'the packet would have to leave by the port it came in by',
  'wrong-port': 'the forwarding database of the bridge has the MAC address behind another port',
  'frame-too-long': 'the packet is longer than the MTU on its way, and may not be cut into pieces',
  'path-mtu': 'the largest packet that gets there is larger or smaller than expected',
  'duplicate-mac': 'several interfaces on one wire have the MAC address',
  'wrong-mac': 'the neighbour table has the MAC address of another interface',
  'wrong-tunnel-end': 'the tunnel sends to an address that no node has, or from one that is not its own',
  'tunnel-unheard':
    'the packet of the tunnel arrives at a node, but no tunnel there takes it (another node, VNI or port)',
  'no-peer':
    'WireGuard has no peer for the destination, sends where the peer does not listen, or takes no such packet from it',
  'lower-link': 'the link below a VLAN, macvlan or tunnel is down or without carrier',
  'neighbour-missing': 'the neighbour table does not have the address',
  'neighbour-present': 'the neighbour table has the address, and should not',
  'wrong-value': 'the sysctl has another value',
  'forwarding-off': 'a node on the way does not forward',
  'rule-missing': 'there is no such rule',
  'rule-present': 'the rule is there, and should not be',
  'dropped-by-rule': 'a rule or a policy drops the packet',
  'rejected-by-rule': 'a rule refuses the packet and says so',
  'route-refuses': 'a route or policy rule refuses the packet (unreachable, prohibit, blackhole)',
  'routing-loop': 'routers send the packet in a circle until its TTL is 0',
  'reply-not-routed': 'the request arrives, and its reply has no way back',
  'service-port':
    'a packet to the address of a Service, or to one kept for Services, fits no rule of the node',
  'not-translated': 'the address should be translated, and is not',
  'wrong-translation':
    'the address is translated to another one than expected or although it should stay as it is, or a translation that the reply needs is missing (hairpin)',
  'translated-otherwise':
    'the packet is translated where the list `translated` does not have it, or once too often',
  'rule-not-met': 'the packet is translated, but by another rule',
  'other-path': 'the packet takes another way',
  'enters-node': 'the packet comes to a node that it should never reach',
  'other-way-back': 'the reply takes another way than the request, or comes from another address',
  'rp-filter': 'the reverse path filter drops the packet: its source would be reached by another interface',
  'loopback-only': 'the packet has a loopback address on a wire (route_localnet)',
  'no-free-port': 'the translation has no source port left',
  'other-zone': 'the reply is looked for in another conntrack zone',
  'proxy-unrouted': 'a transparent proxy takes the packet, and no route delivers it here',
  'proxy-unheard': 'a transparent proxy takes the packet, and no program listens there',
  'queue-full': 'the queue of an interface drops the packet (tc)',
  'ipsec-refuses': 'a policy of IPsec refuses the packet, or finds no state (SA) for it',
  'kernel-drop': "the kernel drops the packet; the reason is the kernel's own word",
  'no-listener': 'no program listens on the port',
  'port-closed': 'a program listens on the port, but on another address',
  'listener-full': 'a program listens on the port, and does not accept the connections that wait',
  'answer-broken': 'the answer of a web server breaks off, is no HTTP, or no TLS that the client accepts',
  'wrong-status': 'the web server answers with another status',
  'wrong-body': 'the answer lacks the text',
  'wrong-source':
    "the receiver sees another source address, and neither that nor the expected one is the sender's own",
  'no-tls': 'the port is open, but the TLS handshake fails',
  'certificate-name': 'the certificate is for another name',
  'certificate-untrusted': 'the certificate is signed by an authority that is not trusted',
  'certificate-expired': 'the certificate is out of its dates',
  'some-unanswered': 'only some of the requests are answered',
  'unknown-backend': 'a backend answers that is not listed',
  'backend-idle': 'a backend gets no request',
  'share-too-small': 'a backend gets fewer requests than its weight',
  'share-too-large': 'a backend gets more requests than its weight',
  'several-backends': 'several backends answer where one should',
  'clock-unsynchronised': 'the time server says that its own clock is not set',
  'wrong-offset': 'the time that the server tells is off by more than allowed',
  'wrong-stratum': 'the time server is further from, or closer to, a clock than expected',
  'time-source-missing': 'chronyd does not know the source',
  'time-source-state': 'chronyd knows the source, in another state',
  'wrong-mail-answer': 'the mail server answers with another code or text',
  'process-missing': 'no such process runs in the node',
  'wrong-user': 'the process runs as another user',
  'capability-missing': 'the process lacks a capability',
  'capability-present': 'the process has a capability that it should not have',
  'not-permitted': 'the kernel refuses the command (EPERM, EACCES)',
  'wrong-exit': 'the command ends with another exit code',
  'wrong-output': 'the command does not print the text',
  'unexpected-reply': 'a failure was expected, and the probe succeeds',
  'other-reason': 'a failure was expected, and it is another one',
  'name-unknown': 'nothing that was asked knows the name (NXDOMAIN)',
  'no-name-server': '/etc/resolv.conf names no server',
  'name-server-silent': 'the name server does not answer',
  'name-server-refuses': 'the name server refuses to answer (REFUSED)',
  'name-server-fails': 'the name server could not find out (SERVFAIL)',
  'record-missing': 'the name exists, without a record of this type',
  'wrong-answer': 'the name has another value',
  'wrong-name-server': 'another name server answered',
  'not-cached': 'the server asked again for what it had just been told',
  'one-family-only':
    'the name resolves for one of IPv4 and IPv6, and the server refuses, denies or ignores the other query',
  'queries-lost': 'too many queries get no reply',
  'rate-too-low': 'the server answers too few queries per second, compared with another',
  'latency-too-high': 'its answers take too long, compared with another',
  'entry-missing':
    'the file, or a table of the kernel (policy rules, conntrack, FDB, VLANs), has no such entry',
  'entry-present': 'the file, or a table of the kernel, has the entry, and should not',
  'wrong-entry':
    'the file, a table of the kernel or the interface (MTU, tunnel) has another value in its place',
  'listener-present': 'a program listens on the port, and should not',
  'wrong-process': 'another program listens on the port',
  'no-answer':
    'there is no answer, and the state does not explain why; a `ping` that is too big for a router on its way ends so too (the check `mtu` asks for the MTU)',
  'control-failed': 'the control of an expected failure fails too, so the failure proves nothing',
  'tool-failed': 'the program that should have asked failed itself',
};

const reasonIn = (code: string) => (code in reasons ? reasons[code as keyof typeof reasons] : code);

/** The few words of a verdict that need no language (`via b1; end: b (forwarding-off)`, `exit 0`), as one says them. */
export const terms = (text: string): string =>
  text
    .split('; ')
    .map((term) => {
      const [, at, reason] = /^end: (\S+)(?: \((.*)\))?$/.exec(term) ?? [];
      if (at !== undefined) return `it ends at ${at}${reason === undefined ? '' : `: ${reasonIn(reason)}`}`;
      const [, expected = '', there = ''] = /^([a-z-]+)( \(\S+\))?$/.exec(term) ?? [];
      if (expected in reasons) return `${reasonIn(expected)}${there}`;
      return term
        .replace(/^symmetric$/, 'the same way back')
        .replace(/^exit (\d+), (.+)$/, 'exit $1, printing `$2`')
        .replace(/^exit (\d+)/, 'exit code $1');
    })
    .join('; ');

/** Of `up`, `carrier`, `peer blue:veth-blue`: the properties of an interface as one says them. */
const properties: [RegExp, string][] = [
  [/ carrier\b/, ', with carrier'],
  [/ no-carrier\b/, ', without carrier'],
  [/ (up|down)\b/, ', $1'],
  [/ master (\S+)/, ', a port of $1'],
  [/ peer (\S+)/, ', its other end $1'],
  [/ mtu (\S+)/, ', MTU $1'],
  [/ parent (\S+)/, ', made on $1'],
  [/ (id|local|remote|dstport|group|mode|key|ttl) (\S+)/g, ', $1 $2'],
];

export function facts(kind: string, text: string): string {
  if (text === '-') return 'none';
  if (kind === 'http')
    return text.replace(/^\d+/, 'status $&').replace(/\bclient (\S+)$/, 'client address $1');
  if (kind !== 'link') return text;
  const said = properties.reduce((now, [from, to]) => now.replace(from, to), text);
  return said.replace(/^([^,\s]+) ([^,\s]+)/, '$1 of kind $2');
}

/** The terms of the field that labs use: their names in a text, and after the colon what they mean. */
export const glossary = {
  arp: 'ARP: The protocol that asks all hosts on a network “who has this IPv4 address?” and gets the MAC address as the answer.',
  bridge: 'bridge: A switch inside the kernel: it passes frames between its ports by their MAC address.',
  broadcast: 'broadcast: A packet or frame to every host on a network at once.',
  capability:
    "capability, capabilities: One of the parts that root's power is divided into, for example NET_ADMIN to change the network. A process may have some of them and not others.",
  carrier:
    'carrier: The signal of the other end. An interface that is up has none while its other end is down.',
  chain:
    'chain: A list of firewall rules that a packet passes in order; the first rule that decides ends it, else the policy of the chain does.',
  'cluster-ip':
    "ClusterIP, cluster IP: A Service's address inside the cluster. No interface has it: rules on each node translate it to the address of a pod.",
  cni: 'CNI: The interface through which a container runtime calls a plugin that gives a new container or pod its network.',
  conntrack:
    'conntrack, connection tracking: The memory of the kernel for connections: it knows which packets belong to one, and undoes NAT for the reply.',
  coredns: 'CoreDNS: The name server of a Kubernetes cluster.',
  'default-gateway':
    'default gateway, default route: The router that gets every packet for which no other route fits.',
  dnat: 'DNAT: NAT that changes the destination of a packet, for example from a published port to a container.',
  endpoint: 'endpoint: The address and port of one pod that stands behind a Service.',
  fdb: "FDB, forwarding database: A bridge's table: behind which port each MAC address is.",
  forwarding:
    'forwarding, ip_forward: Passing on packets that are for another host, as a router does. Linux does so only where ip_forward is 1.',
  gateway: 'gateway: The router that a host gives packets to for addresses outside of its own network.',
  hairpin:
    'hairpin: A packet that leaves where it came in, for example a container that calls its own published port.',
  icmp: 'ICMP: The protocol of ping, and of errors such as “no route to host” and “time exceeded”.',
  ingress: 'Ingress: A Kubernetes object with the rules by which HTTP requests from outside reach Services.',
  interface:
    'interface, network interface: One end of a cable, a bridge or a tunnel as the kernel sees it: a row of `ip link`.',
  iptables:
    "iptables: The command for the kernel's packet filter and NAT: tables, in them chains, in them rules.",
  'kube-proxy':
    'kube-proxy: The program on each Kubernetes node that writes the rules which translate Services to pods.',
  kubelet: 'kubelet: The program on each Kubernetes node that starts and watches its pods.',
  'link-local':
    'link-local: An address that is valid on one network only; every IPv6 interface has one, from fe80::/10.',
  loopback:
    'loopback: The interface `lo`, with 127.0.0.1: through it a host talks to itself. Every namespace has its own.',
  mac: 'MAC address: The address of an interface in frames. It is valid on one network; each router puts in new ones.',
  masquerade:
    'MASQUERADE, masquerading: SNAT to whatever address the outgoing interface has: many hosts share one address.',
  mtu: 'MTU: The longest packet, in bytes, that an interface sends in one piece.',
  nat: 'NAT, network address translation: Changing the source or destination of packets on their path, and changing it back for the replies.',
  neighbour:
    "neighbour table, ARP table, neighbour: The kernel's table of which MAC address belongs to which address on the networks it is joined to.",
  netns:
    'network namespace, netns, namespace: A network of its own within one kernel: own interfaces, addresses, routes and rules.',
  'network-policy':
    'NetworkPolicy, network policy, network policies: A Kubernetes object that says which pods may send to which; a network add-on makes rules of it.',
  'node-port': 'NodePort, node port: A port that every node of the cluster opens for one Service.',
  nxdomain: 'NXDOMAIN: The DNS answer “there is no such name”.',
  pod: 'pod: The smallest part of Kubernetes: one or more containers that share one network namespace and address.',
  prefix:
    'prefix length, prefix, subnet, CIDR: The leading bits that all addresses of one network share: /24 means the first 24 bits.',
  resolver: 'resolver: The part of a program or host that asks name servers for the address of a name.',
  'routing-table':
    'routing table, route: Each route says through which interface and gateway a range of addresses is reached. The longest prefix that fits wins.',
  stratum: 'stratum: How many time servers stand between a clock and an exact one; 1 is next to it.',
  sysctl: 'sysctl: A setting of the kernel that can be read and changed while it runs, under /proc/sys.',
  tls: 'TLS: The encryption below HTTPS; a certificate proves the name of the server.',
  ttl: 'TTL: Of a packet: each router takes away one, and at 0 the packet is dropped. Of a DNS record: the seconds for which it may be cached.',
  veth: 'veth pair, veth: A virtual cable with two ends, each an interface: what goes in at one comes out at the other.',
  vxlan:
    'VXLAN: A tunnel that carries whole frames in UDP packets, so that hosts far apart share one network.',
  zone: 'zone: The part of the names below a domain that one name server answers for.',
};
