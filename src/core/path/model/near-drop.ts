import type { Target } from 'iptables-parser-ts';
import type { Observation } from '../../state/observation.ts';
import { promptOf } from '../../verdict/evidence.ts';
import type { Reason } from '../../verdict/reasons.ts';
import type { Values } from '../../verdict/verdict.ts';
import { matchRule } from './match-rule.ts';
import { linesAt, nearMiss } from './near-miss.ts';
import type { Hook } from './netfilter.ts';
import type { Headers, Hop, Packet } from './packet.ts';
import { kubectl } from './rule-owner.ts';
import { type Ruleset, rulesetOf } from './ruleset.ts';
import type { Sighting } from './sighting.ts';
import { walk } from './walk.ts';

const drops: readonly Target['kind'][] = ['DROP', 'REJECT'];
const ends: readonly Target['kind'][] = [...drops, 'ACCEPT'];

/**
 * Of a packet that rules should stop, and that arrives: the rule that nearly does. It stands behind one that accepts the
 * packet, misses it by one condition, or is in the chain of the packets that a node takes in or passes on.
 */
export function nearlyDropped(observation: Observation, packet: Packet, expected: string): Values {
  const wanted: readonly Reason[] = ['dropped-by-rule', 'rejected-by-rule'];
  if (!wanted.some((one) => one === expected)) return {};
  const { hops } = walk(observation, packet).request;
  const passed = hops.filter((hop) => hop.in !== null);
  for (const hop of passed) {
    const found = atNode(observation, hop);
    if (found !== null) return { ...at(observation, hop), ...found };
  }
  const first = passed.find(({ decisions: [by] }) => by?.by !== 'bridge');
  return { ...(first === undefined ? {} : at(observation, first)), ...policies(observation, hops) };
}

function at(observation: Observation, { node, out }: Hop): Values {
  const { shell: dropperShell, exec: dropperExec } = promptOf(observation, node);
  return { dropper: node, dropperShell, dropperExec, hook: out === null ? 'INPUT' : 'FORWARD' };
}

/** Between pods a network policy should have stopped it: no rule of a node is written for one that selects no pod. */
function policies({ nodes }: Observation, hops: readonly Hop[]): Values {
  const isPod = ({ node }: Hop) => nodes[node]?.kind === 'pod';
  const pod = hops.findLast(isPod);
  return pod === undefined ? {} : { kubectl, policyPod: pod.node };
}

function atNode({ nodes }: Observation, hop: Hop): Values | null {
  const node = nodes[hop.node];
  if (node === undefined) return null;
  const { before, after, in: link, out } = hop;
  const rules = rulesetOf(node, after.destination.includes(':') ? 'ipv6' : 'ipv4');
  const [hook, other]: Hook[] = out === null ? ['INPUT', 'FORWARD'] : ['FORWARD', 'INPUT'];
  if (hook === undefined || other === undefined) return null;
  // The source changes in POSTROUTING only.
  const there: Headers = { ...after, source: before.source, sourcePort: before.sourcePort };
  const seen = (headers: Headers, to: string | null): Sighting => ({
    ...{ node, headers, in: link, out: to, state: 'NEW', natted: true, original: before, translated: after },
    ...{ answer: false, mark: 0 },
  });
  const own = seen(there, out);
  const late = lineAt(rules, hook, own, drops);
  if (late !== null)
    return { late, taken: lineAt(rules, hook, own, ends) ?? '', ...inFront(rules, hook, late) };
  const near = nearMiss(rules, 'filter', hook, own, drops);
  const natted =
    before.destination === after.destination && before.destinationPort === after.destinationPort
      ? {}
      : {
          natted: `${after.destination}${after.destinationPort === null ? '' : `:${after.destinationPort}`}`,
        };
  if (near?.nearly !== undefined) return { ...near, ...natted };
  const [fits, asSent] = [there, before].map((headers) => lineAt(rules, other, seen(headers, null), drops));
  const strange = fits ?? asSent ?? null;
  if (strange === null) return null;
  return { strange, otherHook: other, hook, ...(fits == null ? {} : inFront(rules, hook, fits)) };
}

/** The rule in front of all others of the hook: what `iptables -I` is given. Docker leaves a chain for it there. */
function inFront(rules: Ruleset, hook: Hook, text: string): Values {
  const [, conditions] = /^-A \S+ (.*)$/.exec(text) ?? [];
  const lines = rules?.get('filter')?.get(hook)?.lines ?? [];
  const left = lines.some((one) => one.text.endsWith(' -j DOCKER-USER'));
  return conditions === undefined ? {} : { early: `${left ? 'DOCKER-USER' : hook} ${conditions}` };
}

/** The first rule at a hook with one of these targets that the packet meets, if it came to it. */
function lineAt(
  rules: Ruleset,
  hook: Hook,
  seen: Sighting,
  wanted: readonly Target['kind'][],
): string | null {
  const chains = rules?.get('filter');
  if (chains === undefined) return null;
  const met = linesAt(chains, hook, seen, new Set()).find(
    ({ rule, stopper }) =>
      stopper === null &&
      rule.target !== undefined &&
      wanted.includes(rule.target.kind) &&
      matchRule(rule, seen) === true,
  );
  return met?.text ?? null;
}
