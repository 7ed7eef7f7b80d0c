import { type Draft, draft, type Piece, spell } from './generate.ts';
import type { Backend, Family } from './netns.ts';
import type { Random } from './random.ts';

/** Two rules, and every writing of the second that means the same though `iptables -C` distinguishes it. */
export interface Pair {
  table: string;
  a: string;
  b: string;
  /** `b` first; the others differ in the order of matches that only look at the packet, or in a twin's name. */
  variants: string[];
}

/** `iptables -C` does not find a rule with --hitcount, not even by the words it was made of. */
const isFindable = (d: Draft): boolean => !JSON.stringify(d).includes('--hitcount');

/**
 * The parts that `ip6tables -C` of iptables 1.8.9 does not compare: with nft the masks of addresses (to it
 * ::/10 is no address at all), with legacy the options of matches and target (to it every LOG is the same,
 * and NOTRACK is a CT). There, pairs do not differ in that alone.
 */
function blindSpot(family: Family, backend: Backend): 'addresses' | 'options' | undefined {
  if (family === 'ipv4') return undefined;
  return backend === 'nft' ? 'addresses' : 'options';
}

/** A pair of rules: the same one written twice, or the second changed in one place. */
export function pair(r: Random, family: Family, backend: Backend): Pair {
  let first = draft(r, family);
  while (!isFindable(first)) first = draft(r, family);
  const second = r.chance(50) ? first : changed(r, first, blindSpot(family, backend));
  const orders = ordersOf(second);
  const b = r.pick(orders);
  const rest = orders.filter((order) => order !== b);
  const drafts = [second, ...twins(second)];
  const variants = drafts.flatMap((d) => [b, ...rest].map((order) => spell(r, d, { order })));
  return { table: first.table, a: spell(r, first), b: r.pick(variants), variants };
}

/** The draft with one part exchanged, left out, added or moved across a match that counts. */
function changed(r: Random, d: Draft, blind: ReturnType<typeof blindSpot>): Draft {
  for (let i = 0; i < 50; i++) {
    const other = draft(r, d.family);
    if (other.table !== d.table || other.chain !== d.chain) continue;
    const found = exchanged(r, d, other);
    if (found === undefined || (found.header !== d.header && blind === 'addresses')) continue;
    if (blind !== 'options' || found.header !== d.header || namesOf(found) !== namesOf(d)) return found;
  }
  return { ...d, target: undefined };
}

function exchanged(r: Random, d: Draft, other: Draft): Draft | undefined {
  const change = r.below(5);
  if (change === 0) return { ...d, header: other.header };
  if (change === 1 && other.implied === d.implied) return { ...d, target: other.target };
  if (change === 2 && d.matches.length > 0) return { ...d, matches: d.matches.slice(1) };
  if (change === 3 && d.matches.length > 1) return { ...d, matches: r.shuffle(d.matches) };
  if (change === 4 && other.implied === d.implied) return { ...d, matches: other.matches };
  return undefined;
}

const namesOf = ({ matches, target }: Draft): string =>
  [...matches, target].map((piece) => (piece?.name === 'NOTRACK' ? 'CT' : piece?.name)).join();

/** Every order in which the matches that only look at the packet change places among themselves. */
function ordersOf(d: Draft): number[][] {
  const orders: number[][] = [];
  const extend = (order: number[], left: number[]): void => {
    if (left.length === 0) orders.push(order);
    const barrier = left.findIndex((i) => d.matches[i]?.stateful);
    const choices = barrier < 0 ? left : barrier === 0 ? left.slice(0, 1) : left.slice(0, barrier);
    for (const i of choices)
      extend(
        [...order, i],
        left.filter((j) => j !== i),
      );
  };
  extend(
    [],
    d.matches.map((_, i) => i),
  );
  return orders;
}

/** The draft with its twin names in place of the names it uses. */
function twins(d: Draft): Draft[] {
  const swap = (p: Piece): Piece => (p.twin ? { ...p, ...p.twin } : p);
  const all = { ...d, matches: d.matches.map(swap), target: d.target && swap(d.target) };
  return JSON.stringify(all) === JSON.stringify(d) ? [] : [all];
}
