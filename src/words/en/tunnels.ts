import type { Ladder } from '../../core/explain/words.ts';

/** What carries packets inside others. */
export const tunnels = {
  'wrong-tunnel-end': {
    what: [
      '{link} in {node} sends its packets from {unowned} (local), which is no address of {node}: so the kernel sends none.',
      '{link} in {node} sends its packets to {nowhere}, which no node has; the other end of this tunnel is {expected} ({owner}).',
      '{link} in {node} sends frames for all to the group {group}. No router passes packets for a group on by itself, and the other end, {expected} ({owner}), is in another network.',
      '{link} in {node} sends frames for {mac} to {observed}; {mac} is behind {expected} ({owner}).',
      '{link} in {node} has no entry for frames to all ({mac}), and was made without a remote. So the question for {unasked} does not leave; {unasked} is behind {expected} ({owner}).',
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
