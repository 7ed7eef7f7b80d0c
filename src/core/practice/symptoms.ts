import type { Verdict } from '../verdict/verdict.ts';

/** `words`: a client's, as it shows them. */
type Symptom = Pick<Verdict, 'status'> & { noticed: boolean; words?: { en: { expected: string } } };

interface Symptoms<V> {
  symptoms: V[];
  /** How many more fail that only a look into the tables shows. */
  more: number;
  unchecked: number;
}

/**
 * The failing checks, and no more: finding the reason is the practice. Failures that users notice come before
 * those that only a look into a node's tables shows.
 */
export function symptomsOf<V extends Symptom>(verdicts: readonly V[]): Symptoms<V> {
  const wrong = verdicts.filter(({ status }) => status === 'fail');
  const noticed = wrong.filter((verdict) => verdict.noticed);
  const noticeable = noticed.length > 0 ? noticed : wrong;
  // Two steps may ask the same.
  const asked = ({ words }: V, index: number) => words?.en.expected ?? String(index);
  const distinct = noticeable.filter(
    (verdict, index) => noticeable.map(asked).indexOf(asked(verdict, index)) === index,
  );
  const unchecked = verdicts.filter(({ status }) => status === 'could-not-check').length;
  return { symptoms: distinct, more: wrong.length - noticeable.length, unchecked };
}
