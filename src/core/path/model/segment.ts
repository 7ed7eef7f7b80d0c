import type { Link, NodeState, Observation } from '../../state/observation.ts';

/** A link of a node. */
export interface Port {
  node: string;
  link: string;
}

/** Why frames do not pass a link. */
export interface Obstacle extends Port {
  reason: 'link-down' | 'no-carrier' | 'link-missing';
}

/** A link whose IP layer gets the frame, and the links the frame passed until there, itself the last. */
export interface Receiver extends Port {
  way: Port[];
}

/** Everything a frame sent on a link meets. */
export interface Segment {
  /** In the order the frame reaches them. */
  receivers: Receiver[];
  /** Links of a kind this model does not know the other side of (vxlan, macvlan, hardware). */
  unknown: Port[];
}

export function linkOf(observation: Observation, port: Port): Link | null {
  return findLink(observation.nodes[port.node], port.link);
}

export function findLink(node: NodeState | undefined, name: string | null): Link | null {
  return node?.links.find((link) => link.name === name) ?? null;
}

/** Why a frame cannot pass a link; null where it can. */
export function obstacleOf(observation: Observation, port: Port): Obstacle | null {
  const link = linkOf(observation, port);
  if (link === null) return { ...port, reason: 'link-missing' };
  if (!link.up) return { ...port, reason: 'link-down' };
  return link.carrier ? null : { ...port, reason: 'no-carrier' };
}

/**
 * Floods a frame from `start` along veth pairs and bridges, as an ARP request goes. With `ideal` links that
 * are down carry frames too: what the wiring allows, whatever the state.
 */
export function flood(observation: Observation, start: Port, ideal = false): Segment {
  const segment: Segment = { receivers: [], unknown: [] };
  const seen = new Set<string>();
  const queue: Step[] = [{ port: start, go: 'out', way: [] }];
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const key = `${step.go} ${step.port.node} ${step.port.link}`;
    const link = linkOf(observation, step.port);
    if (seen.has(key) || link === null) continue;
    seen.add(key);
    if (!ideal && obstacleOf(observation, step.port) !== null) continue;
    const way = [...step.way, step.port];
    queue.push(
      ...(step.go === 'out' ? leave(observation, link, step, way, segment) : enter(link, step, way, segment)),
    );
  }
  return segment;
}

/** One move of the frame: out of a link towards the wire, or in from the wire. */
interface Step {
  port: Port;
  go: 'out' | 'in';
  way: Port[];
}

/** A bridge sends the frame out of every port it did not come in by; a veth hands it to its peer. */
function leave(observation: Observation, link: Link, step: Step, way: Port[], segment: Segment): Step[] {
  const { node } = step.port;
  if (link.kind === 'bridge') {
    const cameBy = step.way.at(-1);
    const ports = (observation.nodes[node]?.links ?? []).filter((one) => one.master === link.name);
    return ports
      .filter((one) => cameBy?.node !== node || cameBy.link !== one.name)
      .map((one) => ({ port: { node, link: one.name }, go: 'out', way }));
  }
  if (link.kind === 'veth' && link.peer !== null) return [{ port: link.peer, go: 'in', way }];
  if (link.kind !== 'loopback') segment.unknown.push(step.port);
  return [];
}

/** A bridge's port hands the frame to the bridge, which also sends it on; any other link to its IP layer. */
function enter(link: Link, step: Step, way: Port[], segment: Segment): Step[] {
  if (link.master === null) {
    segment.receivers.push({ ...step.port, way });
    return [];
  }
  const bridge = { node: step.port.node, link: link.master };
  return [
    { port: bridge, go: 'in', way },
    { port: bridge, go: 'out', way },
  ];
}
