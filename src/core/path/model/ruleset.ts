import { normalize, ParseError, parseSave, type Rule, serializeRule, type Table } from 'iptables-parser-ts';
import type { NodeState } from '../../state/observation.ts';

/** A rule with its place, as `iptables -L CHAIN --line-numbers` counts. */
export interface Line {
  rule: Rule;
  number: number;
  /** As iptables-save prints it. */
  text: string;
}

export interface ChainRules {
  /** Null for a chain of the user's own, which returns at its end. */
  policy: 'ACCEPT' | 'DROP' | null;
  lines: Line[];
}

/** table -> chain -> rules; null where the text cannot be read. */
export type Ruleset = Map<string, Map<string, ChainRules>> | null;

export function rulesetOf(node: NodeState, family: 'ipv4' | 'ipv6'): Ruleset {
  return rulesetFrom(node.rules[family], family);
}

/** The rules in the output of iptables-save or iptables-legacy-save. */
export function rulesetFrom(text: string, family: 'ipv4' | 'ipv6'): Ruleset {
  try {
    const { tables } = parseSave(text, { family });
    return new Map(tables.map((table) => [table.name, chainsOf(table)]));
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

function chainsOf(table: Table): Map<string, ChainRules> {
  const chains = new Map<string, ChainRules>();
  for (const { name, policy } of table.chains) chains.set(name, { policy: policy ?? null, lines: [] });
  for (const rule of table.rules) {
    const chain = chains.get(rule.chain);
    if (chain === undefined) continue;
    const text = serializeRule(rule).trim();
    chain.lines.push({ rule: normalize(rule), number: chain.lines.length + 1, text });
  }
  return chains;
}
