import type { Observation } from '../../state/observation.ts';
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
  return bridgeOf(observation, peer.node) === null ? null : peer;
}

function bridgeOf(observation: Observation, node: string): string | null {
  return observation.nodes[node]?.links.find((link) => link.kind === 'bridge')?.name ?? null;
}

export function notAttached(observation: Observation, port: Port): Finding {
  const expected = bridgeOf(observation, port.node) ?? '';
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
