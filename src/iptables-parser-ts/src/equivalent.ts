import { familyOfRule, normalize } from './normalize.ts';
import { printRule } from './stringify-rule.ts';
import type { Rule } from './tree.ts';

/**
 * Whether the kernel treats two rules alike: same table and chain, same packets, same fate. Counters, the
 * command (-A, -I, ...) and a rule number do not matter. A rule without a family is taken for one of the
 * other's.
 */
export function equivalent(a: Rule, b: Rule): boolean {
  if (a.table !== b.table || a.chain !== b.chain) return false;
  const familyA = familyOfRule(a);
  const familyB = familyOfRule(b);
  if (familyA && familyB && familyA !== familyB) return false;
  const family = familyA ?? familyB ?? 'ipv4';
  return printRule(normalize({ ...a, family })) === printRule(normalize({ ...b, family }));
}
