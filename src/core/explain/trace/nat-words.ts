import type { Text } from '../../language.ts';
import type { Change, TracedHop } from '../../path/recording/hop.ts';

type Part = Pick<TracedHop, 'changes' | 'rules' | 'conntrack' | 'hooks'>;

/** What a hop changed of addresses and ports, and who ordered it; null where nothing was translated. */
export function natWords({ changes, rules, conntrack, hooks }: Part): Text | null {
  const sides = (['source', 'destination'] as const).flatMap((side) => {
    const change = endChange(changes, side);
    return change === null ? [] : [{ side, change, why: orderedBy({ rules, conntrack, hooks }, side) }];
  });
  const [first, second] = sides;
  if (first === undefined) return null;
  // The same reason is told once.
  if (second !== undefined && second.why.en === first.why.en) {
    return {
      en: `${first.side} ${first.change}, ${second.side} ${second.change}, ${first.why.en}`,
      ko: `${first.why.ko} ${korean[first.side]} ${first.change}, ${korean[second.side]} ${second.change}`,
    };
  }
  return {
    en: sides.map(({ side, change, why }) => `${side} ${change}, ${why.en}`).join('; '),
    ko: sides.map(({ side, change, why }) => `${why.ko} ${korean[side]} ${change}`).join('; '),
  };
}

const korean = { source: '출발지', destination: '목적지' };

/** Which rule translated this side; where none of the packet's did, it was decided with the connection's first. */
function orderedBy({ rules, conntrack, hooks }: Omit<Part, 'changes'>, side: 'source' | 'destination'): Text {
  const targets = side === 'source' ? /-j (SNAT|MASQUERADE|NETMAP)\b/ : /-j (DNAT|REDIRECT|NETMAP)\b/;
  const ordered = rules.find(
    ({ table, verdict, rule }) => table === 'nat' && verdict === 'accept' && targets.test(rule ?? ''),
  );
  if (ordered !== undefined) {
    const target = targets.exec(ordered.rule ?? '')?.[1] ?? 'nat';
    const place = `${ordered.table} ${ordered.chain} ${ordered.line ?? '?'}`;
    return { en: `by ${target} (${place})`, ko: `${target} 규칙(${place})에 따라` };
  }
  // Only conntrack can have done it; its entry may be gone already (a reset ends it).
  return conntrack !== null || hooks.length > 0
    ? { en: 'as conntrack remembers the connection', ko: 'conntrack이 기억하는 연결대로' }
    : { en: 'by whom was not seen', ko: '누가 바꿨는지는 보이지 않음' };
}

function endChange(changes: readonly Change[], side: 'source' | 'destination'): string | null {
  const address = changes.find(({ field }) => field === side);
  const port = changes.find(({ field }) => field === `${side}Port`);
  if (address === undefined && port === undefined) return null;
  const part = (which: 'before' | 'after') =>
    [address?.[which] ?? '', port === undefined ? '' : `:${port[which]}`].join('');
  return `${part('before')} -> ${part('after')}`;
}
