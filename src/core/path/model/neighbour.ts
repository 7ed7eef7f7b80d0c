import { holds, isLinkLocal, sameAddress } from '../../state/ip.ts';
import type { Link, Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { silence } from './answer.ts';
import { answerNotFlooded, questionKept } from './answer-back.ts';
import { type Carry, carrierTrouble, carriesAll, strayTrouble } from './carrier.ts';
import { ownerBefore, routerBefore } from './derived.ts';
import { duplicate } from './duplicate.ts';
import type { Finding } from './finding.ts';
import { overTunnel } from './ip-tunnel.ts';
import { overLower } from './lower.ts';
import { danglingPeer, notAttached, obstacleFinding } from './obstacle.ts';
import { otherBridge } from './other-bridge.ts';
import { proxyFor } from './proxy.ts';
import { isLocal, isLoopback } from './routing.ts';
import { flood, linkOf, obstacleOf, obstacleOn, type Port, type Receiver } from './segment.ts';
import { withoutIpv6 } from './settings.ts';

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

function has({ nodes }: Observation, node: string, address: string): boolean {
  const state = nodes[node];
  return state !== undefined && !isLoopback(address) && isLocal(state, address);
}

/** No answer: the first obstacle to the question on the way to the address's owner. */
function unreached(observation: Observation, start: Port, address: string): Finding {
  const wired = flood(observation, start, true).receivers.find((port) =>
    has(observation, port.node, address),
  );
  const frame = address.includes(':') ? 'multicast' : 'broadcast';
  const obstacle = wired === undefined ? null : obstacleOn(observation, wired.way, frame);
  if (obstacle !== null) {
    const { reason, node, link, values } = obstacle;
    if (values !== undefined) return { reason, node, object: link, values: { ...values, address } };
    return obstacleFinding(observation, reason, { node, link });
  }
  const owner = ownerOf(observation, address);
  const ignorant = notItsOwn(observation, start, address, flood(observation, start).receivers);
  if (ignorant !== null) return ignorant;
  const bare = owner === null && address.includes(':') ? withoutAddress(observation, start, address) : {};
  if (bare.node !== undefined) {
    const { node, ...values } = bare;
    return { reason: 'neighbour-silent', node, object: address, values: { address, ...values } };
  }
  const loose = [start, owner].find((end) => end !== null && danglingPeer(observation, end) !== null);
  const dangling = loose === undefined || loose === null ? null : danglingPeer(observation, loose);
  if (dangling !== null && owner !== null) return notAttached(observation, dangling);
  const apart = owner === null ? null : otherBridge(observation, start, owner, address);
  if (apart !== null) return apart;
  const elsewhere = owner === null ? '' : `${owner.node}:${owner.link}`;
  // Of IPv6 only an address itself is the node's own, not its whole network on the loopback interface.
  const looped = linkOf(observation, start)?.kind === 'loopback' ? { looped: start.link } : {};
  return {
    reason: 'neighbour-silent',
    node: start.node,
    object: address,
    values: {
      address,
      link: start.link,
      elsewhere,
      ...looped,
      ...bare,
      ...(owner === null
        ? routerBefore(observation, start, address)
        : otherWire(observation, start, owner, address)),
      ...ownerBefore(observation, address),
    },
  };
}

/** An address on the wrong interface: its network is asked for there, and its hosts are on the wire of another one. */
function otherWire(observation: Observation, { node, link }: Port, owner: Port, address: string): Values {
  const inNetwork = (one: Link | null) =>
    one?.addresses.find(({ address: own, prefix }) => holds(`${own}/${prefix}`, address));
  const near = inNetwork(linkOf(observation, { node, link }));
  if (near === undefined || owner.node === node) return {};
  const right = observation.nodes[node]?.links.find(
    (one) =>
      one.name !== link &&
      one.kind !== 'loopback' &&
      flood(observation, { node, link: one.name }).receivers.some(
        (port) => port.node === owner.node && port.link === owner.link,
      ),
  );
  if (right === undefined) return {};
  const wrongWire = `${near.address}/${near.prefix}`;
  return { wrongWire, rightWire: right.name, twiceWire: inNetwork(right) === undefined ? '' : wrongWire };
}

/**
 * Interfaces on the wire on which the address of IPv6 may have been: those where IPv6 is off, and those that have only
 * their link-local address.
 */
function withoutAddress(observation: Observation, start: Port, address: string): Values {
  const wire = flood(observation, start).receivers.filter(({ node }) => node !== start.node);
  const near = linkOf(observation, start)?.addresses.find((one) =>
    holds(`${one.address}/${one.prefix}`, address),
  );
  const whole = near === undefined ? {} : { whole: `${address}/${near.prefix}` };
  const off = wire.flatMap(({ node, link }) => {
    const state = observation.nodes[node];
    const disabledKey = state === undefined ? null : withoutIpv6(state, link);
    return disabledKey === null ? [] : [{ node, link, disabledKey }];
  });
  if (off.length === 1) return { ...off[0], ...whole };
  const six = (port: Port) =>
    (linkOf(observation, port)?.addresses ?? []).filter((one) => one.family === 'ipv6');
  // A bridge without an address of IPv4 is a switch: it never had one of IPv6.
  const switches = (port: Port) => {
    const link = linkOf(observation, port);
    return link?.kind === 'bridge' && link.addresses.every(({ family }) => family === 'ipv6');
  };
  const bare = wire.filter(
    (port) => !switches(port) && six(port).length > 0 && six(port).every((one) => isLinkLocal(one.address)),
  );
  return { bare: bare.map(({ node, link }) => `${node}:${link}`).join(', ') };
}

/** The first of these whose node has the address on a link, and does not take it for its own. */
function notItsOwn(
  observation: Observation,
  start: Port,
  address: string,
  ports: readonly Port[],
): Finding | null {
  for (const { node } of ports) {
    const links = observation.nodes[node]?.links ?? [];
    const link = links.find(({ addresses }) => addresses.some((one) => sameAddress(one.address, address)));
    if (link === undefined || has(observation, node, address)) continue;
    // In IPv6 the route comes when no other node was found to have the address.
    const why = address.includes(':')
      ? { detecting: link.name, ...alone(observation, link, address) }
      : { unlisted: link.name };
    return {
      reason: 'neighbour-silent',
      node,
      object: address,
      values: { address, link: start.link, ...why },
    };
  }
  return null;
}

/** The address, where no other link has it any more: it is only checked again when it is added again. */
function alone({ nodes }: Observation, link: Link, address: string): Values {
  const holders = Object.values(nodes).flatMap(({ links }) =>
    links.flatMap(({ addresses }) => addresses.filter((one) => sameAddress(one.address, address))),
  );
  const [own] = link.addresses.filter((one) => sameAddress(one.address, address));
  return own === undefined || holders.length > 1 ? {} : { again: `${own.address}/${own.prefix}` };
}

/** The link that has an address, wherever it is. */
export function ownerOf(observation: Observation, address: string): Port | null {
  for (const [node, state] of Object.entries(observation.nodes)) {
    const link = state.links.find((one) => one.addresses.some((own) => sameAddress(own.address, address)));
    if (link !== undefined) return { node, link: link.name };
  }
  return null;
}
