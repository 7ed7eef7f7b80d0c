import type { CheckPhrases, Ladder } from '../../core/explain/words.ts';

/** Programs and probes: which one answers, and what follows if none does. */
export const probes = {
  'no-listener': {
    what: 'Nothing listens on {protocol} port {port} in {node}.[ A rule nearly fits the packet: `{nearly}`; `{condition}` keeps it from matching.][ {node} takes {address} for its own only because of its route `{taken}`.]',
    why: 'The packet arrives, but no program waits for it, and the kernel refuses the connection.',
    where: '`{exec}ss -ltnu` lists the listening sockets of {node}.',
    idea: 'Start the server in {node}, or send the packet to the node and port where it runs.',
  },
  'port-closed': {
    what: 'In {node} a program listens on {observed}, but not on {address}.',
    why: 'A program that listens on one address only does not receive packets for another address of its node.',
    where: '`{exec}ss -ltn` shows the local address of every listening socket.',
    idea: 'Let the program listen on {address}, or on all addresses (0.0.0.0).',
  },
  'wrong-status': {
    what: '{url} answers with status {observed}; it should be {expected}.',
    why: 'The network works: packets passed in both directions. The server itself refused.',
    where: "`{exec}curl -i {url}` shows the whole answer; the server's log says why.",
    idea: 'Look at which server answers, and at its configuration.',
  },
  'wrong-body': {
    what: '{url} answers, but without `{expected}`. It begins with `{observed}`.',
    why: 'A response only proves that some server sent it. This is not the expected one.',
    where: '`{exec}curl -i {url}` shows the whole answer.',
    idea: 'Find out which server answers: rules may have sent the packet elsewhere.',
  },
  'unexpected-reply': {
    what: [
      '{from} opens a connection to {to}, port {open}; it should not ({expect} was expected).',
      '{to} replies to {from}; it should not ({expect} was expected).',
    ],
    why: [
      'A host that reaches the port can use the program behind it.',
      'If a reply gets through, the namespaces are not isolated.',
    ],
    where: [
      '`hoplab trace --details {from} --tcp {open} {to}` names the rules that the connection meets, and the program that answers.',
      '`{ip} route get {to}` shows the path the packets take.',
    ],
    idea: [
      'Find what opens the port: a program that listens on too many addresses, a rule that translates or accepts it, or a rule that should drop it and does not match.',
      'Find out why packets get through: a route, an interface or a rule that should not be there yet.',
    ],
  },
  'other-reason': {
    what: 'It fails, as it should, but for another reason: {actual} instead of {expect}. {actualWhat}',
    why: 'A failure proves something only if it fails for the right reason.',
    where: '{actualWhere}',
    idea: '{actualIdea}',
  },
  'no-answer': {
    what: '{from} gets no reply from {to} ({said}), and nothing in the current state explains it.[ It may depend on `{undecided}`.][ {suspect} was considered, but the packets do not match it.]',
    why: 'hoplab names a cause only where the state and the packets agree.',
    where: '`{exec}tcpdump -n -i any host {to}` in each node on the way shows how far the packets get.',
    idea: 'Follow the packet from node to node, and look at the first one that does not pass it on.',
  },
  'control-failed': {
    what: [
      'The control `{controlRun}`, with the same rights, failed too ({controlSaid}), so this failure proves nothing yet.',
      'The control failed too: {controlFrom} does not find the name {controlName} ({controlSaid}), so this failure proves nothing yet.',
      'The control ping from {controlFrom} to {controlTo} failed too ({controlSaid}), so this failure proves nothing yet.',
      'There is no control ping, so this failure proves nothing.',
    ],
    why: 'A failure means something only if a similar connection that should work does work.',
    where: [
      '`{controlRun}` must succeed.',
      '`getent ahosts {controlName}` in {controlFrom} must find the name.',
      '`ping -c 1 {controlTo}` in {controlFrom} is the ping that must work.',
      'The lab lacks a control for this check.',
    ],
    idea: [
      'First make this work: {controlRun}',
      'First make {controlFrom} find {controlName}.',
      'First make {controlTo} reply to {controlFrom}.',
      'This is for the author of the lab, not for you.',
    ],
  },
  'tool-failed': {
    what: [
      '{unseen} This says nothing about your work.',
      "hoplab's own tool failed[: `{tool}`]. This says nothing about your work.",
    ],
    why: 'hoplab judges only what it has really tested.',
    where: '`hoplab doctor` shows what this VM lacks.',
    idea: 'Check again; if that does not help, reset the step.',
  },
} as const satisfies Record<string, Ladder>;

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

export const pathPhrases = {
  path: {
    expected: 'The path of a packet from {from} to {to}: {wish}.',
    negated: 'The path of a packet from {from} to {to}: {wish}.',
    observed: 'A packet from {from} to {to} went by {fact}.',
  },
  nat: {
    expected: '{at} translates a packet from {from} to {to}: {wish}.',
    observed: 'Translated at {at}: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;
