import type { Template } from '../../core/explain/template.ts';
import type { TraceWords } from '../../core/explain/trace/words.ts';
import type { Ladder } from '../../core/explain/words.ts';
import type { GapCode } from '../../core/path/recording/gap.ts';
import { unrouted } from './routes.ts';
import { notes } from './rules.ts';

export const traces: TraceWords = {
  ends: {
    delivered: [
      'Delivered: a reply came back to {from}. Behind {renamed} the packet was not seen: source NAT there gave it another ICMP identifier, because a connection of {renamed} has its own already.',
      'Delivered: a host behind {behind}, which is no node of the lab, replied, and the reply came back to {from}.',
      'Delivered: {node}[ ({by})] replied[ with {answer}], and the reply came back to {from}.',
    ],
    refused: 'Rejected by {by}.',
    dropped: 'Dropped in {node}.',
    lost: 'Lost: last seen at {place} on its way to {to}[, expected next at {next}]. The trace does not show why.',
    'answer-lost':
      'Reply lost: the request arrived, its reply was last seen at {place}[, expected next at {next}].',
  },
  unanswered: 'No reply: the request arrived in {node}[ ({by})], and {node} sent none back.',
  unrouted,
  byKernel: 'answered by its kernel',
  nftables: 'A rule of nftables in {node} drops it: chain {chain}, family {family}.',
  notes,
  unsaid: {
    'error-lost':
      '{node} sends an error about it, which was last seen at {errorLost}: its sender gets no error and waits.',
    'after-redirect':
      'No error came to {client}, so its sender waits: {node} has just sent it a redirect, and the kernel limits the errors it sends to one node (net.ipv4.icmp_ratelimit).',
    'no-way-back':
      'No error comes to its sender, which waits: {node} has no route to {client} that an error of its own may take.',
    'rate-limit':
      'No error came to {client}, so its sender waits: the kernel of {node} limits the errors it sends to one node (icmp_ratelimit), and earlier errors used that limit up.',
  },
  asked: 'The trace spoke {service} to it.',
  truncated:
    'The answer of {truncated} is too long for a UDP datagram and came without its records (TC), so {from} asks again over TCP.',
  spoken: 'The program in {node} says: "{line}".',
  relay:
    'docker-proxy in {node} passes each datagram on to the container by a socket of its own. A trace follows this second way over TCP only: trace from {node} to the container itself.',
  reasons: {
    ttl: [
      'Its time to live (TTL) was used up on the way to {dst}: a rule of {setter} sets it, `{rule}`. Every router subtracts one, and drops the packet at 0.',
      'Its time to live (TTL) was used up on the way to {dst}: {sender} gives its packets {initial} only, for its route says so (`{limited}`). Every router subtracts one, and drops the packet at 0.',
      'Its time to live (TTL) was used up on the way to {dst}: {sender} gives its packets {initial} only ({ttlKey}, usually {usual}). Every router subtracts one, and drops the packet at 0.',
      'Its time to live (TTL) was used up on the way to {dst}: every router subtracts one, and drops the packet at 0.',
    ],
    diverted: [
      '{node} sends it out by {leftBy} as it came in by {cameBy}, before a bridge or the IP layer sees it. A rule of nftables does that: `{forwarder}`, in chain {chainName} of the table {family} {table}.',
      '{node} sends it out by {leftBy} as it came in by {cameBy}, before a bridge or the IP layer sees it. A filter of tc does that (mirred), or an eBPF program: `{exec}tc filter show dev {cameBy} ingress` lists them.',
    ],
    mtu: [
      'The packet has {length} bytes and may not be cut into fragments; the route of {node} takes {mtu} at most, which is written in it: `{narrowRoute}`. The router tells the sender, which sends smaller packets from now on.',
      'The packet has {length} bytes and may not be cut into fragments; {link} takes {mtu} at most (MTU). The router tells the sender, which sends smaller packets from now on.',
    ],
    'mtu-here': [
      'The packet has {length} bytes and may not be cut into fragments; {node} remembers that the route to {dst} takes {stale} at most, as a router once reported (`{ip} route get {dst}` shows it). Every interface on the way takes more by now. The kernel of the sender refuses the packet until it forgets the report, ten minutes after it came.',
      'The packet has {length} bytes and may not be cut into fragments; {link} takes {mtu} at most (MTU). The kernel of the sender refuses it, and nothing is sent.',
      'The packet has {length} bytes and may not be cut into fragments; the route to {dst} takes {pathMtu} at most, as a router has reported (`{ip} route get {dst}` shows it): {narrowLink} of {narrowNode} takes {narrowMtu} (MTU). The kernel of the sender refuses it, and nothing is sent.',
      'The packet has {length} bytes and may not be cut into fragments; the route to {dst} takes {pathMtu} at most: a router has reported that, or the route has it written (`{ip} route get {dst}` shows it). The kernel of the sender refuses it, and nothing is sent.',
    ],
    'mtu-unheard':
      'The packet has {length} bytes and may not be cut into fragments; {link} takes {mtu} at most (MTU). The router tells the sender, but a rule of {deaf} drops the message: `{rule}`. So the sender never learns that it should send smaller packets.',
    'other-source':
      'The reply comes from {observed}, but the request went to {expected}, so no program waits for it. A UDP server that listens on all addresses replies from the address its route prefers, not from the one that the request went to.',
    'kept-connection': [
      '{router} has this connection from earlier: conntrack keeps {connection} and sends it on to {keptTo}. The rules would send a new connection to {ruledTo}, but the table nat sees only the first packet of a connection.',
      '{router} has this connection from earlier: conntrack keeps {connection} and sends it on to {keptTo}. No rule does that any more, but the table nat sees only the first packet of a connection.',
      '{router} has this connection from earlier: conntrack keeps {connection}, which leaves with the source {keptFrom}. The rules would give a new connection the source {ruledFrom}, but the table nat sees only the first packet of a connection.',
    ],
    'service-silent':
      'The trace sent a question that every {service} server understands, and {by} took it without a reply. It may be told not to reply to this client (look at its access rules and its log), or {by} is no {service} server.',
    'service-one-way':
      'The trace sent a {service} message. A {service} server takes messages and sends no replies, so this silence is normal: look into its log.',
    'question-unknown':
      'The trace knows no question for UDP port {port} and sent bytes of its own. A server that does not understand them may send no reply, so this silence says only that the datagram arrived at {by}.',
    'answer-missing': [
      'The connection works, and the answer begins ({stalled}). Then no more of it comes: {by} keeps the connection open and sends nothing until the client gives up.',
      '{by} takes the connection and the request, and resets the connection instead of an answer ({reset}).',
      '{by} takes the connection and the request, and closes the connection without an answer ({closed}).',
      'The connection works, and {by} has the request. It sends no answer within the time that the client waits: look at its log, and at what it waits for itself.',
    ],
    'answer-ignored':
      'The reply came back, and {program} in {from} does not take it: it carries another identifier or another question than was sent, so it counts as no answer.',
  },
  nat: {
    changed: '{changes}, {why}',
    side: '{side} {change}',
    byRule: 'by {target} ({place})',
    byNft: 'by `{rule}` (nft {place})',
    byConntrack: 'as conntrack remembers the connection',
    unseen: 'by a rule that the trace did not see',
  },
  packet: {
    icmp: {
      'v4 0': 'echo reply',
      'v4 3': 'ICMP destination unreachable',
      'v4 5': 'ICMP redirect',
      'v4 8': 'echo request',
      'v4 11': 'ICMP time exceeded',
      'v6 1': 'ICMPv6 destination unreachable',
      'v6 2': 'ICMPv6 packet too big',
      'v6 3': 'ICMPv6 time exceeded',
      'v6 128': 'echo request',
      'v6 129': 'echo reply',
    },
    unreachable: {
      'v4 0': 'network',
      'v4 1': 'host',
      'v4 2': 'protocol',
      'v4 3': 'port',
      'v4 4': 'fragmentation needed',
      'v4 9': 'network prohibited',
      'v4 10': 'host prohibited',
      'v4 13': 'administratively prohibited',
      'v6 0': 'no route',
      'v6 1': 'administratively prohibited',
      'v6 2': 'beyond the scope of the source',
      'v6 3': 'address',
      'v6 4': 'port',
      'v6 5': 'source address failed the policy',
      'v6 6': 'reject route',
    },
    query: 'DNS query',
    response: 'DNS response',
    datagram: 'datagram',
    payload: '{flags}, {bytes} bytes',
    again: '{name}, sent again',
    fragment: '{name}, fragment at byte {offset} ({length} bytes)',
  },
};

