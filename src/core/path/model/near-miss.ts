import { type Rule, serializeRule } from 'iptables-parser-ts';
import type { NodeState } from '../../state/observation.ts';
import { matchRule } from './match-rule.ts';
import type { Headers } from './packet.ts';
import { rulesetOf } from './ruleset.ts';

/** A rule that would have given the packet another destination, but for one of its conditions. */
interface NearMiss {
  rule: string;
  /** The condition as iptables writes it: `! -i docker0`. */
  condition: string;
}

const parts = ['protocol', 'source', 'destination', 'inInterface', 'outInterface'] as const;

/** Of the rules that change a destination, the first that misses the packet by one condition. */
export function nearMiss(node: NodeState, headers: Headers, link: string | null): NearMiss | null {
  const chains = rulesetOf(node, headers.destination.includes(':') ? 'ipv6' : 'ipv4')?.get('nat');
  if (headers.protocol === 'icmp' || chains === undefined) return null;
  const sight = {
    ...{ node, headers, in: link, out: null, state: 'NEW' as const, natted: true, mark: 0 },
    ...{ original: headers, translated: headers, answer: false },
  };
  for (const { lines } of chains.values()) {
    for (const { rule, text } of lines) {
      if (rule.target?.kind !== 'DNAT' && rule.target?.kind !== 'REDIRECT') continue;
      const missing = conditionsOf(rule).filter((one) => matchRule(one, sight) === false);
      const [only] = missing;
      if (missing.length === 1 && only !== undefined)
        return {
          rule: text,
          condition: serializeRule(only)
            .trim()
            .replace(/^(-t \S+ )?-A \S+ /, ''),
        };
    }
  }
  return null;
}

/** A rule's conditions, each as a rule of its own. Ports stand behind their protocol. */
function conditionsOf(rule: Rule): Rule[] {
  const { table, chain, command } = rule;
  const empty: Rule = { table, chain, command, matches: [], raws: {} };
  const { protocol } = rule;
  return [
    ...parts.flatMap((part) => (rule[part] === undefined ? [] : [{ ...empty, [part]: rule[part] }])),
    ...rule.matches.map((match) => ({
      ...empty,
      ...(protocol === undefined ? {} : { protocol }),
      matches: [match],
    })),
  ];
}
