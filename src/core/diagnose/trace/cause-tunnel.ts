import type { Finding } from '../../path/model/finding.ts';
import { ownerOf } from '../../path/model/neighbour.ts';
import type { Port } from '../../path/model/segment.ts';
import type { Observation } from '../../state/observation.ts';
import type { Place } from './place.ts';

/** The entry for MAC addresses that have none of their own. */
const anybody = '00:00:00:00:00:00';

/** Whom a VXLAN link sends the frame to, and who has its MAC address. */
export function tunnelCause({ observation, hop, before }: Place, { node, link }: Port): Finding | null {
  const sent = hop.node === node ? hop : before;
  const mac = sent?.after?.destinationMac ?? hop.before?.destinationMac ?? '';
  const state = observation.nodes[node];
  const own = state?.links.find(({ name }) => name === link);
  const entry =
    state?.fdb.find((one) => one.dev === link && one.mac === mac) ??
    state?.fdb.find((one) => one.dev === link && one.mac === anybody);
  const to = entry?.dst ?? own?.details.remote ?? null;
  const right = endOf(observation, mac, own?.details.id ?? '', node);
  if (to !== null && (right === null || right.address === to)) return null;
  const values = {
    ...{ mac, link, observed: to ?? '', expected: to === null ? '' : (right?.address ?? '') },
    owner: right?.node ?? '',
  };
  return { reason: 'wrong-tunnel-end', node, object: mac, values };
}

/** The node behind whose VXLAN link of the same number a MAC address is, and the address of that end. */
function endOf(observation: Observation, mac: string, id: string, except: string) {
  for (const [node, { links }] of Object.entries(observation.nodes)) {
    const tunnel = links.find(({ kind, details }) => kind === 'vxlan' && details.id === id);
    const has = links.some((one) => one.mac === mac);
    const address = tunnel?.details.local;
    if (node === except || !has || address === undefined) continue;
    return { node: ownerOf(observation, address)?.node ?? node, address };
  }
  return null;
}
