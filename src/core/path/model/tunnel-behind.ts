import type { Observation } from '../../state/observation.ts';
import { ownersOf } from './routing.ts';
import { flood, linkOf } from './segment.ts';

/**
 * The node behind whose VXLAN link of the same number a MAC address is, and the address of that end: the node has it
 * itself, or a link on the wire of the bridge that the tunnel is a port of.
 */
export function endOf(observation: Observation, mac: string, id: string, except: string) {
  for (const [node, { links }] of Object.entries(observation.nodes)) {
    const tunnel = links.find(({ kind, details }) => kind === 'vxlan' && details.id === id);
    const address = tunnel?.details.local;
    if (node === except || tunnel === undefined || address === undefined) continue;
    const has = links.some((one) => one.mac === mac) || bridged(observation, node, tunnel.master, mac);
    if (has) return { node: ownersOf(observation, address)[0] ?? node, address };
  }
  return null;
}

/** Not across another tunnel. */
function bridged(observation: Observation, node: string, bridge: string | null, mac: string): boolean {
  if (bridge === null) return false;
  return flood(observation, { node, link: bridge }, true).receivers.some(
    (port) =>
      linkOf(observation, port)?.mac === mac &&
      port.way.every((passed) => linkOf(observation, passed)?.kind !== 'vxlan'),
  );
}
