import { closedBy } from '../../path/model/forwarding.ts';
import type { Finding } from '../../path/model/neighbour.ts';
import { isLocal } from '../../path/model/routing.ts';
import type { TracedPacket } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';

/**
 * The tables say that nobody has the next address, but the packet came to a node all the same: its sender still
 * knew the MAC address of one that had it before. That node does not take it in; why it does not pass it on is in
 * its own settings. Null where it is not so.
 */
export function staleNeighbour(
  { observation }: Recording,
  finding: Finding | null,
  { hops, end }: TracedPacket,
): Finding | 'unknown' | null {
  const [last, header] = [hops.at(-1), hops.at(-1)?.before];
  const state = observation.nodes[end.node];
  const arrived = last !== undefined && last.layer === 'ip' && last.in !== null && last.out === null;
  if (finding?.reason !== 'neighbour-silent' || finding.node === end.node || !arrived) return null;
  if (header == null || state === undefined || isLocal(state, header.destination)) return null;
  const key = closedBy(state, header.destination, last.in);
  if (key === null) return 'unknown';
  const values = { key, expected: '1', observed: state.sysctls[key] ?? '', dst: header.destination };
  return { reason: 'forwarding-off', node: end.node, object: key, values };
}
