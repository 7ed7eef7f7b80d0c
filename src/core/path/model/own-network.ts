import { covers, holds, isLinkLocal, networkOf, parsePrefix } from '../../state/ip.ts';
import type { Link, NodeState, Observation } from '../../state/observation.ts';
import { lookup } from './routing.ts';
import { flood, linkOf } from './segment.ts';
import { ownerOf } from './unreached.ts';

type Own = Link['addresses'][number];

/** A link-local address makes no route but that to its own wire. */
export function addressesOf(link: Link, to: string): Own[] {
  const family = to.includes(':') ? 'ipv6' : 'ipv4';
  return link.addresses.filter(
    (one) => one.family === family && isLinkLocal(one.address) === isLinkLocal(to),
  );
}

export function text(address: Own): string {
  return `${address.address}/${address.prefix}`;
}

/** An own address that lies in the target's network but whose prefix does not reach the target. */
export function tooNarrow(observation: Observation, links: Link[], to: string) {
  for (const link of links) {
    for (const own of addressesOf(link, to)) {
      const bits = networkBits(observation, own, to);
      if (bits === null || own.prefix <= bits) continue;
      if (!holds(networkOf(own.address, bits), to)) continue;
      return narrowed(link, own, bits);
    }
  }
  return null;
}

/** An own address whose network leaves out every other node on its wire: no gateway can be reached either. */
export function aloneOnWire(
  observation: Observation,
  name: string,
  node: NodeState,
  links: Link[],
  to: string,
) {
  for (const link of links) {
    const wire = flood(observation, { node: name, link: link.name }).receivers.filter(
      (port) => port.node !== name,
    );
    const others = wire.flatMap((port) => addressesOf(linkOf(observation, port) ?? link, to));
    for (const own of addressesOf(link, to)) {
      const near = others.filter((one) => holds(text(one), own.address));
      const [wide] = near;
      const reached = near.some(({ address }) => holds(text(own), address) || lookup(node, address) !== null);
      if (wide === undefined || reached || own.prefix <= wide.prefix) continue;
      return narrowed(link, own, wide.prefix);
    }
  }
  return null;
}

const narrowed = (link: Link, own: Own, bits: number) => ({
  ...{ link: link.name, address: own.address, observed: text(own), wrong: text(own) },
  ...{ expected: `${own.address}/${bits}`, network: networkOf(own.address, bits) },
});

/**
 * The prefix length of `to`'s network on a node that has it right: the target's owner, else any node whose
 * network holds both addresses. If all have host addresses (/32, the default of `ip addr add` without a
 * length): 24.
 */
function networkBits(observation: Observation, own: Own, to: string): number | null {
  const owner = ownerOf(observation, to);
  const ownerLink = owner === null ? null : linkOf(observation, owner);
  const near = ownerLink === null ? [] : addressesOf(ownerLink, to);
  const all = Object.values(observation.nodes).flatMap((node) =>
    node.links.flatMap((link) => addressesOf(link, to)),
  );
  const host = own.family === 'ipv4' ? 32 : 128;
  const candidates = own.prefix === host ? [...near, ...all] : near;
  const fitting = candidates.find(
    (one) => one.prefix < own.prefix && holds(text(one), to) && holds(text(one), own.address),
  );
  if (fitting !== undefined) return fitting.prefix;
  if (own.prefix !== host) return null;
  const guess = own.family === 'ipv4' ? 24 : 64;
  const network = parsePrefix(`${own.address}/${guess}`);
  const wanted = parsePrefix(to);
  return network !== null && wanted !== null && covers(network, wanted) ? guess : null;
}
