import { inEachLanguage, type Text } from '../../language.ts';
import type { Change, TracedHop } from '../../path/recording/hop.ts';
import type { Values } from '../../verdict/verdict.ts';
import { phrase, words } from '../languages.ts';
import type { TraceWords } from './words.ts';

type Part = Pick<TracedHop, 'changes' | 'rules' | 'conntrack' | 'hooks'>;
type Side = 'source' | 'destination';

/** The rule that translated a side, or another cause. */
interface Translator {
  by: Exclude<keyof TraceWords['nat'], 'changed' | 'side'>;
  values: Values;
}

/**
 * The addresses and ports that a hop changed, and the rule that changed them; null if it translated nothing.
 */
export function natWords(hop: Part): Text | null {
  const sides = (['source', 'destination'] as const).flatMap((side) => {
    const change = endChange(hop.changes, side);
    return change === null ? [] : [{ side, change, translator: translatorOf(hop, side) }];
  });
  if (sides.length === 0) return null;
  return inEachLanguage((language) => {
    const own = words[language];
    const { nat } = own.traces;
    const parts = sides.map(({ side, change, translator: { by, values } }) => ({
      changes: phrase(own, nat.side, { side: own.sides[side], change }),
      why: phrase(own, nat[by], values),
    }));
    const [first, second] = parts;
    // The same reason is given once.
    const merged =
      first !== undefined && first.why === second?.why
        ? [{ changes: `${first.changes}, ${second.changes}`, why: first.why }]
        : parts;
    return merged.map((part) => phrase(own, nat.changed, part)).join('; ');
  });
}

/** The rule that translated this side; where none of the packet's did, it was decided with the connection's first. */
function translatorOf({ rules, conntrack, hooks }: Part, side: Side): Translator {
  const targets = side === 'source' ? /-j (SNAT|MASQUERADE|NETMAP)\b/ : /-j (DNAT|REDIRECT|NETMAP)\b/;
  const translating = rules.find(
    ({ table, verdict, rule }) => table === 'nat' && verdict === 'accept' && targets.test(rule ?? ''),
  );
  if (translating !== undefined) {
    const { table, chain, line, rule } = translating;
    const target = targets.exec(rule ?? '')?.[1] ?? 'nat';
    return { by: 'byRule', values: { target, place: `${table} ${chain} ${line ?? '?'}` } };
  }
  const words = side === 'source' ? /\b(masquerade|snat)\b/ : /\b(dnat|redirect)\b/;
  const native = rules.find(({ line, rule }) => line === null && words.test(rule ?? ''));
  if (native !== undefined) {
    const { family, table, chain, rule } = native;
    return {
      by: 'byNft',
      values: { rule: rule ?? '', place: [family, table, chain].join(' ') },
    };
  }
  // Only conntrack can have done it; its entry may be gone already (a reset ends it).
  return { by: conntrack !== null || hooks.length > 0 ? 'byConntrack' : 'unseen', values: {} };
}

function endChange(changes: readonly Change[], side: Side): string | null {
  const address = changes.find(({ field }) => field === side);
  const port = changes.find(({ field }) => field === `${side}Port`);
  if (address === undefined && port === undefined) return null;
  const part = (which: 'before' | 'after') =>
    [address?.[which] ?? '', port === undefined ? '' : `:${port[which]}`].join('');
  return `${part('before')} -> ${part('after')}`;
}
