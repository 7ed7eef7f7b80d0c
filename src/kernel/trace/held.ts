import type { TraceProbe, TraceRequest } from '../../core/probe/trace-probe.ts';
import { parseIp } from '../../core/state/ip.ts';
import type { NodeState } from '../../core/state/observation.ts';

/**
 * Whether a node's conntrack may hold an older connection that matters: one that the probe meets by its source port, or
 * one that NAT keeps as it began. The kernel looks through a table of all namespaces for it, which takes 10 ms.
 * @param plain a check asks, about the probe alone.
 */
export function mayHold(probe: TraceProbe, { rules }: NodeState, plain: boolean): boolean {
  if ('sourcePort' in probe && probe.sourcePort !== undefined) return true;
  return !plain && (probe.kind === 'udp' || probe.kind === 'dns') && /^\*nat$/m.test(rules.ipv4 + rules.ipv6);
}

/** What such a connection has in it, as the kernel writes it: the port, which NAT keeps, or the address that is asked. */
export function heldBy({ to, probe }: TraceRequest): string[] {
  if ('sourcePort' in probe && probe.sourcePort !== undefined)
    return [probe.sourcePort.toString(16).padStart(4, '0')];
  const ip = parseIp(to);
  return ip === null ? [] : [ip.value.toString(16).padStart(ip.family === 'ipv4' ? 8 : 32, '0')];
}
