import type { Language } from '../language.ts';
import { parseMarkdown } from '../text/markdown.ts';
import { plainText } from '../text/plain-text.ts';
import { folded, wordsOf } from '../text/query.ts';
import type { Lab } from './lab.ts';

/** A place in the labs whose text has every word of a query; `step` is null for the lab as a whole. */
export interface FoundPlace {
  lab: string;
  step: string | null;
  title: string;
  /** The text around the first word found. */
  excerpt: string;
}

/** Those with more words in their title come first; equal ones in the order in which the labs are learnt. */
export function searchLabs(labs: readonly Lab[], query: string, language: Language): FoundPlace[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  return labs
    .flatMap((lab) => placesOf(lab, language))
    .flatMap((place) => {
      const [title, source] = [folded(place.title), folded(place.source)];
      if (!words.every((word) => title.includes(word) || source.includes(word))) return [];
      return [{ place, weight: words.filter((word) => title.includes(word)).length }];
    })
    .sort((one, other) => other.weight - one.weight)
    .map(({ place: { lab, step, title, source } }) => ({
      ...{ lab, step, title },
      excerpt: excerptOf(plainText(parseMarkdown(source)), words),
    }));
}

type Place = Omit<FoundPlace, 'excerpt'> & { source: string };

function placesOf({ id, title, summary, prose, steps }: Lab, language: Language): Place[] {
  const { intro, steps: texts } = prose[language];
  const whole = { lab: id, step: null, title: title[language] };
  return [
    { ...whole, source: `${summary[language]}\n\n${intro}\n\n${id}` },
    ...steps.map(({ id: step, solution }) => ({
      ...{ lab: id, step, title: texts[step]?.title ?? step },
      source: [texts[step]?.body ?? '', ...solution.map(({ run }) => run), step].join('\n\n'),
    })),
  ];
}

const before = 40;
const longest = 160;

function excerptOf(text: string, words: readonly string[]): string {
  const lower = text.toLowerCase();
  const found = words.map((word) => lower.indexOf(word)).filter((at) => at >= 0);
  const first = Math.max(0, Math.min(...(found.length > 0 ? found : [0])) - before);
  const from = first === 0 ? 0 : text.indexOf(' ', first) + 1;
  const cut = text.slice(from, from + longest);
  const whole = from + longest >= text.length ? cut : `${cut.slice(0, cut.lastIndexOf(' '))} …`;
  return from === 0 ? whole : `… ${whole}`;
}
