import type { CheckPhrases, Ladder } from '../../core/explain/words.ts';

/** The way a packet takes. */
export const paths = {
  'other-path': {
    what: 'The packet from {from} to {to} goes by {observed}. It should pass {missed}[, in the order {expected}].',
    why: 'Every node on the way decides by itself where the packet goes next. It is their routes that make the way.',
    where: '`hoplab trace {from} {to}` shows the way; `ip route get {to}` in each node on it says why.',
    idea: 'Find the first node that sends the packet another way, and correct its route.',
  },
  'enters-node': {
    what: 'The packet from {from} to {to} comes to {entered} ({observed}). It should never come there.',
    why: 'Whoever is on the way sees the packet, may change it, and must work.',
    where: '`hoplab trace {from} {to}` shows the way; `ip route get {to}` in each node on it says why.',
    idea: 'Look at the node in front of {entered}: which route or rule sends the packet there?',
  },
  'other-way-back': {
    what: 'The request goes via {way}; the reply comes back via {observed}.',
    why: 'Conntrack, NAT and reverse path filters see only half of a connection whose answer comes another way.',
    where:
      '`hoplab trace {from} {to}` shows both ways; `ip route` in the receiver and the routers says where the answer goes.',
    idea: 'Correct the route by which the answer leaves the receiver, or a router on its way.',
  },
} as const satisfies Record<string, Ladder>;

export const pathPhrases = {
  path: {
    expected: 'The way of a packet from {from} to {to}: {wish}.',
    negated: 'The way of a packet from {from} to {to}: {wish}.',
    observed: 'A packet from {from} to {to} went by {fact}.',
  },
  nat: {
    expected: '{at} translates a packet from {from} to {to}: {wish}.',
    observed: 'Translated at {at}: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;
