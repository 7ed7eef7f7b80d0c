import { holds } from '../../state/ip.ts';
import type { NodeState, PolicyRule } from '../../state/observation.ts';
import { usual } from '../../state/usual-policies.ts';
import { all, type Certainty } from './certainty.ts';
import type { Protocol } from './packet.ts';

/** The fields that the kernel chooses a route by (struct flowi4). */
export interface RouteKey {
  to: string;
  /** Empty where the sender has not chosen one yet. */
  from: string;
  /** Null: unknown. */
  mark: number | null;
  /** The link it came in by; null where it was made here, which rules call `iif lo`. */
  iif: string | null;
  protocol: Protocol | null;
  sourcePort: number | null;
  destinationPort: number | null;
  /** Type of service; 0 unless given. */
  tos?: number;
  /** Whose socket sends it; the kernel's own packets are root's. Left out: not known. */
  uid?: number;
}

/** `ip route get ADDRESS`: nothing is known but where to. */
export function keyTo(to: string): RouteKey {
  return { to, from: '', mark: 0, iif: null, protocol: null, sourcePort: null, destinationPort: null };
}

type Table = Extract<PolicyRule['action'], { kind: 'table' }>;

/** The rules that fit, in order, until one refuses: which tables are asked, and by whose order. */
export function* asking(
  node: NodeState,
  key: RouteKey,
): Generator<{ rule: PolicyRule; held: Exclude<Certainty, false> }> {
  const rules = policiesOf(node, key.to.includes(':') ? 'ipv6' : 'ipv4');
  let from = 0;
  for (const rule of rules) {
    if (rule.priority < from) continue;
    const held = fits(rule, key);
    if (held === false || rule.action.kind === 'nop') continue;
    if (held === true && rule.action.kind === 'goto') {
      from = rule.action.priority;
      continue;
    }
    yield { rule, held };
  }
}

/** The rule of the type `goto` by which a packet passes over the one for a table. */
export function jumpOver(node: NodeState, key: RouteKey, table: string): PolicyRule | null {
  const rules = policiesOf(node, key.to.includes(':') ? 'ipv6' : 'ipv4');
  const wanted = rules.find(({ action }) => action.kind === 'table' && action.table === table);
  const [jump] = rules.filter(
    (rule) =>
      wanted !== undefined &&
      rule.action.kind === 'goto' &&
      rule.priority < wanted.priority &&
      rule.action.priority > wanted.priority &&
      fits(rule, key) === true,
  );
  return jump ?? null;
}

/** The rules of one family. A node without IPv6 addresses is not asked for those of IPv6. */
function policiesOf({ policies }: NodeState, family: PolicyRule['family']): PolicyRule[] {
  const own = policies.filter((rule) => rule.family === family);
  return own.length > 0 ? own : usual[family].map(([priority, table]) => usualRule(family, priority, table));
}

function usualRule(family: PolicyRule['family'], priority: number, table: string): PolicyRule {
  const none = { from: null, to: null, iif: null, oif: null, mark: null, tos: null, protocol: null };
  const action: Table = { kind: 'table', table, suppressPrefix: null };
  return {
    ...{ family, priority, negated: false, ...none, sourcePorts: null, destinationPorts: null, other: false },
    ...{ action, text: `${priority}: from all lookup ${table}` },
  };
}

function fits(rule: PolicyRule, key: RouteKey): Certainty {
  const held = all([...conditions(rule, key).map(([, one]) => one), rule.other ? 'unknown' : true]);
  return held === 'unknown' ? held : held !== rule.negated;
}

/** The conditions of a rule that a packet does not meet; none of a rule for packets that it does not fit. */
export function missedBy(rule: PolicyRule, key: RouteKey): (keyof PolicyRule)[] {
  if (rule.negated || rule.family !== (key.to.includes(':') ? 'ipv6' : 'ipv4')) return [];
  return conditions(rule, key).flatMap(([name, held]) => (held === false ? [name] : []));
}

function conditions(rule: PolicyRule, key: RouteKey): [keyof PolicyRule, Certainty][] {
  return [
    ['from', rule.from === null || (key.from !== '' && holds(rule.from, key.from))],
    ['to', rule.to === null || holds(rule.to, key.to)],
    ['iif', rule.iif === null || rule.iif === (key.iif ?? 'lo')],
    // Only a socket bound to a device asks with one.
    ['oif', rule.oif === null],
    ['mark', rule.mark === null || ofMark(rule.mark, key.mark)],
    ['tos', rule.tos === null || rule.tos === 0 || ofTos(rule.tos, key)],
    ['uids', ofUser(rule.uids ?? null, key.uid)],
    [
      'protocol',
      rule.protocol === null || (key.protocol === null ? 'unknown' : rule.protocol === protocolOf(key)),
    ],
    ['sourcePorts', within(rule.sourcePorts, key.sourcePort)],
    ['destinationPorts', within(rule.destinationPorts, key.destinationPort)],
  ];
}

const ofMark = ({ value, mask }: NonNullable<PolicyRule['mark']>, mark: number | null): Certainty =>
  mark === null ? 'unknown' : (mark & mask) >>> 0 === value;

/**
 * IPv4 compares three bits of the packet's type of service (fib_dscp_masked_match), IPv6 all but the two for
 * congestion.
 */
export function ofTos(wanted: number, { to, tos = 0 }: Pick<RouteKey, 'to' | 'tos'>): boolean {
  return to.includes(':') ? (wanted & 0xfc) === (tos & 0xfc) : wanted === (tos & 0x1c);
}

function ofUser(range: [number, number] | null, uid: number | undefined): Certainty {
  if (range === null) return true;
  return uid === undefined ? 'unknown' : uid >= range[0] && uid <= range[1];
}

function protocolOf({ protocol, to }: RouteKey): string | null {
  return protocol === 'icmp' && to.includes(':') ? 'ipv6-icmp' : protocol;
}

function within(range: [number, number] | null, port: number | null): Certainty {
  if (range === null) return true;
  return port === null ? 'unknown' : port >= range[0] && port <= range[1];
}
