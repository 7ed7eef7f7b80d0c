import { closedPort, notSentBy } from '../../path/model/crossing.ts';
import type { Finding } from '../../path/model/finding.ts';
import { overTunnel } from '../../path/model/ip-tunnel.ts';
import { carryIn } from '../../path/model/journey.ts';
import { asksNone, neighbour, wrongMac } from '../../path/model/neighbour.ts';
import { obstacleFinding } from '../../path/model/obstacle.ts';
import { isLocal, ownersOf } from '../../path/model/routing.ts';
import { flood, linkOf, obstacleOf, type Port } from '../../path/model/segment.ts';
import { frameProtocol } from '../../path/model/tunnel.ts';
import { letIn, letOut, notInVlan, unclaimed, vlansOn } from '../../path/model/vlan.ts';
import { below } from '../../path/model/widening.ts';
import type { TracedHop } from '../../path/recording/hop.ts';
import { nftChains } from '../../path/recording/nft-text.ts';
import type { Link } from '../../state/observation.ts';
import { tunnelCause } from './cause-tunnel.ts';
import { inNode, isForOther, linkAt, type Place } from './place.ts';

/** A receiver takes frames that are longer than its MTU by a VLAN tag (is_skb_forwardable). */
const vlanTag = 4;

/** The frame is for another link: its sender has a wrong MAC address for the next node. */
export function addressCause(place: Place): Finding | null {
  const { observation, hop, packet } = place;
  if (!isForOther(observation, hop) && !forGroup(place)) return null;
  const misled = misledBy(place);
  if (misled !== null) return misled;
  // A bridge on the way did not choose where the frame goes.
  const switched = place.before?.layer === 'bridge';
  const before = switched ? packet.hops.slice(0, -1).findLast(({ layer }) => layer === 'ip') : place.before;
  if (before == null || before.out === null) return null;
  const link = observation.nodes[before.node]?.links.find(({ name }) => name === before.out);
  if (link?.kind === 'vxlan') return tunnelCause(place, { node: before.node, link: link.name });
  const from = { node: before.node, link: link?.master ?? before.out };
  const address = before.route?.via ?? hop.before?.destination ?? '';
  const wrong = wrongMac(observation, from, address, hop.before?.destinationMac ?? '');
  const rewritten = rewrittenBy(place, wrong, before);
  if (rewritten !== null) return rewritten;
  return repliedByRule(place, wrong, from, address);
}

/**
 * A frame for a group or for all that carries a packet for one address: TCP takes none (tcp_v4_rcv), no router forwards
 * one (ip_forward), and a setting refuses them (drop_unicast_in_l2_multicast).
 */
export function forGroup({ observation, hop, state, headers, kernel }: Place): boolean {
  const { destination, protocol } = headers;
  const group = (Number.parseInt(hop.before?.destinationMac?.slice(0, 2) ?? '0', 16) & 1) === 1;
  if (hop.in === null || hop.out !== null || !group || ownersOf(observation, destination).length === 0)
    return false;
  return protocol === 'tcp' || !isLocal(state, destination) || kernel?.reason === 'UNICAST_IN_L2_MULTICAST';
}

/** The sender's frame had the right MAC address, and a bridge on the way gave it another. */
function rewrittenBy(place: Place, wrong: Finding, { after }: TracedHop): Finding | null {
  const { expected } = wrong.values;
  if (wrong.reason !== 'wrong-mac' || after?.destinationMac !== expected) return null;
  const changed = place.packet.hops.find(
    ({ layer, changes }) => layer === 'bridge' && changes.some(({ field }) => field === 'destinationMac'),
  );
  const step = changed?.rules.findLast(({ rule }) => /\bether daddr set\b|-j dnat\b/.test(rule ?? ''));
  const where =
    step === undefined
      ? {}
      : { family: step.family, table: step.table, chainName: step.chain, handle: String(step.handle ?? '') };
  const rewriter = changed?.node ?? place.hop.node;
  return { ...wrong, values: { ...wrong.values, rewriter, ...where, nftRule: step?.rule ?? '' } };
}

/** A bridge on the wire answers questions in the place of their receivers, by a rule of ebtables (arpreply). */
function repliedByRule(
  { recording, observation }: Place,
  wrong: Finding,
  from: Port,
  address: string,
): Finding {
  if (wrong.reason !== 'wrong-mac' || address.includes(':')) return wrong;
  const ways = flood(observation, from, true).receivers.flatMap(({ way }) => way);
  for (const node of new Set(ways.map((port) => port.node))) {
    const chains = nftChains(recording.nft[node] ?? '').filter(
      ({ family, hook }) => family === 'bridge' && hook !== null,
    );
    for (const { table, chain, rules } of chains) {
      const rule = rules.find(({ text }) => /\barpreply\b/.test(text));
      if (rule === undefined) continue;
      const where = { family: 'bridge', table, chainName: chain, handle: String(rule.handle) };
      return { ...wrong, values: { ...wrong.values, ...where, replier: node, nftRule: rule.text } };
    }
  }
  return wrong;
}

