import type { Link, Observation } from '../../state/observation.ts';
import type { Carry } from './carrier.ts';
import type { Finding } from './finding.ts';
import { carrierOf, given, sourceTo, takes, unownedEnd, untaken } from './ip-end.ts';
import type { Protocol } from './packet.ts';
import { ownersOf } from './routing.ts';
import { linkOf, obstacleOf, type Port } from './segment.ts';
import { type Inner, overWireguard } from './wireguard.ts';

/** Kinds that carry packets of IP to one fixed end, and the protocol of the packets that carry them. */
const kinds: Readonly<Record<string, Protocol>> = {
  ...{ ipip: 'ipip', gre: 'gre', sit: 'sit' },
  ...{ ip6tnl: 'ipip', ip6gre: 'gre' },
};

type Outcome = { kind: 'carried'; to: Port } | { kind: 'finding'; finding: Finding } | { kind: 'undecided' };

/**
 * A packet that leaves by a tunnel of IP goes to its other end, whatever the next hop is, or to the peer that WireGuard
 * chooses; nothing asks for a MAC address. Null for another kind of link, and for a tunnel without one fixed end.
 */
export function overTunnel(
  observation: Observation,
  start: Port,
  carry: Carry,
  inner: Inner,
): Outcome | null {
  const [state, link] = [observation.nodes[start.node], linkOf(observation, start)];
  if (link?.kind === 'wireguard') {
    const found = overWireguard(observation, start, link, inner, carry);
    if (found === 'undecided') return { kind: 'undecided' };
    return 'reason' in found ? { kind: 'finding', finding: found } : arriving(observation, found, link);
  }
  const protocol = kinds[link?.kind ?? ''];
  const remote = given(link?.details.remote);
  if (state === undefined || link === null || protocol === undefined || remote === null) return null;
  const known = given(link.details.local);
  const source = known ?? sourceTo(state, remote) ?? '';
  const unowned = unownedEnd(start, state, link, remote);
  if (unowned !== null) return { kind: 'finding', finding: unowned };
  const found = carry({ node: start.node, source, address: remote, port: null, protocol });
  if (found === 'undecided') return { kind: 'undecided' };
  const carrier = carrierOf(link.name, link.kind);
  if (found !== null) return { kind: 'finding', finding: { ...found, values: { ...found.values, carrier } } };
  const [node] = ownersOf(observation, remote);
  const other = observation.nodes[node ?? ''];
  if (node === undefined || other === undefined) return { kind: 'undecided' };
  const ends = other.links.filter((one) => one.kind === link.kind && takes(one, link, remote, source));
  const end = ends.find((one) => one.up) ?? ends[0];
  if (end === undefined)
    return { kind: 'finding', finding: untaken(start, link, source, { node, state: other, remote }) };
  return arriving(observation, { node, link: end.name }, link);
}

function arriving(observation: Observation, to: Port, { name, kind }: Link): Outcome {
  const down = obstacleOf(observation, to);
  if (down === null) return { kind: 'carried', to };
  const values = { link: to.link, peer: '', carrier: carrierOf(name, kind) };
  return { kind: 'finding', finding: { reason: down.reason, node: down.node, object: down.link, values } };
}
