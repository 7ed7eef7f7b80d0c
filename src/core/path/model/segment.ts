import type { Link, NodeState, Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { type CrossingReason, closedPort, type FrameKind, lockedOut, notSentBy } from './crossing.ts';
import type { Port } from './port.ts';
import { type TunnelEnd, tunnelEnds } from './tunnel.ts';

export type { Port } from './port.ts';

/** Why frames do not pass a link. */
interface Obstacle extends Port {
  reason: 'link-down' | 'no-carrier' | 'link-missing' | CrossingReason;
  values?: Values;
}

/** A link whose IP layer gets the frame, and the links the frame passed until there, itself the last. */
export interface Receiver extends Port {
  way: Port[];
}

/** Everything a frame sent on a link meets. */
interface Segment {
  /** In the order the frame reaches them. */
  receivers: Receiver[];
  /** Links of a kind this model does not know the other side of (hardware, a tunnel to elsewhere). */
  unknown: Port[];
  /** Tunnels whose other end is a node that has no end for them. */
  astray: TunnelEnd[];
  /** Tunnels that have no other end for such a frame. */
  endless: Port[];
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
  if (link.carrier) return null;
  // What lies on another interface has its carrier.
  const below = link.lower === null ? null : obstacleOf(observation, link.lower);
  return below ?? { ...port, reason: 'no-carrier' };
}

/**
 * Floods a frame from `start` along veth pairs and bridges, as an ARP request goes. With `ideal` links that
 * are down carry frames too: the reach of the wiring, in any state.
 */
export function flood(
  observation: Observation,
  start: Port,
  ideal = false,
  frame: FrameKind = 'broadcast',
): Segment {
  const segment: Segment = { receivers: [], unknown: [], astray: [], endless: [] };
  const seen = new Set<string>();
  const queue: Step[] = [{ port: start, go: 'out', way: [] }];
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const key = `${step.go} ${step.port.node} ${step.port.link}`;
    const link = linkOf(observation, step.port);
    if (seen.has(key) || link === null) continue;
    seen.add(key);
    if (!ideal && obstacleAt(observation, step, frame) !== null) continue;
    const way = [...step.way, step.port];
    queue.push(
      ...(step.go === 'out'
        ? leave(observation, link, step, way, segment, frame)
        : enter(observation, link, step, way, segment)),
    );
  }
  return segment;
}

/** The first thing that stops a frame on a way; null where it gets to its end. */
export function obstacleOn(
  observation: Observation,
  way: readonly Port[],
  frame: FrameKind,
): Obstacle | null {
  for (const [at, port] of way.entries()) {
    const before = way.slice(0, at);
    const go = before.at(-1)?.node === port.node || at === 0 ? ('out' as const) : ('in' as const);
    const obstacle = obstacleAt(observation, { port, go, way: before }, frame);
    if (obstacle !== null) return obstacle;
  }
  return null;
}

function obstacleAt(observation: Observation, step: Step, frame: FrameKind): Obstacle | null {
  const { port, way } = step;
  const [last, before] = [way.at(-1), way.at(-2)];
  const link = linkOf(observation, port);
  // A frame that only passes through a bridge needs no carrier of the bridge itself.
  const through = link?.kind === 'bridge' && last?.node === port.node && step.go === 'out';
  if (through) return link.up ? null : { ...port, reason: 'link-down' };
  const obstacle = obstacleOf(observation, port);
  if (obstacle !== null || link?.port == null) return obstacle;
  // The ports of a bridge that is down are disabled with it.
  const master = findLink(observation.nodes[port.node], link.master);
  if (master !== null && !master.up) return { node: port.node, link: master.name, reason: 'link-down' };
  if (step.go === 'in') {
    const [sender] = way;
    const mac = sender === undefined ? '' : (linkOf(observation, sender)?.mac ?? '');
    const fdb = observation.nodes[port.node]?.fdb ?? [];
    return closedPort(port, link, master) ?? lockedOut(port, link, fdb, mac);
  }
  const cameBy = before?.node === port.node ? linkOf(observation, before) : null;
  return closedPort(port, link, master) ?? notSentBy(port, link, cameBy, frame);
}

/** One move of the frame: out of a link towards the wire, or in from the wire. */
interface Step {
  port: Port;
  go: 'out' | 'in';
  way: Port[];
}

/** A bridge sends the frame out of every port it did not come in by; a veth hands it to its peer. */
function leave(
  observation: Observation,
  link: Link,
  step: Step,
  way: Port[],
  segment: Segment,
  frame: FrameKind,
): Step[] {
  const { node } = step.port;
  if (link.kind === 'bridge') {
    const cameBy = step.way.at(-1);
    const ports = (observation.nodes[node]?.links ?? []).filter((one) => one.master === link.name);
    const back = (one: Link) => cameBy?.node === node && cameBy.link === one.name;
    return ports
      .filter((one) => !back(one) || one.port?.hairpin === true)
      .map((one) => ({ port: { node, link: one.name }, go: 'out', way }));
  }
  if (link.kind === 'veth' && link.peer !== null) return [{ port: link.peer, go: 'in', way }];
  if (stacked.includes(link.kind) && link.lower !== null) {
    const siblings = link.details.mode === 'bridge' ? uppersOf(observation, link.lower) : [];
    const alike = (one: Port) =>
      link.kind !== 'macvlan' || linkOf(observation, one)?.details.mode === 'bridge';
    return [
      { port: link.lower, go: 'out', way },
      ...siblings
        .filter((one) => (one.node !== node || one.link !== link.name) && alike(one))
        .map((port): Step => ({ port, go: 'in', way })),
    ];
  }
  if (link.kind === 'vxlan') return enterTunnel(observation, link, step, way, segment, frame);
  if (link.kind !== 'loopback') segment.unknown.push(step.port);
  return [];
}

/**
 * The packet that carries the frame to the other end is another one: carrier.ts decides whether it arrives.
 */
function enterTunnel(
  observation: Observation,
  link: Link,
  { port }: Step,
  way: Port[],
  segment: Segment,
  frame: FrameKind,
): Step[] {
  const ends = tunnelEnds(observation, port, link, frame === 'known');
  if (ends === null) segment.unknown.push(port);
  if (ends?.length === 0) segment.endless.push(port);
  segment.astray.push(...(ends ?? []).filter(({ to }) => to === null));
  return (ends ?? []).flatMap(({ to }): Step[] => (to === null ? [] : [{ port: to, go: 'in', way }]));
}

/** Kinds whose frames go out by the link below as they are. */
const stacked = ['macvlan', 'ipvlan'];

/** The links that lie on one: they get its incoming frames. */
function uppersOf({ nodes }: Observation, { node, link }: Port): Port[] {
  const uppers: Port[] = [];
  // Of every port that a frame is flooded to, so nothing is made of those that lie on none.
  for (const name in nodes)
    for (const one of nodes[name]?.links ?? [])
      if (one.lower?.link === link && one.lower.node === node && stacked.includes(one.kind))
        uppers.push({ node: name, link: one.name });
  return uppers;
}

/** A bridge's port hands the frame to the bridge, which also sends it on; any other link to its IP layer, and to the links on it. */
function enter(observation: Observation, link: Link, step: Step, way: Port[], segment: Segment): Step[] {
  if (link.master === null) {
    segment.receivers.push({ ...step.port, way });
    return stacked.includes(link.kind)
      ? []
      : uppersOf(observation, step.port).map((port) => ({ port, go: 'in', way }));
  }
  const bridge = { node: step.port.node, link: link.master };
  return [
    { port: bridge, go: 'in', way },
    { port: bridge, go: 'out', way },
  ];
}
