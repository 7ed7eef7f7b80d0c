import { sameAddress } from '../../state/ip.ts';
import type { Observation } from '../../state/observation.ts';
import type { Reason } from '../../verdict/reasons.ts';
import type { Values } from '../../verdict/verdict.ts';
import { isLocal } from './routing.ts';
import { flood, linkOf, obstacleOf, type Port, type Receiver, type Segment } from './segment.ts';

/** What is wrong, where, and the values its words need. */
export interface Finding {
  reason: Reason;
  node: string;
  object: string | null;
  values: Values;
}

/** Who answers for an address on a link: one owner, a finding, or a link the model cannot see behind. */
export type Neighbourhood =
  | { kind: 'owner'; port: Receiver }
  | { kind: 'finding'; finding: Finding }
  | { kind: 'unknown'; port: Port };

/** Asks on the wire for an address, as ARP does: every node that has it anywhere answers (arp_ignore 0). */
export function neighbour(observation: Observation, start: Port, address: string): Neighbourhood {
  const finding = leaving(observation, start);
  if (finding !== null) return { kind: 'finding', finding };
  const segment = flood(observation, start);
  const owners = answering(observation, start, address, segment);
  const nodes = [...new Set(owners.map((port) => port.node))];
  const [first] = owners;
  if (first !== undefined && nodes.length === 1) return { kind: 'owner', port: first };
  if (first !== undefined) return { kind: 'finding', finding: duplicate(first, address, nodes) };
  const [unknown] = segment.unknown;
  if (unknown !== undefined) return { kind: 'unknown', port: unknown };
  return { kind: 'finding', finding: unreached(observation, start, address) };
}

/** Why nothing can leave by this link at all; null where it can. */
function leaving(observation: Observation, start: Port): Finding | null {
  const obstacle = obstacleOf(observation, start);
  if (obstacle !== null) return obstacleFinding(observation, obstacle.reason, start);
  const master = linkOf(observation, start)?.master ?? null;
  if (master === null) return null;
  // Answers to a bridge's port go to the bridge: an address or route on the port itself hears nothing.
  const values = { observed: start.link, expected: master, bridge: master };
  return { reason: 'wrong-device', node: start.node, object: start.link, values };
}

function answering(observation: Observation, start: Port, address: string, segment: Segment): Receiver[] {
  const entry = observation.nodes[start.node]?.neighbours.find(
    (one) => one.dev === start.link && one.state === 'PERMANENT' && sameAddress(one.address, address),
  );
  if (entry === undefined) {
    return segment.receivers.filter((port) => isLocal(observation.nodes[port.node] ?? nowhere, address));
  }
  return segment.receivers.filter((port) => linkOf(observation, port)?.mac === entry.mac);
}

const nowhere = {
  kind: 'netns' as const,
  links: [],
  routes: [],
  neighbours: [],
  sysctls: {},
  rules: { ipv4: '', ipv6: '' },
  listeners: [],
};

function duplicate(first: Port, address: string, nodes: string[]): Finding {
  return {
    reason: 'duplicate-address',
    node: first.node,
    object: address,
    values: { address, nodes: nodes.join(', ') },
  };
}

/** Nobody answers: the first thing on the way to the address's owner that stops the question. */
function unreached(observation: Observation, start: Port, address: string): Finding {
  const wired = flood(observation, start, true).receivers.find((port) =>
    isLocal(observation.nodes[port.node] ?? nowhere, address),
  );
  for (const port of wired?.way ?? []) {
    const obstacle = obstacleOf(observation, port);
    if (obstacle !== null) return obstacleFinding(observation, obstacle.reason, port);
  }
  const owner = ownerOf(observation, address);
  const loose = [start, owner].find((end) => end !== null && danglingPeer(observation, end) !== null);
  const dangling = loose === undefined || loose === null ? null : danglingPeer(observation, loose);
  if (dangling !== null && owner !== null) return notAttached(observation, dangling);
  const elsewhere = owner === null ? '' : `${owner.node}:${owner.link}`;
  return {
    reason: 'neighbour-silent',
    node: start.node,
    object: address,
    values: { address, link: start.link, elsewhere },
  };
}

/** The link that has an address, wherever it is. */
export function ownerOf(observation: Observation, address: string): Port | null {
  for (const [node, state] of Object.entries(observation.nodes)) {
    const link = state.links.find((one) => one.addresses.some((own) => sameAddress(own.address, address)));
    if (link !== undefined) return { node, link: link.name };
  }
  return null;
}

/** The far end of a veth, where it hangs loose beside a bridge: no port of it, and without address. */
function danglingPeer(observation: Observation, end: Port): Port | null {
  const peer = linkOf(observation, end)?.peer ?? null;
  if (peer === null) return null;
  const link = linkOf(observation, peer);
  if (link === null || link.master !== null || link.addresses.some((one) => one.family === 'ipv4'))
    return null;
  return bridgeOf(observation, peer.node) === null ? null : peer;
}

function bridgeOf(observation: Observation, node: string): string | null {
  return observation.nodes[node]?.links.find((link) => link.kind === 'bridge')?.name ?? null;
}

function notAttached(observation: Observation, port: Port): Finding {
  const expected = bridgeOf(observation, port.node) ?? '';
  return {
    reason: 'not-attached',
    node: port.node,
    object: port.link,
    values: { link: port.link, expected, observed: '-' },
  };
}

/** A link that is down, or whose other end is. */
export function obstacleFinding(observation: Observation, reason: Reason, port: Port): Finding {
  const peer = linkOf(observation, port)?.peer ?? null;
  const values: Values = { link: port.link, peer: peer === null ? '' : `${peer.node}:${peer.link}` };
  return { reason, node: port.node, object: port.link, values };
}
