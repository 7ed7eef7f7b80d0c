/** What may change in a machine, as far as the kernel tells it apart. */
export const changeKinds = [
  /** A network namespace has come or gone. */
  'nodes',
  'links',
  'addresses',
  /** Routes, policy rules and next hops. */
  'routes',
  /** What a node has learned of the addresses on its wires; every probe teaches it something. */
  'neighbours',
  /** Neighbours that somebody typed. */
  'permanent-neighbours',
  'rules',
  'sysctls',
  /** Files in /etc, of any node. */
  'files',
  'listeners',
  'processes',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/**
 * What decides about a packet, and about the names it is sent to: everything but what its own probe changes. Were
 * it asked again whenever a neighbour is learned, it would never rest.
 */
export const anyPacket = [
  ...(['nodes', 'links', 'addresses', 'routes', 'permanent-neighbours', 'rules', 'sysctls'] as const),
  ...(['listeners', 'files'] as const),
] as const;
