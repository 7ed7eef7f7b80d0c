import { sameAddress } from '../../state/ip.ts';
import type { Link, NodeState } from '../../state/observation.ts';
import type { Finding } from './finding.ts';
import type { Port } from './port.ts';
import { isLocal, lookup } from './routing.ts';
import { sourceFor } from './source.ts';

/** ip_tunnel_lookup: its own end and the other one are those of the packet, or open, and the keys are the same. */
export function takes(end: Link, sender: Link, remote: string, source: string): boolean {
  const { local, remote: back, ikey } = end.details;
  const fits = (own: string | undefined, of: string) => given(own) === null || sameAddress(own ?? '', of);
  return fits(local, remote) && fits(back, source) && (ikey ?? '') === (sender.details.okey ?? '');
}

export const carrierOf = (name: string, kind: string): string =>
  `${kind === 'wireguard' ? 'WireGuard' : kind.toUpperCase()} ${name}`;

export const given = (address: string | undefined): string | null =>
  address === undefined || address === 'any' ? null : address;

export function sourceTo(state: NodeState, remote: string): string | null {
  const route = lookup(state, remote);
  return route === null ? null : sourceFor(state, route, remote);
}

/** ip_route_output_key looks up no route for a source that is not the node's own. */
export function unownedEnd(
  { node }: Port,
  state: NodeState,
  { name, kind, details }: Link,
  remote: string,
): Finding | null {
  const unowned = given(details.local);
  if (unowned === null || isLocal(state, unowned)) return null;
  const own = sourceTo(state, remote);
  const carrier = carrierOf(name, kind);
  const values = { link: name, kind, unowned, carrier, ...(own === null ? {} : { own }) };
  return { reason: 'wrong-tunnel-end', node, object: name, values };
}

interface OtherEnd {
  node: string;
  state: NodeState;
  remote: string;
}

/** The other node has no end of this tunnel; of one for another sender the finding names it. */
export function untaken(from: Port, link: Link, source: string, { node, state, remote }: OtherEnd): Finding {
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
