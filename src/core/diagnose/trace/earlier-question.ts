import type { TracedPath } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';

/**
 * Whether a packet waited for a question that was asked before it, and may have ended with that one: the kernel throws
 * all packets of an entry away when its last question stays without an answer (neigh_timer_handler), and asks anew for
 * the next packet only.
 */
export const waitedForEarlier = ({ observation }: Recording, { end, packets }: TracedPath): boolean =>
  end.kind !== 'delivered' &&
  packets.some(({ hops }) =>
    hops.some(
      ({ node, out, resolution }) =>
        out === null &&
        resolution === null &&
        observation.nodes[node]?.neighbours.some(({ state }) => state === 'INCOMPLETE'),
    ),
  );
