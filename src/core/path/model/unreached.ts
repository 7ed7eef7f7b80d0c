import { holds, isLinkLocal, sameAddress } from '../../state/ip.ts';
import type { Link, Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { ownerBefore, routerBefore } from './derived.ts';
import type { Finding } from './finding.ts';
import { danglingPeer, notAttached, obstacleFinding } from './obstacle.ts';
import { otherBridge } from './other-bridge.ts';
import { isLocal, isLoopback } from './routing.ts';
import { flood, linkOf, obstacleOn, type Port } from './segment.ts';
import { withoutIpv6 } from './settings.ts';

export function has({ nodes }: Observation, node: string, address: string): boolean {
  const state = nodes[node];
  return state !== undefined && !isLoopback(address) && isLocal(state, address);
}

/** No answer: the first obstacle to the question on the way to the address's owner. */
export function unreached(observation: Observation, start: Port, address: string): Finding {
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
      ...knownAs(observation, start, address),
      ...(owner === null
        ? routerBefore(observation, start, address)
        : otherWire(observation, start, owner, address)),
      ...ownerBefore(observation, address),
    },
  };
}

/** What the node's entry for the address says, where it has a MAC address: learned before, or typed. */
function knownAs({ nodes }: Observation, { node, link }: Port, address: string): Values {
  const entry = nodes[node]?.neighbours.find((one) => one.dev === link && sameAddress(one.address, address));
  const settled = entry !== undefined && !['INCOMPLETE', 'FAILED'].includes(entry.state);
  return settled && entry.mac !== null ? { knownState: entry.state, knownMac: entry.mac } : {};
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
export function notItsOwn(
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
