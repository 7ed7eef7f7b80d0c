import type { Check } from '../check/check.ts';
import { unknownWords } from '../check/kinds/rule/judge.ts';
import { type Finding, inLab } from './problem.ts';

/** A rule in a check that cannot be compared by its meaning. */
export function ruleFindings({ kind, args }: Check, path: (string | number)[]): Finding[] {
  const like = kind === 'rule' || kind === 'nat' ? args.like : undefined;
  const unknown = like === undefined ? [] : unknownWords(like);
  const at = [...path, kind, 'like'];
  if (unknown === null)
    return [inLab(at, `expected a rule as iptables takes it, not \`${like}\``, 'warning')];
  const how =
    kind === 'rule'
      ? 'it is compared by how the kernel of the machine prints it'
      : 'it is compared word for word';
  return unknown.map((name) => inLab(at, `the extension ${name} is not known here; ${how}`, 'warning'));
}
