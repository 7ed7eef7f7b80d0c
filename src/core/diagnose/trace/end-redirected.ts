import { isLocal, ownersOf } from '../../path/model/routing.ts';
import type { TracedHop } from '../../path/recording/hop.ts';
import { sameAddress } from '../../state/ip.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { EndFacts, Ending } from './end-finding.ts';

/**
 * A node that sends a packet to another neighbour than its route names: an ICMP redirect told it to, and it keeps that
 * for this destination for five minutes (`ip route get` shows it as `<redirected>`).
 */
export function redirected({ recording, packets }: Ending, ended: EndFacts): Values {
  if (ended.kind === 'delivered') return {};
  for (const { hops, direction } of packets) {
    if (direction !== ended.direction) continue;
    for (const hop of hops) {
      const told = toldBy(recording.observation.nodes, hop);
      if (told !== null) return told;
    }
  }
  return {};
}

function toldBy(nodes: Ending['recording']['observation']['nodes'], hop: TracedHop): Values | null {
  const { node: name, route, out, after, layer, tunnel } = hop;
  const node = nodes[name];
  const via = route?.via ?? null;
  if (node === undefined || via === null || out === null || layer !== 'ip' || tunnel !== null) return null;
  const mac = after?.destinationMac ?? null;
  const near = node.neighbours.filter(({ dev }) => dev === out);
  const known = near.find(({ address }) => sameAddress(address, via));
  const taken = near.find((one) => one.mac === mac && !sameAddress(one.address, via));
  if (mac === null || taken === undefined || known?.mac === mac || isLocal(node, taken.address)) return null;
  const right = ownersOf({ nodes }, via).some((owner) =>
    nodes[owner]?.links.some((link) => link.mac === mac),
  );
  if (right || sameAddress(taken.address, after?.destination ?? '')) return null;
  const family = via.includes(':') ? '-6 ' : '';
  return {
    redirectedIn: name,
    toldHop: taken.address,
    ownHop: via,
    forgetting: `${family}route flush cache`,
  };
}
