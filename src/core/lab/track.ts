import { z } from 'zod';
import { identifier, text } from '../check/terms.ts';
import { type Text, untranslated } from '../language.ts';
import { nearest } from '../text/nearest.ts';
import { type Said, said } from '../text/said.ts';
import type { Lab } from './lab.ts';

/** Labs that belong together, in the order they are learnt in. */
export interface Track {
  id: string;
  title: Text;
  /** The skills of a learner who has finished it. */
  after?: Text;
  /** Its place among the tracks. */
  order: number;
  labs: string[];
}

/** The shape of `track.yaml`. */
export const trackSchema = z.strictObject({
  title: text,
  after: text.exactOptional(),
  order: z.int(),
  labs: z.array(identifier).min(1),
});

/** Of a directory without a `track.yaml`: after all others. */
export const untitled = (id: string): Track => ({ id, title: untranslated(id), order: Infinity, labs: [] });

/** Labs by track, each in its place; one that its track does not name comes after the others. */
export function inOrder(labs: readonly Lab[], tracks: readonly Track[]): Lab[] {
  const trackOf = (lab: Lab) => tracks.findIndex(({ id }) => id === lab.track);
  const placeOf = (lab: Lab) => {
    const place = tracks[trackOf(lab)]?.labs.indexOf(lab.id) ?? -1;
    return place < 0 ? Infinity : place;
  };
  const compare = (one: number, other: number) => (one === other ? 0 : one - other);
  return labs.toSorted(
    (one, other) => compare(trackOf(one), trackOf(other)) || compare(placeOf(one), placeOf(other)),
  );
}

/** Problems of a lab's prerequisites: labs that do not exist, and a lab that would wait for itself. */
export function prerequisiteProblems(
  { id, prerequisites }: Pick<Lab, 'id' | 'prerequisites'>,
  known: ReadonlyMap<string, readonly string[]>,
): Said[] {
  const names = [...known.keys()].filter((name) => name !== id);
  const missing = prerequisites.filter((each) => each !== id && !known.has(each));
  const circle = wayBack(id, prerequisites, known);
  return [
    ...missing.map((each) => said('no-lab', { lab: each, near: nearest(each, names) ?? '' })),
    ...(circle === null ? [] : [said('circle', { labs: circle.join(' → ') })]),
  ];
}

function wayBack(
  id: string,
  first: readonly string[],
  known: ReadonlyMap<string, readonly string[]>,
): string[] | null {
  const seen = new Set<string>();
  const search = (from: string, next: readonly string[]): string[] | null => {
    for (const each of next) {
      if (each === id) return [from, each];
      if (seen.has(each)) continue;
      seen.add(each);
      const rest = search(each, known.get(each) ?? []);
      if (rest) return [from, ...rest];
    }
    return null;
  };
  return search(id, first);
}
