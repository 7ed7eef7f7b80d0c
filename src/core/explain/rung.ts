import { inEachLanguage, type Language, type Text } from '../language.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { explain } from './explain.ts';

/** What a rung of the ladder says: 1 what is wrong, 2 where to look, 3 the idea, 4 the command. */
export function rungOf(verdict: Verdict, rung: 1 | 2 | 3 | 4): Text {
  const words = (language: Language) => {
    const { what, where, idea, command } = explain(verdict, language);
    return [what, where, idea, command][rung - 1] ?? '';
  };
  return inEachLanguage(words);
}
