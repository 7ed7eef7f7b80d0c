import type { MovedRule } from './moved-rule.ts';
import type { Recording } from './recording.ts';
import { RuleBook } from './rule-book.ts';

/**
 * Which rules counted packets while the probe was on its way: the probe's, or another program's at the same
 * time.
 */
export function movedRules(recording: Recording): MovedRule[] {
  const book = new RuleBook(recording);
  return recording.counted.flatMap((late) => {
    const early = recording.handles.find(
      (one) =>
        one.node === late.node &&
        one.family === late.family &&
        one.table === late.table &&
        one.chain === late.chain &&
        one.handle === late.handle,
    );
    if (early === undefined || early.packets === late.packets) return [];
    const line = book.lineOf(late);
    if (line === null || early.packets === null || late.packets === null) return [];
    const { node, table, chain } = late;
    return [{ node, table, chain, rule: line.text, before: early.packets, after: late.packets }];
  });
}
