import { endpointText, peerText } from '../../state/extras.ts';
import { holds, parsePrefix } from '../../state/ip.ts';
import type { Link, Observation, WireguardPeer } from '../../state/observation.ts';
import type { Carry } from './carrier.ts';
import type { Finding } from './finding.ts';
import { carrierOf, sourceTo } from './ip-end.ts';
import type { Port } from './port.ts';
import { ownersOf } from './routing.ts';

/** A packet that leaves by a WireGuard interface. */
export interface Inner {
  /** Empty: not known. */
  source: string;
  destination: string;
  /** Nothing has come from the other end before; who replies has learned the endpoint from the request. */
  first: boolean;
}

interface End extends Port {
  own: Link;
}

/**
 * The other end that a packet comes to through WireGuard, or why it does not (wg_xmit, wg_allowedips_lookup_dst and
 * wg_packet_consume_data_done in drivers/net/wireguard): the destination chooses the peer, the peer's endpoint is where
 * its packets are sent, and the other side takes from a peer only what its allowed IPs have.
 */
export function overWireguard(
  observation: Observation,
  start: Port,
  link: Link,
  inner: Inner,
  carry: Carry,
): Port | Finding | 'undecided' {
  const state = observation.nodes[start.node];
  if (state === undefined || link.peers === undefined) return 'undecided';
  const chosen = peerFor(link.peers, inner.destination);
  if (chosen === null) return unpeered(start, link, inner.destination);
  const { key, endpoint } = chosen;
  const from = { link: link.name, key };
  const ends = endsIn(observation);
  const end = ends.find(({ own }) => own.details['public-key'] === key);
  const called = end?.own.peers?.some(
    (one) => one.key === link.details['public-key'] && one.endpoint !== null,
  );
  if (endpoint === null && end !== undefined && called && !inner.first) return taken(start, link, end, inner);
  if (endpoint === null)
    return { ...noPeer(start.node, inner.destination), values: { ...from, homeless: inner.destination } };
  const source = sourceTo(state, endpoint.address) ?? '';
  const found = carry({ node: start.node, source, ...endpoint, protocol: 'udp' });
  if (found === 'undecided') return found;
  if (found !== null)
    return { ...found, values: { ...found.values, carrier: carrierOf(link.name, link.kind) } };
  const [owner] = ownersOf(observation, endpoint.address);
  const translated = observation.nodes[owner ?? '']?.rules.ipv4.includes('DNAT') ?? true;
  if (owner === undefined || translated)
    return end === undefined ? 'undecided' : taken(start, link, end, inner);
  const listening = ends.filter((one) => one.node === owner && one.own.up);
  const heard = listening.find(({ own }) => own.details['listen-port'] === String(endpoint.port));
  const at = { endpoint: endpointText(endpoint), owner };
  if (heard === undefined) {
    const closed = listening.map(({ own }) => own.details['listen-port']).join(', ');
    const [only] = listening;
    const right = only === undefined || listening.length > 1 ? null : only.own.details['listen-port'];
    const values = {
      ...{ ...from, ...at, closed },
      ...(right === null ? {} : { right: endpointText({ ...endpoint, port: Number(right) }) }),
    };
    return { ...noPeer(start.node, inner.destination), values };
  }
  const expected = heard.own.details['public-key'] ?? '';
  if (expected !== key) {
    const values = { ...from, ...at, foreign: key, expected, allowed: chosen.allowed.join(',') };
    return { ...noPeer(start.node, inner.destination), values };
  }
  return taken(start, link, heard, inner);
}

/** The other end knows the sender's key, and lets it send from this address. */
function taken(start: Port, link: Link, { node, own }: End, { source }: Inner): Port | Finding {
  const key = link.details['public-key'] ?? '';
  const known = own.peers?.find((one) => one.key === key);
  const from = { link: own.name, key, sender: `${start.node}:${start.link}` };
  const whole = source === '' ? '' : `${source}/${source.includes(':') ? 128 : 32}`;
  if (known === undefined)
    return { ...noPeer(node, source), values: { ...from, stranger: from.sender, whole } };
  if (source !== '' && peerFor(own.peers ?? [], source) !== known) {
    const wider = [...known.allowed, whole].join(',');
    return {
      ...noPeer(node, source),
      values: { ...from, unlet: source, observed: known.allowed.join(', '), wider },
    };
  }
  return { node, link: own.name };
}

const noPeer = (node: string, object: string): Omit<Finding, 'values'> => ({
  reason: 'no-peer',
  node,
  object,
});

function unpeered({ node }: Port, { name, peers = [] }: Link, destination: string): Finding {
  const whole = `${destination}/${destination.includes(':') ? 128 : 32}`;
  const [only] = peers;
  const one = only === undefined || peers.length > 1 ? null : only;
  const wider = one === null ? {} : { key: one.key, wider: [...one.allowed, whole].join(',') };
  const values = { link: name, address: destination, observed: peers.map(peerText).join('; '), ...wider };
  return { ...noPeer(node, destination), values };
}

/** The peer whose allowed IPs have the longest prefix with the address. */
function peerFor(peers: readonly WireguardPeer[], address: string): WireguardPeer | null {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const fitting = peers.flatMap((peer) =>
    peer.allowed
      .filter((prefix) => prefix.includes(':') === address.includes(':') && holds(prefix, address))
      .map((prefix) => ({ peer, bits: parsePrefix(prefix, family)?.bits ?? 0 })),
  );
  return fitting.sort((one, other) => other.bits - one.bits)[0]?.peer ?? null;
}

const endsIn = ({ nodes }: Observation): End[] =>
  Object.entries(nodes).flatMap(([node, { links }]) =>
    links.filter(({ kind }) => kind === 'wireguard').map((own) => ({ node, link: own.name, own })),
  );
