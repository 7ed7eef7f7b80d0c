import { holds, isLinkLocal } from '../../state/ip.ts';
import type { Link, Observation } from '../../state/observation.ts';
import type { Reason } from '../../verdict/reasons.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { Finding } from './finding.ts';
import { linkOf, otherEnd, type Port } from './segment.ts';

/** The far end of a veth, where it hangs loose beside a bridge: no port of it, and without address. */
export function danglingPeer(observation: Observation, end: Port): Port | null {
  const peer = linkOf(observation, end)?.peer ?? null;
  if (peer === null) return null;
  const link = linkOf(observation, peer);
  if (link === null || link.master !== null || link.addresses.some((one) => one.family === 'ipv4'))
    return null;
  return bridgeOf(observation, peer) === null ? null : peer;
}

/** The bridge of the node that the port is meant for: of several, the one whose network the cable's other end is in. */
function bridgeOf(observation: Observation, port: Port): string | null {
  const links = observation.nodes[port.node]?.links ?? [];
  const bridges = links.filter(({ kind }) => kind === 'bridge');
  const own = addressesBehind(observation, linkOf(observation, port));
  const isOfNetwork = (one: Link) =>
    one.addresses.some(({ address, prefix }) => own.some((each) => holds(`${address}/${prefix}`, each)));
  const behind = (bridge: Link) =>
    links
      .filter(({ master }) => master === bridge.name)
      .map(({ peer }) => (peer === null ? null : linkOf(observation, peer)));
  const meant =
    bridges.find(isOfNetwork) ??
    bridges.find((bridge) => behind(bridge).some((end) => end !== null && isOfNetwork(end)));
  return (meant ?? bridges[0])?.name ?? null;
}

function addressesBehind(observation: Observation, port: Link | null): string[] {
  const end = port?.peer == null ? null : linkOf(observation, port.peer);
  return (end?.addresses ?? []).map(({ address }) => address).filter((address) => !isLinkLocal(address));
}

export function notAttached(observation: Observation, port: Port): Finding {
  const expected = bridgeOf(observation, port) ?? '';
  return {
    reason: 'not-attached',
    node: port.node,
    object: port.link,
    values: { link: port.link, expected, observed: '-' },
  };
}

/** A link that is down, or whose other end is. */
export function obstacleFinding(observation: Observation, reason: Reason, port: Port): Finding {
  const values: Values = { link: port.link, ...otherEnd(observation, linkOf(observation, port)) };
  return { reason, node: port.node, object: port.link, values };
}
