import type { Link, NodeState, Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { type CrossingReason, closedPort, type FrameKind, lockedOut, notSentBy } from './crossing.ts';
import type { Port } from './port.ts';
import { frameProtocol, type TunnelEnd, tunnelEnds } from './tunnel.ts';
import { letIn, letOut, notInVlan, type Tags, unclaimed, vlansOn } from './vlan.ts';

export type { Port } from './port.ts';

/** Why frames do not pass a link. */
interface Obstacle extends Port {
  reason: 'link-down' | 'no-carrier' | 'link-missing' | 'other-vlan' | CrossingReason;
  values?: Values;
}

/** A link whose IP layer gets the frame, and the links the frame passed until there, itself the last. */
export interface Receiver extends Port {
  way: Passed[];
}

/** A link that a frame passed: towards the wire or from it, with the tags it had as it came there. */
interface Passed extends Port {
  go: 'out' | 'in';
  tags: Tags;
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

/** The other end of a link; `downPeer` where it is down: why the link has no carrier. */
export function otherEnd(observation: Observation, link: Link | null): { peer: string; downPeer: string } {
  const end = link?.peer ?? null;
  const peer = end === null ? '' : `${end.node}:${end.link}`;
  const down = end !== null && linkOf(observation, end)?.up === false;
  return { peer, downPeer: down ? peer : '' };
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
  const queue: Step[] = [{ port: start, go: 'out', tags: [], way: [] }];
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const key = `${step.go} ${step.port.node} ${step.port.link} ${step.tags}`;
    const link = linkOf(observation, step.port);
    if (seen.has(key) || link === null) continue;
    seen.add(key);
    const stops = () => obstacleAt(observation, step, frame) ?? vlanObstacle(observation, step, false);
    if (!ideal && stops() !== null) continue;
    const { go, tags } = step;
    const way = [...step.way, { ...step.port, go, tags }];
    queue.push(
      ...(step.go === 'out'
        ? leave(observation, link, step, way, segment, frame)
        : enter(observation, link, step, way, segment, ideal)),
    );
  }
  return segment;
}

/** The first thing that stops a frame on a way; null where it gets to its end. */
export function obstacleOn(
  observation: Observation,
  way: readonly Passed[],
  frame: FrameKind,
): Obstacle | null {
  for (const [at, { go, tags, ...port }] of way.entries()) {
    const step: Step = { port, go, tags, way: way.slice(0, at) };
    const after = way.slice(at + 1).find(({ node }) => node !== port.node);
    const tagged = after !== undefined && vlansOn(observation, after).some(({ id }) => id === tags[0]);
    const obstacle = obstacleAt(observation, step, frame) ?? vlanObstacle(observation, step, tagged);
    if (obstacle !== null) return obstacle;
  }
  const last = way.at(-1);
  return last === undefined || isVlan(observation, last) ? null : unclaimed(observation, last, last.tags);
}

const isVlan = (observation: Observation, port: Port) => linkOf(observation, port)?.kind === 'vlan';

/** A bridge that keeps VLANs apart, and a port or its own interface that is not in the frame's. */
function vlanObstacle(observation: Observation, step: Step, tagged: boolean): Obstacle | null {
  const { port, go, tags, way } = step;
  const [link, before] = [linkOf(observation, port), way.at(-1)];
  if (link === null) return null;
  const master = findLink(observation.nodes[port.node], link.master);
  const inside = before?.node === port.node && before.link === link.master;
  if (go === 'out' && master !== null)
    return inside && letOut(master, link, tags) === null ? notInVlan(port, master, link, tags, tagged) : null;
  const claimed = tags.length > 0 && vlansOn(observation, port).some(({ id }) => id === tags[0]);
  if (go === 'in' && master !== null)
    return claimed || letIn(master, link, tags) !== null ? null : notInVlan(port, master, link, tags, tagged);
  if (link.kind !== 'bridge') return null;
  const own =
    go === 'in'
      ? letOut(link, link, tags)
      : isPortOf(observation, before, port)
        ? tags
        : letIn(link, link, tags);
  return own === null ? notInVlan(port, link, link, tags, tagged) : null;
}

function isPortOf(observation: Observation, port: Port | undefined, bridge: Port): boolean {
  return port?.node === bridge.node && linkOf(observation, port)?.master === bridge.link;
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
  tags: Tags;
  way: Passed[];
}

/** A bridge sends the frame out of every port it did not come in by; a veth hands it to its peer. */
function leave(
  observation: Observation,
  link: Link,
  step: Step,
  way: Passed[],
  segment: Segment,
  frame: FrameKind,
): Step[] {
  const { node } = step.port;
  if (link.kind === 'bridge') {
    const cameBy = step.way.at(-1);
    const passing = isPortOf(observation, cameBy, step.port);
    const inside = passing ? step.tags : (letIn(link, link, step.tags) ?? step.tags);
    const ports = (observation.nodes[node]?.links ?? []).filter((one) => one.master === link.name);
    const back = (one: Link) => cameBy?.node === node && cameBy.link === one.name;
    return ports
      .filter((one) => !back(one) || one.port?.hairpin === true)
      .map((one) => ({ port: { node, link: one.name }, go: 'out', tags: inside, way }));
  }
  const master = findLink(observation.nodes[node], link.master);
  const before = step.way.at(-1);
  const switched = before?.node === node && before.link === link.master;
  const tags = switched ? (letOut(master, link, step.tags) ?? step.tags) : step.tags;
  if (link.kind === 'veth' && link.peer !== null) return [{ port: link.peer, go: 'in', tags, way }];
  // In a circle of bridges each round would add a tag.
  if (link.kind === 'vlan' && link.lower !== null && tags.length >= mostTags) return [];
  if (link.kind === 'vlan' && link.lower !== null)
    return [{ port: link.lower, go: 'out', tags: [Number(link.details.id), ...tags], way }];
  if (stacked.includes(link.kind) && link.lower !== null) {
    const siblings = link.details.mode === 'bridge' ? uppersOf(observation, link.lower) : [];
    const alike = (one: Port) =>
      !macvlans.includes(link.kind) || linkOf(observation, one)?.details.mode === 'bridge';
    return [
      { port: link.lower, go: 'out', tags, way },
      ...siblings
        .filter((one) => (one.node !== node || one.link !== link.name) && alike(one))
        .map((port): Step => ({ port, go: 'in', tags, way })),
    ];
  }
  if (frameProtocol(link) !== null) return enterTunnel(observation, link, step, way, segment, frame);
  if (link.kind !== 'loopback') segment.unknown.push(step.port);
  return [];
}

/**
 * The packet that carries the frame to the other end is another one: carrier.ts decides whether it arrives.
 */
function enterTunnel(
  observation: Observation,
  link: Link,
  { port, tags }: Step,
  way: Passed[],
  segment: Segment,
  frame: FrameKind,
): Step[] {
  const ends = tunnelEnds(observation, port, link, frame === 'known');
  if (ends.length === 0) segment.endless.push(port);
  segment.astray.push(...ends.filter(({ to }) => to === null));
  return ends.flatMap(({ to }): Step[] => (to === null ? [] : [{ port: to, go: 'in', tags, way }]));
}

/** A VLAN within a VLAN (802.1ad). */
const mostTags = 2;

/** Kinds whose frames go out by the link below as they are. */
export const stacked: readonly string[] = ['macvlan', 'macvtap', 'ipvlan', 'ipvtap'];

/** Those of them that have a mode each, of which only `bridge` lets them hear each other. */
export const macvlans: readonly string[] = ['macvlan', 'macvtap'];

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

/**
 * A bridge's port hands the frame to the bridge, which also sends it on; any other link to its IP layer, and to the
 * links on it. A VLAN's interface takes the frames with its tag from either.
 */
function enter(
  observation: Observation,
  link: Link,
  step: Step,
  way: Passed[],
  segment: Segment,
  ideal: boolean,
): Step[] {
  const own = ownTags(link, step.tags);
  const up = (port: Port): Step => ({ port, go: 'in', tags: own, way });
  const on = own.length > 0 || ideal ? vlansOn(observation, step.port) : [];
  const claiming = on.filter(({ id }) => id === own[0] || ideal);
  const vlans = claiming.map(({ port }) => up(port));
  if (vlans.length > 0 && !ideal) return vlans;
  if (link.master === null) {
    if (own.length === 0 || ideal) segment.receivers.push({ ...step.port, way });
    const uppers = stacked.includes(link.kind) ? [] : uppersOf(observation, step.port).map(up);
    return [...uppers, ...vlans];
  }
  const bridge = { node: step.port.node, link: link.master };
  const inside = letIn(linkOf(observation, bridge), link, own) ?? own;
  const passed = { port: bridge, tags: inside, way };
  return [{ ...passed, go: 'in' }, { ...passed, go: 'out' }, ...vlans];
}

/** The tags that are left where a link hands the frame on: a VLAN's interface takes its own away. */
function ownTags(link: Link, tags: Tags): Tags {
  if (link.kind === 'vlan') return tags.slice(1);
  return link.kind === 'bridge' ? (letOut(link, link, tags) ?? tags) : tags;
}
