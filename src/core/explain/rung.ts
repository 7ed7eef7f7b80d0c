import { inEachLanguage, type Language, type Text } from '../language.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { cure, explain } from './explain.ts';

/**
 * What a rung of the ladder says: what is wrong, where to look, the idea, and what is typed, each line with the node
 * whose shell it is typed in. Whoever looks for a mistake is told where before what.
 */
export function rungOf(verdict: Verdict, rung: 1 | 2 | 3 | 4, practice = false): Text {
  const words = (language: Language) => {
    const { what, where, idea } = explain(verdict, language);
    const first = practice ? [where, what] : [what, where];
    return [...first, idea, typed(verdict)][rung - 1] ?? '';
  };
  return inEachLanguage(words);
}

/** `NODE # COMMAND`, and `# or` in front of another way. */
function typed(verdict: Verdict): string {
  return cure(verdict)
    .map(({ on, run, or }) => `${or ? '# or\n' : ''}${on} # ${run}`)
    .join('\n');
}
