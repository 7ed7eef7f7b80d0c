import type { Finding } from '../path/model/finding.ts';
import type { ProbeResult } from '../probe/probe.ts';
import type { Reason } from '../verdict/reasons.ts';

/** Causes for which a node's own routing table has no way: its kernel refuses at once. */
const routeless: readonly Reason[] = [
  'no-route',
  'no-address',
  'wrong-prefix',
  'link-down',
  'route-refuses',
  'ipsec-refuses',
];

/** Causes without an answer on a wire: `host unreachable` after the neighbour's silence. */
export const wireless: readonly Reason[] = [
  'neighbour-silent',
  'wrong-gateway',
  'no-carrier',
  'link-down',
  'link-missing',
  'not-attached',
  'duplicate-address',
  'wrong-device',
  'question-ignored',
  'question-dropped',
  'proxy-silent',
  'port-state',
  'port-isolated',
  'other-vlan',
  'not-flooded',
  'wrong-port',
  'duplicate-mac',
  'lower-link',
];

/** Causes for which a node on the way sends an error. */
const refusing: Reason[] = [
  'rejected-by-rule',
  'no-listener',
  'port-closed',
  'routing-loop',
  'route-refuses',
  'no-route',
  'wrong-prefix',
  'link-down',
  'no-address',
  'wrong-translation',
  'loopback-only',
];

/**
 * Whether the predicted end can look like the probe's. A node's own refusal is quick and loud, so a probe
 * that was silent contradicts it, and the other way about; a reply that is lost is always silent.
 */
export function agrees(result: ProbeResult, finding: Finding, from: string): boolean {
  const request = finding.values.direction !== 'reply';
  // A packet that a router refuses was sent, wherever its fault is.
  const atSender = request && finding.node === from && finding.values.router === undefined;
  const { reason } = finding;
  // What becomes of it lies with the nodes behind.
  if (reason === 'service-port')
    return ['no-route', 'host-unreachable', 'rejected', 'silence'].includes(result);
  switch (result) {
    case 'no-route':
      return request && isRouteless(finding);
    case 'host-unreachable':
      return (
        request &&
        (wireless.includes(reason) ||
          finding.values.question !== undefined ||
          finding.values.carrier !== undefined ||
          reason === 'rejected-by-rule' ||
          reason === 'routing-loop' ||
          refusedByRouter(reason, atSender))
      );
    case 'rejected':
      return request
        ? (refusing.includes(reason) ||
            isRouteless(finding) ||
            finding.values.reached !== undefined ||
            finding.values.looped !== undefined) &&
            !(atSender && reason === 'no-route')
        : reason === 'wrong-translation';
    case 'silence':
      if (finding.values.carrier !== undefined) return true;
      return !(atSender && isRouteless(finding) && reason !== 'link-down');
    default:
      return false;
  }
}

/** A route by a link without carrier may be none (ignore_routes_with_linkdown). */
export const isRouteless = ({ reason, values }: Finding): boolean =>
  routeless.includes(reason) || values.ignoring !== undefined;

function refusedByRouter(reason: Reason, atSender: boolean): boolean {
  return reason === 'route-refuses' || (!atSender && routeless.includes(reason));
}
