import type { Observation } from '../../state/observation.ts';
import { notSentBy } from './crossing.ts';
import type { Finding } from './finding.ts';
import { flood, linkOf, type Port } from './segment.ts';
import { anybody } from './tunnel.ts';
import { endOf } from './tunnel-behind.ts';

/**
 * The answer to a question for a MAC address is for the asker alone: a port that does not learn, and gets no frames of
 * unknown address, never gets it.
 */
export function answerNotFlooded(
  observation: Observation,
  asker: Port,
  answerer: Port,
  address: string,
): Finding | null {
  const mac = linkOf(observation, asker)?.mac;
  const back = flood(observation, answerer, true).receivers;
  const way = back.find(({ node, link }) => node === asker.node && link === asker.link)?.way ?? [];
  for (const [at, port] of way.entries()) {
    const [bridge, cameBy] = [way[at - 1], way[at - 2]];
    const link = linkOf(observation, port);
    if (link?.port == null || link.master !== bridge?.link || bridge.node !== port.node) continue;
    const fdb = observation.nodes[port.node]?.fdb ?? [];
    if (link.port.learning || fdb.some((one) => one.mac === mac && one.dev === link.name)) continue;
    const from = cameBy?.node === port.node ? linkOf(observation, cameBy) : null;
    const closed = notSentBy(port, link, from, 'unicast');
    if (closed === null) continue;
    const values = { ...closed.values, unlearned: link.name, address };
    return { reason: closed.reason, node: closed.node, object: closed.link, values };
  }
  return null;
}

/** A question does not leave by a tunnel that has no end for frames to all. */
export function questionKept(
  observation: Observation,
  tunnels: readonly Port[],
  owner: Port | null,
  address: string,
): Finding | null {
  const mac = owner === null ? undefined : linkOf(observation, owner)?.mac;
  for (const { node, link } of tunnels) {
    const right = endOf(observation, mac ?? '', linkOf(observation, { node, link })?.details.id ?? '', node);
    if (right === null) continue;
    const values = {
      mac: anybody,
      everyone: anybody,
      link,
      unasked: address,
      expected: right.address,
      owner: right.node,
    };
    return { reason: 'wrong-tunnel-end', node, object: anybody, values };
  }
  return null;
}