/** A bridge before this node sent the frame here, or a copy of it, and its receiver is behind another port. */
function misledBy(place: Place): Finding | null {
  const bridged = place.packet.hops.slice(0, -1).findLast(({ out }) => out !== null);
  const state = bridged === undefined ? undefined : place.observation.nodes[bridged.node];
  const out = state?.links.find(({ name }) => name === bridged?.out);
  if (bridged === undefined || state === undefined || out?.master == null) return null;
  const port = { node: bridged.node, link: out.master };
  const mac = place.hop.before?.destinationMac ?? '';
  const { receivers } = flood(place.observation, port, true);
  const way = receivers.find((one) => linkOf(place.observation, one)?.mac === mac)?.way ?? [];
  const right = way.find((one) => one.node === port.node && one.link !== port.link);
  if (right === undefined || right.link === out.name) return null;
  const written = state.fdb.some((one) => one.mac === mac && one.dev === out.name);
  if (written) return sentElsewhere(right, port.link, mac, out.name);
  const known = state.fdb.some((one) => one.mac === mac && one.master === port.link);
  const link = linkOf(place.observation, right);
  if (known || link === null) return null;
  const cameBy = state.links.find(({ name }) => name === bridged.in) ?? null;
  const closed =
    closedPort(right, link, linkOf(place.observation, port)) ?? notSentBy(right, link, cameBy, 'unicast');
  return closed === null ? null : findingOf(closed);
}

/** The sender's interface resolves no addresses: the frame is for itself, wherever it came to. */
export function muteCause({ observation, packet, fields, hop }: Place): Finding | null {
  const sender = packet.hops.findLast(({ layer, out, tunnel }) => layer === 'ip' && out !== null && !tunnel);
  if (sender === undefined || sender.out === null) return null;
  const link = observation.nodes[sender.node]?.links.find(({ name }) => name === sender.out);
  const mac = hop.before?.destinationMac ?? fields.destinationMac;
  const port = { node: sender.node, link: link?.master ?? sender.out };
  const own = linkOf(observation, port)?.mac;
  if (own === undefined || mac !== own) return null;
  return asksNone(observation, port, sender.route?.via ?? fields.destination);
}

/** It was sent, and did not come to the other end of the wire. */
export function wireCause(place: Place): Finding | null {
  const { observation, hop, length } = place;
  const link = linkAt(place, hop.out);
  if (hop.out === null || link === null) return null;
  if (link.kind === 'vxlan') return tunnelCause(place, { node: hop.node, link: link.name });
  if (link.kind === 'bridge') return sentByBridge(place, link.name, turnedIn(place, link.name));
  const [port, carry] = [{ node: hop.node, link: link.name }, carryIn(inNode(place).context)];
  const { source, destination } = place.headers;
  const first = place.direction === 'request';
  const inside = overTunnel(observation, port, carry, { source, destination, first });
  if (inside?.kind === 'finding') return inside.finding;
  if (frameProtocol(link) !== null) {
    const answer = neighbour(observation, port, hop.route?.via ?? place.headers.destination, '', carry);
    return 'finding' in answer ? answer.finding : null;
  }
  const { peer } = link;
  if (peer === null) return null;
  const obstacle = obstacleOf(observation, peer);
  if (obstacle !== null) return obstacleFinding(observation, obstacle.reason, peer);
  return tooLong(place, peer, length);
}

/** The port by which a bridged packet came that got another destination there: IP has not forwarded it (br_netfilter). */
function turnedIn(place: Place, bridge: string): string | null {
  const { hop } = place;
  const bridged = hop.in !== null && linkAt(place, hop.in)?.master === bridge;
  return bridged && !hop.hooks.includes('forward') ? hop.in : null;
}

/** It came in by a bridge's port, and the bridge did not send it on. */
export function bridgeCause(place: Place): Finding | null {
  const { hop } = place;
  const link = linkAt(place, hop.in);
  if (hop.out !== null || link === null || link.master === null) return null;
  // A frame for the bridge itself goes up to IP.
  if (hop.before?.destinationMac === linkAt(place, link.master)?.mac) return turnedBack(place, link);
  const bridge = { node: hop.node, link: link.master };
  const down = obstacleOf(place.observation, bridge);
  if (down?.reason === 'link-down') return obstacleFinding(place.observation, 'link-down', bridge);
  const closed = closedPort({ node: hop.node, link: link.name }, link, linkAt(place, link.master));
  if (closed !== null) return findingOf(closed);
  return sentByBridge(place, link.master, link.name);
}

/**
 * A frame for the bridge itself whose new destination is behind the port by which it came: the bridge, not IP, sends
 * it on (br_nf_pre_routing_finish).
 */