/** The parts that a trace could not see. */
export const gaps: Record<GapCode, Template> = {
  'node-unwatched': 'hoplab could not watch {node}: {error}. Hops there are missing.',
  'rules-untraced': 'hoplab could not trace the rules of family {family} in {node}: {error}.',
  'reports-lost':
    'The kernel reported more about {node} than hoplab could read ({error}): rules may be missing.',
  'frames-lost':
    'In {node} there was so much traffic that {count} frames were not captured: hops may be missing.',
  'frames-over': 'A trace keeps 8 MiB of frames; what {node} saw after that is missing.',
};

/** The meaning of the kernel's drop reasons (enum skb_drop_reason, include/net/dropreason-core.h). */
export const drops: Record<string, string> = {
  IP_RPFILTER: 'the reverse path filter',
  NETFILTER_DROP: 'a rule, or conntrack, says drop',
  OTHERHOST: 'the frame is for another MAC address',
  IP_CSUM: 'the checksum of the IP header is wrong',
  TCP_CSUM: 'the checksum of the segment is wrong',
  UDP_CSUM: 'the checksum of the datagram is wrong',
  IP_INHDR: 'the IP header is not valid',
  IP_NOPROTO: 'no program of the node handles this protocol',
  NO_SOCKET: 'no socket waits for it',
  SOCKET_FILTER: 'a filter of the socket says drop',
  SOCKET_RCVBUFF: 'the buffer of the socket is full',
  PKT_TOO_BIG: 'it is longer than the MTU',
  IP_OUTNOROUTES: 'there is no route for it',
  IP_INNOROUTES: 'there is no route for it',
  IP_INVALID_SOURCE: 'its source is not an address that may send',
  IP_INVALID_DEST: 'its destination is not an address to send to',
  IP_LOCALNET: 'a loopback address is not valid outside its node',
  IP_LOCAL_SOURCE: 'its source is an address of the node itself',
  QDISC_DROP: 'the queue of the interface is full',
  TC_INGRESS: 'a tc filter of the interface drops what comes in',
  TC_EGRESS: 'a tc filter of the interface drops what goes out',
  XDP: 'an XDP program of the interface says drop',
  NEIGH_FAILED: 'the next hop does not answer',
  NEIGH_QUEUEFULL: 'too many packets wait for the MAC address of the next hop',
  NEIGH_CREATEFAIL: 'the table of neighbours is full',
  VXLAN_ENTRY_EXISTS: 'the MAC address is known behind another end of the tunnel',
  VXLAN_NO_REMOTE: 'no end of the tunnel is known for the MAC address',
  UNICAST_IN_L2_MULTICAST: 'a packet for one address came in a frame for many',
  DEV_READY: 'the interface is not up',
  IPV6DISABLED: 'IPv6 is off in the node',
  BRIDGE_INGRESS_STP_STATE: 'the port of the bridge is not in state forwarding',
  BRIDGE_NO_EGRESS_PORT: 'the bridge has no port to send it out of',
  XFRM_POLICY: 'a policy of IPsec refuses it (`ip xfrm policy` lists them)',
  IP_TUNNEL_ECN: 'the ECN bits inside and outside the tunnel contradict each other',
  TCP_OLD_SEQUENCE: 'the segment is an old one',
  TCP_INVALID_SEQUENCE: 'the sequence number is not in the window',
  TCP_RFC7323_PAWS: 'its time stamp is older than one already seen',
};

