import type { Link, NodeState, WireguardPeer } from '../state/observation.ts';
import { after, type Tool } from './effect.ts';
import { withLink } from './state.ts';

/** `wg set LINK peer KEY [remove] [endpoint ADDRESS:PORT] [allowed-ips LIST]`: the settings of one peer. */
export const wg: Tool = ({ state }, [verb, name, what, key = '', ...rest]) => {
  if (verb !== 'set' || what !== 'peer') return 'unknown';
  const link = state.links.find((one) => one.name === name);
  if (link?.peers === undefined) return 'refused';
  const others = link.peers.filter((one) => one.key !== key);
  if (rest[0] === 'remove') return withPeers(state, link, others);
  const before = link.peers.find((one) => one.key === key) ?? { key, endpoint: null, allowed: [] };
  const [endpoint, allowed] = [after(rest, 'endpoint'), after(rest, 'allowed-ips')?.split(',')];
  const peer: WireguardPeer = {
    key,
    endpoint: endpoint === undefined ? before.endpoint : endpointIn(endpoint),
    allowed: allowed ?? before.allowed,
  };
  // A prefix is one peer's: who gets it takes it from the other (wg_allowedips_insert_v4).
  const left = others.map((one) => ({
    ...one,
    allowed: one.allowed.filter((each) => !peer.allowed.includes(each)),
  }));
  return withPeers(state, link, [...left, peer]);
};

const withPeers = (state: NodeState, link: Link, peers: WireguardPeer[]): NodeState =>
  withLink(state, { ...link, peers });

function endpointIn(text: string): WireguardPeer['endpoint'] {
  const at = text.lastIndexOf(':');
  return { address: text.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) };
}
