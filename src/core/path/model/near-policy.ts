import { holds } from '../../state/ip.ts';
import type { NodeState, Observation, PolicyRule } from '../../state/observation.ts';
import type { Packet } from './packet.ts';
import { missedBy, type RouteKey } from './policy.ts';
import { firstTrouble, walk } from './walk.ts';

/** A rule of the routing policy that a packet misses by one condition. */
export interface NearPolicy {
  rule: PolicyRule;
  /** The condition, as `ip rule` prints it. */
  condition: string;
  mark: boolean;
  /** The route of the rule's table. */
  route: string;
}

/**
 * The rule of a node that would bring a packet through, but for one condition: with a rule without it the whole way
 * leads there and back.
 */
export function nearPolicy(
  observation: Observation,
  packet: Packet,
  name: string,
  key: RouteKey,
): NearPolicy | null {
  const node = observation.nodes[name];
  for (const rule of node?.policies ?? []) {
    const [missed, ...more] = missedBy(rule, key);
    if (node === undefined || rule.action.kind !== 'table' || missed === undefined || more.length > 0)
      continue;
    const { table } = rule.action;
    const route = node.routes.find((one) => one.table === table && holds(one.destination, key.to));
    if (route === undefined || route.family !== rule.family) continue;
    const met = withPolicy(node, rule, { ...rule, [missed]: null });
    if (firstTrouble(walk({ nodes: { ...observation.nodes, [name]: met } }, packet)) !== null) continue;
    return { rule, condition: wordsOf(rule)[missed] ?? '', mark: missed === 'mark', route: route.text };
  }
  return null;
}

const withPolicy = (node: NodeState, old: PolicyRule, rule: PolicyRule): NodeState => ({
  ...node,
  policies: node.policies.map((one) => (one === old ? rule : one)),
});

/** The conditions of a rule in the words of ip-rule(8). */
function wordsOf(rule: PolicyRule): Partial<Record<keyof PolicyRule, string>> {
  const { from, to, iif, mark, tos, protocol, sourcePorts, destinationPorts, oif, uids } = rule;
  const ports = (range: [number, number] | null) => [...new Set(range ?? [])].join('-');
  const hex = (value: number) => `0x${value.toString(16)}`;
  const mask = mark === null || mark.mask === 0xffffffff ? '' : `/${hex(mark.mask)}`;
  return {
    ...{ from: `from ${from}`, to: `to ${to}`, iif: `iif ${iif}`, oif: `oif ${oif}` },
    ...{ mark: `fwmark ${hex(mark?.value ?? 0)}${mask}`, tos: `tos ${hex(tos ?? 0)}` },
    ...{ protocol: `ipproto ${protocol}`, uids: `uidrange ${(uids ?? []).join('-')}` },
    ...{ sourcePorts: `sport ${ports(sourcePorts)}`, destinationPorts: `dport ${ports(destinationPorts)}` },
  };
}
