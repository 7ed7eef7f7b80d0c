import type { Gateway } from '../../path/model/forwarding.ts';
import type { Headers, Protocol } from '../../path/model/packet.ts';
import { type Context, type Transit, transit } from '../../path/model/transit.ts';
import { anybody } from '../../path/model/tunnel.ts';
import { isLater } from '../../path/recording/fragments.ts';
import type { Fields, TracedHop, TracedPacket } from '../../path/recording/hop.ts';
import type { Drop, Recording } from '../../path/recording/recording.ts';
import type { Link, NodeState, Observation } from '../../state/observation.ts';

/** The place where a packet was seen last, and its headers there: the input of the causes of its end. */
export interface Place {
  recording: Recording;
  observation: Observation;
  packet: TracedPacket;
  direction: 'request' | 'reply';
  /** The last hop, and the one before. */
  hop: TracedHop;
  before: TracedHop | null;
  state: NodeState;
  /** As the node's rules and routes saw it last. */
  fields: Fields;
  headers: Headers;
  /** Bytes of the packet that was there: the outer one in a tunnel. */
  length: number;
  /** The link whose IP layer got it: of a bridge's port the bridge. Null where it was made here. */
  upper: string | null;
  /** The kernel's own word. */
  kernel: Drop | null;
}

const protocols: readonly Protocol[] = ['icmp', 'tcp', 'udp'];

/** Null for a packet of which no header was seen, and in a node that is gone. */
export function placeOf(recording: Recording, packet: TracedPacket, kernel: Drop | null): Place | null {
  const { observation } = recording;
  const hop = packet.hops.at(-1);
  const state = hop === undefined ? undefined : observation.nodes[hop.node];
  const fields = hop?.after ?? hop?.before ?? null;
  const { protocol: upperProtocol, length } = hop?.tunnel ?? packet.header;
  const protocol = protocols.find((one) => one === upperProtocol);
  if (hop === undefined || state === undefined || fields === null || protocol === undefined) return null;
  const { source, destination, sourcePort, destinationPort } = fields;
  const heard = hop.seen.findLast(({ way }) => way === 'in')?.link ?? hop.in;
  const link = state.links.find(({ name }) => name === heard);
  return {
    ...{ recording, observation, packet, hop, before: hopBefore(packet.hops), state, fields, kernel },
    direction: packet.direction === 'request' ? 'request' : 'reply',
    headers: { source, destination, protocol, sourcePort, destinationPort, later: isLater(packet.header) },
    length,
    upper: link?.master ?? heard,
  };
}

/** Whom the last hop got the packet from: across a tunnel the node that sent it, not the packets that carried it. */
function hopBefore(hops: readonly TracedHop[]): TracedHop | null {
  const inside = hops.at(-1)?.tunnel !== null;
  return hops.slice(0, -1).findLast(({ tunnel }) => inside || tunnel === null) ?? null;
}

/** The packet as the model has it between two of the node's hooks. */
export function inNode(place: Place): Transit {
  const { observation, direction, hop, state, upper, headers, recording } = place;
  const { probe } = recording.request;
  const reflected = direction === 'request' || probe.kind === 'icmp';
  const tos = reflected && 'tos' in probe ? (probe.tos ?? 0) : 0;
  const context: Context = {
    ...{ observation, direction, mark: 0, tos, within: 0, connections: new Map(), rulesets: new Map() },
  };
  return { ...transit(context, hop.node, state, upper, headers), mark: hop.mark ?? 0 };
}

/** The route by which it came here, where it was sent to this node to be forwarded. */
export function gatewayOf({ packet }: Place): Gateway | null {
  const routers = packet.hops.filter((hop, at) => hop.layer === 'ip' || at === packet.hops.length - 1);
  const { node, route } = hopBefore(routers) ?? {};
  if (node === undefined || route == null || route.via === null) return null;
  const table = tableOf(route.text) || 'main';
  return {
    node,
    address: route.via,
    destination: route.text.split(' ')[0] ?? '',
    table,
    ...tosIn(route.text),
  };
}

/** The table that the line of a route names; empty for main. */
export const tableOf = (route: string): string => / table (\S+)/.exec(route)?.[1] ?? '';

/** The type of service that the line of a route names. */
export function tosIn(route: string): { tos?: number } {
  const tos = / tos (0x\w+)/.exec(route)?.[1];
  return tos === undefined ? {} : { tos: Number(tos) };
}

/** The routers from where the last one was first met, where the packet has been there before. */
export function circleOf(hops: readonly TracedHop[]): string[] {
  const nodes = hops.filter(({ layer, tunnel }) => layer === 'ip' && tunnel === null).map(({ node }) => node);
  const first = nodes.indexOf(nodes.at(-1) ?? '');
  return first < nodes.length - 1 ? [...new Set(nodes.slice(first))] : [];
}

export function linkAt({ state }: Place, name: string | null): Link | null {
  return state.links.find((link) => link.name === name) ?? null;
}

/** It came in, but its MAC address is that of another link: the node throws it away (PACKET_OTHERHOST). */
export function isForOther(observation: Observation, hop: TracedHop): boolean {
  const mac = hop.before?.destinationMac ?? null;
  const links = observation.nodes[hop.node]?.links ?? [];
  // Of links on each other it is for the upper one.
  const heard = hop.seen.findLast(({ way }) => way === 'in')?.link ?? hop.in;
  const link = links.find(({ name }) => name === heard);
  if (hop.in === null || mac === null || link === undefined || link.kind === 'loopback') return false;
  // A device without MAC addresses (ipip, gre, wireguard, tun) has frames for itself only.
  if (mac === anybody || link.master !== null || (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1)
    return false;
  return mac !== link.mac;
}