function turnedBack({ observation, hop }: Place, { name, master, port }: Link): Finding | null {
  const { node, before, after } = hop;
  if (master === null || after === null || after.destination === before?.destination) return null;
  if (port?.hairpin !== false || hop.hooks.includes('forward') || hop.hooks.includes('input')) return null;
  const { receivers } = flood(observation, { node, link: master }, true);
  const receiver = receivers.find((one) =>
    linkOf(observation, one)?.addresses.some(({ address }) => address === after.destination),
  );
  if (receiver?.way.some((one) => one.node === node && one.link === name) !== true) return null;
  return { reason: 'port-hairpin', node, object: name, values: { link: name, bridge: master } };
}

/** The tag of a VLAN: a bridge does not let the frame in, or the link it came to has no interface for it. */
export function vlanCause({ observation, hop, state }: Place): Finding | null {
  const link = state.links.find(({ name }) => name === hop.in);
  if (link === undefined || hop.out !== null || hop.before === null || hop.seen.at(-1)?.link !== link.name)
    return null;
  const port = { node: hop.node, link: link.name };
  const tags = hop.before.vlan === null ? [] : [hop.before.vlan];
  const bridge = state.links.find(({ name }) => name === link.master);
  const refused =
    bridge === undefined
      ? unclaimed(observation, port, tags)
      : letIn(bridge, link, tags) === null
        ? notInVlan(port, bridge, link, tags, false)
        : null;
  return refused === null ? null : findingOf(refused);
}

/** Why a bridge does not send a frame out of the port behind which its receiver is. */
function sentByBridge(place: Place, bridge: string, cameBy: string | null = null): Finding | null {
  const { observation, hop, length } = place;
  const { node } = hop;
  const mac = hop.after?.destinationMac ?? hop.before?.destinationMac ?? '';
  const { receivers } = flood(observation, { node, link: bridge }, true);
  const way = receivers.find((port) => linkOf(observation, port)?.mac === mac)?.way ?? [];
  const port = way.find((one) => one.node === node && linkAt(place, one.link)?.master === bridge);
  const link = port === undefined ? null : linkAt(place, port.link);
  if (port === undefined || link === null) return null;
  if (port.link === cameBy) {
    const values = { link: port.link, bridge };
    return link.port?.hairpin === true ? null : { reason: 'port-hairpin', node, object: port.link, values };
  }
  const obstacle = obstacleOf(observation, port);
  if (obstacle !== null) return obstacleFinding(observation, obstacle.reason, port);
  const entries = place.state.fdb.filter((one) => one.mac === mac && one.master === bridge);
  const elsewhere = entries.some(({ dev }) => dev === port.link) ? null : (entries[0] ?? null);
  if (elsewhere !== null) return sentElsewhere(port, bridge, mac, elsewhere.dev);
  const frame = entries.length === 0 ? 'unicast' : 'known';
  const closed =
    closedPort(port, link, linkAt(place, bridge)) ??
    notSentBy(port, link, linkAt(place, cameBy), frame) ??
    outOfVlan(place, port, link, cameBy);
  return closed === null ? tooLong(place, port, length) : findingOf(closed);
}

/** The forwarding database names another port than the one behind which the receiver is, or the bridge itself. */
function sentElsewhere(
  { node, link: expected }: Port,
  bridge: string,
  mac: string,
  observed: string,
): Finding {
  const values = { bridge, mac, observed, expected, ...(observed === bridge ? { taken: bridge } : {}) };
  return { reason: 'wrong-port', node, object: mac, values };
}

/** The bridge does not send the frame's VLAN out of this port. */
function outOfVlan(place: Place, port: Port, link: Link, cameBy: string | null) {
  const bridge = linkAt(place, link.master);
  const from = linkAt(place, cameBy) ?? bridge;
  if (bridge === null || from === null) return null;
  const vlan = place.hop.before?.vlan ?? null;
  const inside = letIn(bridge, from, vlan === null ? [] : [vlan]);
  const behind = linkOf(place.observation, port)?.peer;
  const tagged = behind != null && vlansOn(place.observation, behind).some(({ id }) => id === inside?.[0]);
  return inside === null || letOut(bridge, link, inside) !== null
    ? null
    : notInVlan(port, bridge, link, inside, tagged);
}

type Refusal = NonNullable<ReturnType<typeof closedPort> | ReturnType<typeof unclaimed>>;

function findingOf({ node, link, reason, values }: Refusal): Finding {
  return { reason, node, object: link, values };
}

function tooLong({ observation }: Place, port: Port, length: number): Finding | null {
  const link = linkOf(observation, port);
  if (link === null || length <= link.mtu + vlanTag) return null;
  const values = {
    ...{ link: link.name, mtu: String(link.mtu), length: String(length) },
    ...below(observation, port, length),
  };
  return { reason: 'frame-too-long', node: port.node, object: link.name, values };
}
