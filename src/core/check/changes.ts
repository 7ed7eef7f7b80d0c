import type { Check, CheckKind } from './check.ts';

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
 * A packet's way depends on everything but what its own probe changes: were it asked again whenever a neighbour
 * is learned, it would be asked for ever.
 */
const packets = [
  ...(['nodes', 'links', 'addresses', 'routes', 'permanent-neighbours', 'rules', 'sysctls'] as const),
  'listeners',
] as const;
const names = [...packets, 'files'] as const;

/** Of each kind of check, the changes that may turn its verdict: a kind without a row does not compile. */
const dependencies: { [K in CheckKind]: readonly ChangeKind[] } = {
  netns: ['nodes'],
  link: ['nodes', 'links'],
  address: ['nodes', 'links', 'addresses'],
  route: ['nodes', 'links', 'addresses', 'routes'],
  neighbour: ['nodes', 'links', 'addresses', 'neighbours', 'permanent-neighbours'],
  // Some settings exist per link.
  sysctl: ['nodes', 'links', 'sysctls'],
  rule: ['nodes', 'rules'],
  ping: names,
  http: names,
  seen: names,
  tcp: names,
  distribution: names,
  tls: names,
  path: names,
  nat: names,
  dns: names,
  resolve: names,
  cached: names,
  file: ['nodes', 'files'],
  listener: ['nodes', 'listeners'],
  process: ['nodes', 'processes'],
  // A command line may ask for anything.
  command: [...names, 'processes'],
};

export function dependsOn(check: Check, changes: ReadonlySet<ChangeKind>): boolean {
  return dependencies[check.kind].some((kind) => changes.has(kind));
}

/** The checks to ask again: those whose answer may be another, and those that wait for one of them. */
export function affected(checks: readonly Check[], changes: ReadonlySet<ChangeKind>): Check[] {
  const ids = new Set(checks.filter((check) => dependsOn(check, changes)).map(({ id }) => id));
  for (let size = -1; size < ids.size; ) {
    size = ids.size;
    for (const { id, needs } of checks) if (needs.some((need) => ids.has(need))) ids.add(id);
  }
  return checks.filter(({ id }) => ids.has(id));
}
