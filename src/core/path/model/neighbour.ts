import { sameAddress } from '../../state/ip.ts';
import type { Observation } from '../../state/observation.ts';
import { silence } from './answer.ts';
import { answerNotFlooded, questionKept } from './answer-back.ts';
import { type Carry, carrierTrouble, carriesAll, strayTrouble } from './carrier.ts';
import { duplicate } from './duplicate.ts';
import type { Finding } from './finding.ts';
import { overTunnel } from './ip-tunnel.ts';
import { overLower } from './lower.ts';
import { obstacleFinding } from './obstacle.ts';
import { proxyFor } from './proxy.ts';
import { flood, linkOf, obstacleOf, type Port, type Receiver } from './segment.ts';
import { has, notItsOwn, ownerOf, unreached } from './unreached.ts';

/** The owner of an address on a link, a finding, or a link the model cannot see behind. */
type Neighbourhood =
  | { kind: 'owner'; port: Receiver }
  | { kind: 'finding'; finding: Finding }
  /** The packet that carries the question or its answer through a tunnel does not come there. */
  | { kind: 'carrier'; finding: Finding }
  | { kind: 'unknown'; port: Port };

/**
 * Asks on the wire for an address, as ARP and neighbour discovery do: its owner answers, or a proxy for it,
 * if it may.
 * @param carry asks the underlay of tunnels on the way.
 * @param source the packet's, from which the question is asked if it is the node's own; empty: unknown.
 */
export function neighbour(
  observation: Observation,
  start: Port,
  address: string,
  source = '',
  carry: Carry = carriesAll,
): Neighbourhood {
  const finding = leaving(observation, start);
  if (finding !== null) return { kind: 'finding', finding };
  const inside = overTunnel(observation, start, carry, { source, destination: address, first: false });
  if (inside?.kind === 'carried') return { kind: 'owner', port: { ...inside.to, way: [] } };
  if (inside?.kind === 'undecided') return { kind: 'unknown', port: start };
  if (inside?.kind === 'finding') return { kind: 'carrier', finding: inside.finding };
  const fixed = permanent(observation, start, address);
  if (fixed !== null) return addressed(observation, start, address, fixed, carry);
  const mute = asksNone(observation, start, address) ?? asksNever(observation, start, address);
  if (mute !== null) return { kind: 'finding', finding: mute };
  const unused = notItsOwn(observation, start, address, [start]);
  if (unused !== null) return { kind: 'finding', finding: unused };
  const segment = flood(observation, start, false, address.includes(':') ? 'multicast' : 'broadcast');
  const question = { observation, start, address, source };
  const owners = segment.receivers.filter((port) => has(observation, port.node, address));
  const silent = owners.map((port) => ({ port, why: silence(question, port) }));
  const answering = silent.filter(({ why }) => why === null).map(({ port }) => port);
  const nodes = [...new Set(answering.map((port) => port.node))];
  const [first] = answering;
  if (first !== undefined && nodes.length > 1)
    return { kind: 'finding', finding: duplicate(observation, answering, address, nodes) };
  if (first !== undefined) {
    const twin = sameMac(observation, start, first);
    if (twin !== null) return { kind: 'finding', finding: twin };
    const kept = answerNotFlooded(observation, start, first, address);
    if (kept !== null) return { kind: 'finding', finding: kept };
    return through(carrierTrouble(observation, carry, first), first);
  }
  const why = silent[0]?.why;
  if (why != null) return { kind: 'finding', finding: why };
  const proxies = segment.receivers.filter((port) => port.node !== start.node);
  const proxy = proxies.find((port) => proxyFor(question, port) === 'answers');
  if (proxy !== undefined) return { kind: 'owner', port: proxy };
  const over = overLower(observation, start, ownerOf(observation, address), address);
  if (over !== null) return { kind: 'finding', finding: over };
  const [unknown] = segment.unknown;
  if (unknown !== undefined) return { kind: 'unknown', port: unknown };
  const [astray] = segment.astray;
  const stray = astray === undefined ? null : strayTrouble(observation, carry, astray);
  if (astray !== undefined && stray !== null) return through(stray, { ...astray.from, way: [] });
  const kept = questionKept(observation, segment.endless, ownerOf(observation, address), address);
  if (kept !== null) return { kind: 'finding', finding: kept };
  for (const port of proxies) {
    const refused = proxyFor(question, port);
    if (refused !== null && refused !== 'answers') return { kind: 'finding', finding: refused };
  }
  return { kind: 'finding', finding: unreached(observation, start, address) };
}

