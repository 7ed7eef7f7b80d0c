import { binomial, usual } from './binomial.ts';

/** The expected distribution of requests over backends; see schema.ts. */
export interface Spread {
  requests: number;
  /** Weight of each backend. */
  backends: Record<string, number>;
  spread: 'shares' | 'every' | 'one';
  falseAlarm: number;
}

export interface Share {
  backend: string;
  /** Its part of the requests, 0 to 1. */
  part: number;
  least: number;
  most: number;
}

export interface Bounds {
  shares: Share[];
  /**
   * How likely backends that are chosen independently, each with its part, get the other verdict by chance:
   * a failure of `shares` and `every` (at most the sum over all backends), a pass of `one`.
   */
  chance: number;
}

/** How many answers of each backend are as they should be, and how sure that is. */
export function boundsOf({ requests, backends, spread, falseAlarm }: Spread): Bounds {
  const parts = partsOf(backends);
  const serving = parts.filter(({ part }) => part > 0);
  if (spread === 'shares') {
    const side = falseAlarm / (2 * serving.length);
    const shares = parts.map(({ backend, part }) => ({ backend, part, ...usual(requests, part, side) }));
    return { shares, chance: total(shares.map((share) => outside(requests, share))) };
  }
  const shares = parts.map(({ backend, part }) => {
    return { backend, part, least: spread === 'every' && part > 0 ? 1 : 0, most: requests };
  });
  const missed = (part: number) => (spread === 'every' ? 1 - part : part) ** requests;
  return { shares, chance: total(serving.map(({ part }) => missed(part))) };
}

/**
 * Whether this number of requests is enough: to notice a backend that gets nothing, to fail a correct
 * distribution no more often than the false-alarm chance of the check, and to distinguish one backend from
 * several.
 */
export function tells(asked: Spread): boolean {
  const { shares, chance } = boundsOf(asked);
  if (chance > asked.falseAlarm) return false;
  return asked.spread === 'one' || shares.every(({ part, least }) => part === 0 || least > 0);
}

/** How likely a share's backend gets a count that is at least as far out, on the side where it lies. */
export function rarity(requests: number, { part }: Share, count: number): number {
  const { atMost, atLeast } = binomial(requests, part);
  return count < requests * part ? atMost(count) : atLeast(count);
}

function partsOf(backends: Record<string, number>): { backend: string; part: number }[] {
  const all = total(Object.values(backends));
  return Object.entries(backends).map(([backend, weight]) => ({ backend, part: weight / all }));
}

function outside(requests: number, { part, least, most }: Share): number {
  const { atMost, atLeast } = binomial(requests, part);
  return atMost(least - 1) + atLeast(most + 1);
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);
