/**
 * The known name that looks most like the one given: its beginning is the name, it has the same letters in another
 * order, or fewer than half of them differ. Null when none is near: any guess would be as good as another.
 */
export function nearest(name: string, known: readonly string[]): string | null {
  const distanceTo = (candidate: string) =>
    candidate.startsWith(name) || letters(candidate) === letters(name) ? 1 : editDistance(name, candidate);
  // Of two as near, the one with the same first letter: it is hardly ever the wrong one.
  const begun = (candidate: string) => Number(candidate[0] === name[0]);
  const [best] = known
    .map((candidate) => ({ candidate, distance: distanceTo(candidate) }))
    .sort((one, other) => one.distance - other.distance || begun(other.candidate) - begun(one.candidate));
  if (best === undefined) return null;
  const longer = Math.max(name.length, best.candidate.length);
  return best.distance === 1 || 2 * best.distance < longer ? best.candidate : null;
}

const letters = (text: string): string => [...text].sort().join('');

/** `; did you mean X?`, or nothing. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === null ? '' : `; did you mean ${near}?`;
}

/** Levenshtein's distance. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/**
 * The one among names that all may be right which is the given one misspelt: the same letters in another order, or
 * one letter more, less or another, or in other capitals; empty where none is. Numbers tell names apart that are meant to be alike.
 */
export function misspelt(name: string, names: readonly string[]): string {
  const digits = (text: string) => text.replace(/\D/g, '');
  const near = (one: string) =>
    one.toLowerCase() === name.toLowerCase() || (digits(one) === digits(name) && isOneSlipFrom(one, name));
  return names.find((one) => one !== name && near(one)) ?? '';
}

/** The same letters in another order, or one letter more, less or another; a short text has too few to tell. */
export const isOneSlipFrom = (one: string, other: string): boolean =>
  letters(one) === letters(other) || (other.length > 3 && editDistance(one, other) === 1);
