import type { Check } from '../check/check.ts';
import { unknownWords } from '../check/kinds/rule/judge.ts';
import { said } from '../text/said.ts';
import { type Finding, inLab } from './problem.ts';

/** A rule in a check that cannot be compared by its meaning. */
export function ruleFindings({ kind, args }: Check, path: (string | number)[]): Finding[] {
  const like = kind === 'rule' || kind === 'nat' ? args.like : undefined;
  const unknown = like === undefined ? [] : unknownWords(like);
  const at = [...path, kind, 'like'];
  if (unknown === null) return [inLab(at, said('no-rule', { rule: like ?? '' }), 'warning')];
  const code = kind === 'rule' ? 'extension-as-printed' : 'extension-by-words';
  return unknown.map((name) => inLab(at, said(code, { name }), 'warning'));
}
