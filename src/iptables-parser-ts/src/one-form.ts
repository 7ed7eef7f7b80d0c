import type { ConntrackMatch } from './matches/connection.ts';
import type { Match, Target } from './tree.ts';
import { normalNetwork } from './values/address.ts';
import { comparePorts } from './values/port.ts';

/**
 * Forms that iptables keeps apart though the kernel treats them the same: `-m state` is the conntrack match
 * under its old name (`XT_CONNTRACK_STATE_ALIAS` is for printing only), and multiport compares its ports one
 * after the other, so their order and repeats do not matter.
 */
export function oneMatch(match: Match): Match {
  if (match.kind === 'state') return { kind: 'conntrack', states: match.states };
  if (match.kind === 'conntrack') return withoutHostBits(match);
  if (match.kind !== 'multiport') return match;
  const sorted = { ...match };
  for (const key of ['sourcePorts', 'destinationPorts', 'ports'] as const) {
    const ports = sorted[key];
    if (ports === undefined) continue;
    const value = [...ports.value].sort(comparePorts);
    sorted[key] = {
      ...ports,
      value: value.filter((range, i) => i === 0 || comparePorts(range, value[i - 1] ?? range) !== 0),
    };
  }
  return sorted;
}

/** The conntrack match compares under the mask only (kernel `xt_conntrack.c`, conntrack_addrcmp). */
function withoutHostBits(match: ConntrackMatch): ConntrackMatch {
  const masked = { ...match };
  for (const key of ['originalSource', 'originalDestination', 'replySource', 'replyDestination'] as const) {
    const address = masked[key];
    if (address?.value.includes('/')) masked[key] = { ...address, value: normalNetwork(address.value) };
  }
  return masked;
}

/**
 * `-j NOTRACK` is `-j CT --notrack` under its old name (kernel `xt_CT.c`); NFLOG's range has never had an effect
 * (iptables-extensions(8)).
 */
export function oneTarget(target: Target): Target {
  if (target.kind === 'NOTRACK') return { kind: 'CT', notrack: true };
  if (target.kind !== 'NFLOG') return target;
  const { range: _, ...rest } = target;
  return rest;
}