/** No question is sent at all (mcast_solicit 0), for an address that no entry has yet (__neigh_event_send). */
function asksNever({ nodes }: Observation, { node, link }: Port, address: string): Finding | null {
  const state = nodes[node];
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const solicitKey = `net.${family}.neigh.${link.replaceAll('.', '/')}.mcast_solicit`;
  const known = state?.neighbours.some(
    (one) => one.dev === link && one.mac !== null && sameAddress(one.address, address),
  );
  if (state?.sysctls[solicitKey] !== '0' || known === true) return null;
  return { reason: 'question-ignored', node, object: link, values: { address, link, solicitKey } };
}

/** Without address resolution (IFF_NOARP) a frame goes to the interface's own MAC address (arp_constructor). */
export function asksNone(observation: Observation, start: Port, address: string): Finding | null {
  const link = linkOf(observation, start);
  // Tunnels and the like have no neighbours.
  if (link?.details.arp !== 'off' || !['veth', 'bridge', 'vlan', 'macvlan'].includes(link.kind)) return null;
  const values = { address, link: link.name, noArp: link.name, asksNone: link.name };
  return { reason: 'question-ignored', node: start.node, object: link.name, values };
}

/** The configured MAC address of a permanent neighbour: no request is sent then. */
function permanent({ nodes }: Observation, { node, link }: Port, address: string): string | null {
  const entry = nodes[node]?.neighbours.find(
    (one) => one.dev === link && one.state === 'PERMANENT' && sameAddress(one.address, address),
  );
  return entry?.mac ?? null;
}

/** The receiver, unless the outer packet of the tunnel to it has trouble. */
function through(trouble: ReturnType<Carry>, port: Receiver): Neighbourhood {
  if (trouble === null) return { kind: 'owner', port };
  return trouble === 'undecided' ? { kind: 'unknown', port } : { kind: 'carrier', finding: trouble };
}

function addressed(
  observation: Observation,
  start: Port,
  address: string,
  mac: string,
  carry: Carry,
): Neighbourhood {
  const { receivers, unknown, astray } = flood(observation, start, false, 'known');
  const owner = receivers.find((port) => linkOf(observation, port)?.mac === mac);
  if (owner !== undefined) return through(carrierTrouble(observation, carry, owner), owner);
  const [hidden] = unknown;
  if (hidden !== undefined) return { kind: 'unknown', port: hidden };
  const [stray] = astray;
  const trouble = stray === undefined ? null : strayTrouble(observation, carry, stray);
  if (stray !== undefined && trouble !== null) return through(trouble, { ...stray.from, way: [] });
  return { kind: 'finding', finding: wrongMac(observation, start, address, mac) };
}

/** Frames go to a MAC address that no link on the wire has, or one that the wire does not bring them to. */
export function wrongMac(observation: Observation, start: Port, address: string, mac: string): Finding {
  const { receivers } = flood(observation, start, true);
  // The right link is there, and something on the way to it stops frames; a bridge may have sent a copy to all.
  if (receivers.some((port) => linkOf(observation, port)?.mac === mac))
    return unreached(observation, start, address);
  const owner = receivers.find((port) => has(observation, port.node, address));
  // What was learned holds as long as it is used: that no node has the address any more is what is wrong.
  if (owner === undefined && permanent(observation, start, address) === null)
    return unreached(observation, start, address);
  const right = owner === undefined ? '' : (linkOf(observation, owner)?.mac ?? '');
  const values = { address, mac, link: start.link, expected: right, owner: owner?.node ?? '' };
  return { reason: 'wrong-mac', node: start.node, object: mac, values };
}

/** Two ends of one wire with one MAC address: a bridge sends to where it heard from it last. */
function sameMac(observation: Observation, start: Port, owner: Port): Finding | null {
  const [asker, answerer] = [linkOf(observation, start), linkOf(observation, owner)];
  if (asker === null || answerer === null || asker.mac !== answerer.mac || start.node === owner.node)
    return null;
  const nodes = [start, owner].map(({ node, link }) => `${node}:${link}`).join(', ');
  const values = { mac: asker.mac, nodes, link: owner.link };
  return { reason: 'duplicate-mac', node: owner.node, object: asker.mac, values };
}

/** Why nothing can leave by this link at all; null where it can. */
function leaving(observation: Observation, start: Port): Finding | null {
  const obstacle = obstacleOf(observation, start);
  if (obstacle !== null) return obstacleFinding(observation, obstacle.reason, obstacle);
  const master = linkOf(observation, start)?.master ?? null;
  if (master === null) return null;
  // Answers to a bridge's port go to the bridge: an address or route on the port itself hears nothing.
  const own = linkOf(observation, start)?.addresses.filter(({ scope }) => scope !== 'link') ?? [];
  const [only] = own.length === 1 ? own : [];
  const wrong = only === undefined ? {} : { misplaced: `${only.address}/${only.prefix}` };
  const values = { observed: start.link, expected: master, bridge: master, ...wrong };
  return { reason: 'wrong-device', node: start.node, object: start.link, values };
}
