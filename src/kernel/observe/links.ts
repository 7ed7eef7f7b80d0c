import type { NodeState, Observation } from '../../core/state/observation.ts';
import type { NodeRecords } from './node-records.ts';

/** Fills in the nodes and names of veth peers and lower links, now that every node has answered. */
export function namePeers(
  nodes: Record<string, NodeState>,
  nodeRecords: ReadonlyMap<string, NodeRecords>,
  names: readonly string[],
): void {
  const links = new Map(
    Object.entries(nodes).map(([name, state]) => [
      name,
      new Map(state.links.map((link) => [link.index, link.name])),
    ]),
  );
  for (const [node, state] of Object.entries(nodes)) {
    const answer = nodeRecords.get(node);
    for (const link of state.links) {
      const other = answer?.others.get(link.name);
      if (answer === undefined || other === undefined) continue;
      const place = other.nsid === null ? node : names[answer.known.get(other.nsid) ?? -1];
      const name = place === undefined ? undefined : links.get(place)?.get(other.index);
      if (place !== undefined && name !== undefined)
        link[link.kind === 'veth' ? 'peer' : 'lower'] = { node: place, link: name };
    }
  }
}

/**
 * Veth ends that are up without carrier although the other end is up too: the kernel still holds back their
 * carrier event (linkwatch, up to 1 s when both ends carry the same ifindex). By node, their numbers.
 */
export function pendingLinks({ nodes }: Observation): Map<string, number[]> {
  const upAt = (node: string, name: string) =>
    nodes[node]?.links.find((link) => link.name === name)?.up ?? false;
  const pending = Object.entries(nodes).map(([name, { links }]): [string, number[]] => [
    name,
    links
      .filter(({ up, carrier, peer }) => up && !carrier && peer !== null && upAt(peer.node, peer.link))
      .map(({ index }) => index),
  ]);
  return new Map(pending.filter(([, links]) => links.length > 0));
}
