import { holds } from '../../state/ip.ts';
import type { Link, Observation } from '../../state/observation.ts';
import type { Finding } from './finding.ts';
import { flood, linkOf, type Port, type Receiver } from './segment.ts';

/**
 * Two nodes of one network whose cables end at different bridges of a third: a port of one of them is to be a port of the
 * other, which has an address of the network, or more ports.
 */
export function otherBridge(
  observation: Observation,
  start: Port,
  owner: Port,
  address: string,
): Finding | null {
  const asked = linkOf(observation, start);
  // A prefix that is too wide takes addresses of another network for neighbours.
  const mutual =
    asked?.addresses.some((one) => isNeighbour(linkOf(observation, owner), one.address)) === true;
  if (!mutual || !isNeighbour(asked, address)) return null;
  const here = bridgesOn(observation, start);
  for (const there of bridgesOn(observation, owner)) {
    const own = here.find(({ node, link }) => node === there.node && link !== there.link);
    if (own === undefined) continue;
    const weight = ({ node, link }: Port) => {
      const bridge = linkOf(observation, { node, link });
      const ports = observation.nodes[node]?.links.filter(({ master }) => master === link).length ?? 0;
      return (isNeighbour(bridge, address) ? 1000 : 0) + ports;
    };
    const [kept, left] = weight(there) > weight(own) ? [there, own] : [own, there];
    const port = left.way.findLast(
      (one) => one.node === left.node && linkOf(observation, one)?.master === left.link,
    );
    // A bridge with an address is a router's way into another network: the node's own address may be what is wrong.
    if (port === undefined || isAddressed(linkOf(observation, left))) continue;
    const values = { link: port.link, expected: kept.link, observed: left.link, otherBridge: left.link };
    return { reason: 'not-attached', node: port.node, object: port.link, values };
  }
  return null;
}

const isAddressed = (bridge: Link | null): boolean =>
  bridge?.addresses.some(({ scope }) => scope === 'global') === true;

const isNeighbour = (link: Link | null, address: string): boolean =>
  (link?.addresses ?? []).some((one) => holds(`${one.address}/${one.prefix}`, address));

const bridgesOn = (observation: Observation, port: Port): Receiver[] =>
  flood(observation, port, true).receivers.filter((one) => linkOf(observation, one)?.kind === 'bridge');
