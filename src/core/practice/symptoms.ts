import type { Verdict } from '../verdict/verdict.ts';

export interface Symptoms<V> {
  told: V[];
  /** How many more fail that only a look into the tables shows. */
  more: number;
  unchecked: number;
}

/**
 * What does not work, and no more: to find out why is the practice. What people notice goes before what only
 * somebody who looks into a node's tables sees.
 */
export function symptomsOf<V extends Pick<Verdict, 'status'> & { noticed: boolean }>(
  verdicts: readonly V[],
): Symptoms<V> {
  const wrong = verdicts.filter(({ status }) => status === 'fail');
  const noticed = wrong.filter((verdict) => verdict.noticed);
  const told = noticed.length > 0 ? noticed : wrong;
  const unchecked = verdicts.filter(({ status }) => status === 'could-not-check').length;
  return { told, more: wrong.length - told.length, unchecked };
}
