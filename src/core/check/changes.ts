/** The kinds of change in a machine that the kernel distinguishes. */
export const changeKinds = [
  /** A network namespace has come or gone. */
  'nodes',
  'links',
  'addresses',
  /** Routes, policy rules and next hops. */
  'routes',
  /** Neighbour entries that a node has learned; every probe adds or refreshes some. */
  'neighbours',
  /** Neighbours that were configured by hand. */
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
 * The state that decides a packet's path and the resolution of its names, except the state that a probe
 * itself changes: a check asked again for each learned neighbour would never rest.
 */
export const anyPacket = [
  ...(['nodes', 'links', 'addresses', 'routes', 'permanent-neighbours', 'rules', 'sysctls'] as const),
  ...(['listeners', 'files'] as const),
] as const;
