import type { RuleSight } from './flow-packet.ts';
import type { RuleStep } from './hop.ts';
import { ownTable, type RuleBook } from './rule-book.ts';

/** One passage of a packet through a node's hooks. */
export interface Passage {
  sights: RuleSight[];
}

/**
 * Splits sights at the boundaries of passages: a packet that a node sends begins at inet's output; one that
 * comes in begins at a prerouting that was passed already, or after the packet had left.
 */
export function passagesOf(sights: readonly RuleSight[]): Passage[] {
  const passages: Passage[] = [];
  let begun = new Set<string>();
  for (const sight of sights) {
    const { family, table, chain } = sight.event;
    const key = `${family} ${chain}`;
    const early = table === ownTable && !chain.endsWith('_end') && sight.header !== null;
    const left = begun.has('inet output') || begun.has('inet postrouting_end');
    const starts = early && (chain === 'prerouting' ? begun.has(key) || left : family !== 'bridge');
    if (passages.length === 0 || (starts && begun.size > 0)) {
      passages.push({ sights: [] });
      begun = new Set();
    }
    if (table === ownTable) begun.add(key);
    passages.at(-1)?.sights.push(sight);
  }
  return passages;
}

/** The hooks a passage went through, as far as the tracer's own chains at their ends saw it. */
export function hooksOf({ sights }: Passage): string[] {
  const hooks = sights
    .filter(({ event }) => event.table === ownTable && event.type === 'policy')
    .map(({ event }) => `${event.family === 'bridge' ? 'bridge ' : ''}${event.chain.replace('_end', '')}`);
  return [...new Set(hooks)];
}

/** The rules and policies of a passage, in order; custom chains as they were walked through. */
export function stepsOf({ sights }: Passage, book: RuleBook): RuleStep[] {
  return sights.flatMap(({ event }, index): RuleStep[] => {
    if (event.table === ownTable) return [];
    const { node, family, table, chain, handle } = event;
    const place = { hook: hookAt(sights, index), family, table, chain };
    if (event.type === 'policy') {
      const verdict = event.verdict === 'drop' ? 'drop' : 'policy';
      const rule = `-P ${chain} ${event.verdict === 'drop' ? 'DROP' : 'ACCEPT'}`;
      return [{ ...place, handle: null, rule, line: null, verdict, source: 'nft trace' }];
    }
    if (handle === null) return [];
    const line = book.lineOf({ node, family, table, chain, handle });
    const text = book.textOf({ node, family, table, chain, handle });
    const rejects =
      line?.rule.target?.kind === 'REJECT' || /\breject\b/.test(line === null ? (text ?? '') : '');
    const verdict = event.verdict === 'drop' && rejects ? 'reject' : verdictOf(event.verdict);
    return [
      {
        ...place,
        handle,
        rule: line?.text ?? text,
        line: line?.number ?? null,
        verdict,
        source: 'nft trace',
      },
    ];
  });
}

function verdictOf(verdict: RuleSight['event']['verdict']): RuleStep['verdict'] {
  return verdict === 'stolen' || verdict === 'queue' || verdict === 'repeat' ? 'other' : verdict;
}

const hooks = ['prerouting', 'input', 'forward', 'output', 'postrouting'] as const;

/** A base chain of iptables is named after its hook; any other rule is at the hook whose end comes next. */
function hookAt(sights: readonly RuleSight[], index: number): RuleStep['hook'] {
  const named = (chain: string) => hooks.find((hook) => chain.toLowerCase() === hook);
  const base = sights
    .slice(0, index + 1)
    .toReversed()
    .map(({ event }) => (event.table === ownTable ? undefined : named(event.chain)));
  const next = sights
    .slice(index)
    .find(({ event }) => event.table === ownTable && event.chain.endsWith('_end'));
  const ending = next === undefined ? undefined : named(next.event.chain.replace('_end', ''));
  const before = sights.slice(0, index).findLast(({ event }) => event.table === ownTable);
  return (
    named(sights[index]?.event.chain ?? '') ??
    ending ??
    base.find((hook) => hook !== undefined) ??
    named(before?.event.chain ?? '') ??
    'forward'
  );
}
