import { sameAddress } from '../../state/ip.ts';
import type { Link, NodeState, Observation } from '../../state/observation.ts';
import type { Carry } from './carrier.ts';
import type { Finding } from './finding.ts';
import type { Protocol } from './packet.ts';
import { isLocal, lookup, ownersOf, sourceFor } from './routing.ts';
import { linkOf, obstacleOf, type Port } from './segment.ts';

/** Kinds that carry packets of IP without frames, and the protocol of the packets that carry them. */
const kinds: Readonly<Record<string, Protocol>> = { ipip: 'ipip', gre: 'gre', sit: 'sit' };

type Outcome = { kind: 'carried'; to: Port } | { kind: 'finding'; finding: Finding } | { kind: 'undecided' };

/**
 * A packet that leaves by a tunnel of IP goes to its other end, whatever the next hop is; nothing asks for a MAC
 * address. Null for another kind of link, and for a tunnel without one fixed end.
 */
export function overTunnel(observation: Observation, start: Port, carry: Carry): Outcome | null {
  const [state, link] = [observation.nodes[start.node], linkOf(observation, start)];
  const protocol = kinds[link?.kind ?? ''];
  const remote = given(link?.details.remote);
  if (state === undefined || link === null || protocol === undefined || remote === null) return null;
  const known = given(link.details.local);
  const source = known ?? sourceTo(state, remote) ?? '';
  // ip_route_output_key looks up no route for a source that is not the node's own.
  if (known !== null && !isLocal(state, known))
    return { kind: 'finding', finding: unowned(start, state, link) };
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
  const to = { node, link: end.name };
  const down = obstacleOf(observation, to);
  if (down === null) return { kind: 'carried', to };
  const values = { link: end.name, peer: '', carrier };
  return { kind: 'finding', finding: { reason: down.reason, node: down.node, object: down.link, values } };
}

/** ip_tunnel_lookup: its own end and the other one are those of the packet, or open, and the keys are the same. */
function takes(end: Link, sender: Link, remote: string, source: string): boolean {
  const { local, remote: back, ikey } = end.details;
  const fits = (own: string | undefined, of: string) => given(own) === null || sameAddress(own ?? '', of);
  return fits(local, remote) && fits(back, source) && (ikey ?? '') === (sender.details.okey ?? '');
}

const carrierOf = (name: string, kind: string): string => `${kind.toUpperCase()} ${name}`;

const given = (address: string | undefined): string | null =>
  address === undefined || address === 'any' ? null : address;

function sourceTo(state: NodeState, remote: string): string | null {
  const route = lookup(state, remote);
  return route === null ? null : sourceFor(state, route, remote);
}

function unowned({ node }: Port, state: NodeState, { name, kind, details }: Link): Finding {
  const { local = '', remote = '' } = details;
  const own = sourceTo(state, remote);
  const values = {
    link: name,
    kind,
    unowned: local,
    carrier: carrierOf(name, kind),
    ...(own === null ? {} : { own }),
  };
  return { reason: 'wrong-tunnel-end', node, object: name, values };
}

interface OtherEnd {
  node: string;
  state: NodeState;
  remote: string;
}

/** The other node has no end of this tunnel; of one for another sender the finding names it. */
function untaken(from: Port, link: Link, source: string, { node, state, remote }: OtherEnd): Finding {
  const alike = state.links.filter(({ kind }) => kind === link.kind);
  const observed = alike.map(({ name, details }) => `${name}: ${endsOf(details)}`).join('; ');
  const key = link.details.okey ?? '';
  const [near] = alike.filter((one) => given(one.details.local) === null || one.details.local === remote);
  const misled =
    near !== undefined &&
    takes({ ...near, details: { ...near.details, remote: source } }, link, remote, source);
  const values = {
    ...{ kind: link.kind, address: remote, source, key, observed, sender: `${from.node}:${from.link}` },
    carrier: carrierOf(link.name, link.kind),
    ...(misled ? { link: near.name } : {}),
  };
  return { reason: 'tunnel-unheard', node, object: remote, values };
}

const endsOf = ({ local = 'any', remote = 'any', ikey = '' }: Link['details']): string =>
  `local ${local}, remote ${remote}${ikey === '' ? '' : `, key ${ikey}`}`;