/** The path of a packet. */
export const paths = {
  'other-path': {
    what: 'The packet from {from} to {to} goes by {observed}. It should pass {missed}[, in the order {expected}].',
    why: 'Every node on the path decides by itself where the packet goes next, by its own routes.',
    where: '`hoplab trace {from} {to}` shows the path; `ip route get {to}` in each node on it says why.',
    idea: 'Find the first node that sends the packet elsewhere, and correct its route.',
  },
  'enters-node': {
    what: 'The packet from {from} to {to} passes through {entered} ({observed}). It should not.',
    why: 'Every node on the path sees the packet, may change it, and may fail.',
    where: '`hoplab trace {from} {to}` shows the path; `ip route get {to}` in each node on it says why.',
    idea: 'Look at the node in front of {entered}: which route or rule sends the packet there?',
  },
  'other-way-back': {
    what: 'The request goes via {way}; the reply comes back via {observed}.',
    why: 'Conntrack, NAT and reverse path filters see only half of a connection whose reply takes another path.',
    where:
      '`hoplab trace {from} {to}` shows both paths; `ip route` in the receiver and the routers says where the reply goes.',
    idea: 'Correct the route by which the reply leaves the receiver, or a router on its path.',
  },
} as const satisfies Record<string, Ladder>;

/** What carries packets inside others. */
export const tunnels = {
  'wrong-tunnel-end': {
    what: [
      '{link} in {node} sends its packets from {unowned} (local), which is no address of {node}: so the kernel sends none.',
      '{link} in {node} sends its packets to {nowhere}, which no node has; the other end of this tunnel is {expected} ({owner}).',
      '{link} in {node} sends frames for all to the group {group}. No router passes packets for a group on by itself, and the other end, {expected} ({owner}), is in another network.',
      '{link} in {node} sends frames for {mac} to {observed}; {mac} is behind {expected} ({owner}).',
      '{link} in {node} has no entry for frames to all ({mac}), and was made without a remote. So the question for {unasked} does not leave; {unasked} is behind {expected} ({owner}).',
      '{forgets} in {node} learns no MAC addresses (nolearning), and no entry of it leads to {expected} ({owner}). So the answer to {owner} does not leave.',
      '{link} in {node} has no other end for {mac} to send to.',
    ],
    why: [
      'The packets of a tunnel are packets of the node itself: their source ({unowned}) must be an address that it has.',
      'A VXLAN interface looks up the MAC address in its forwarding database (FDB) and sends the frame, in UDP, to the end that is written there.',
    ],
    where: [
      '`{ip} -d link show dev {link}` shows both ends of the tunnel ({unowned} is its own), `{ip} -br addr` the addresses of {node}.',
      '`{exec}bridge fdb show dev {link}` lists which MAC address is behind which end.',
    ],
    idea: [
      'Give the tunnel an address of {node} as its own end instead of {unowned}, or give {node} that address.',
      'Let the entry for {mac} lead to {expected}.',
      'Write down which end {mac} is behind.',
    ],
  },
  'tunnel-unheard': {
    what: [
      '{sender} sends packets of its tunnel ({kind}) from {source} to {address}, and no tunnel of {node} takes them: it would need {source} as its remote[ and the key {key}].[ It has: {observed}.]',
      '{sender} sends packets of VXLAN {id} to {address}, UDP port {port}, and no interface of {node} takes them.[ It has: {observed}.]',
    ],
    why: [
      'A tunnel takes only packets between its own two ends (local and remote) and with its own key; {kind} has no ports. The kernel drops every other one.',
      'A VXLAN interface takes only packets that come to its own UDP port with its own number (VNI). It drops every other packet, and sends no error.',
    ],
    where: [
      '`{ip} -d link show type {kind}` shows the ends of the tunnels of {node}; compare them with those of {sender}.',
      '`{ip} -d link show type vxlan` shows number and port of the VXLAN interfaces of {node}; compare them with those of {sender}.',
    ],
    idea: [
      'Let the tunnel of {node} lead to {source}, with the key of {sender}, or make {sender} again with the other end of {kind} as its remote.',
      'Make the VXLAN interface in {node} ({observed}) with the number and the port of {sender}. Neither can be changed later: delete the interface and add it again.',
      '{node} has no VXLAN interface. If the other end is on another node, make {sender} again with the address of that node as `remote`.',
    ],
  },
  'no-peer': {
    what: [
      '{link} in {node} has a peer for {homeless}, but no endpoint for it: {node} cannot send before the peer has sent.',
      '{link} in {node} has a peer with the key {foreign} at {endpoint}; the interface there, on {owner}, has the key {expected}.',
      '{link} in {node} sends its packets to {endpoint}, which is {owner}, and no WireGuard interface there listens on that port.[ It listens on {closed}.]',
      '{link} in {node} has no peer with the public key of {stranger}, so it drops what comes from there.',
      '{link} in {node} takes from {sender} only packets from {observed}; this one is from {unlet}.',
      '{link} in {node} has no peer with {address} in its allowed IPs.[ It has: {observed}.]',
    ],
    why: [
      'WireGuard sends to the endpoint that was set, or to where the last packet of the peer came from. There is neither ({homeless}).',
      'The public key is what the peer proves in the handshake. With another one there is no answer ({expected}).',
      'A WireGuard interface listens on one UDP port (listen-port); what comes to another one is none of its packets ({endpoint}).',
      'Both sides must know the public key of the other. WireGuard answers no packet of a key that it does not know ({stranger}).',
      'The allowed IPs of a peer are also the only sources that it may send from; WireGuard drops what has another one ({unlet}).',
      'WireGuard chooses the peer by the destination of the packet: the one whose allowed IPs have it. Without one, sending fails with `Required key not available`.',
    ],
    where: '`{exec}wg show {link}` lists the peers with endpoint, allowed IPs and latest handshake.',
    idea: [
      'Give the peer for {homeless} an endpoint, or let the other side send first.',
      'Replace the peer by one with the key {expected}.',
      'Set the endpoint to the port on which {owner} listens ({endpoint}).',
      'Add {stranger} as a peer: its public key, and {whole} in its allowed IPs.',
      'Add {unlet} to the allowed IPs of the peer in {node}.',
      'Add {address}, or its network, to the allowed IPs of the peer behind which it is.',
    ],
  },
} as const satisfies Record<string, Ladder>;
