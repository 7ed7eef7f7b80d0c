import { explain } from '../../core/explain/explain.ts';
import { languages } from '../../core/language.ts';
import type { Verdict } from '../../core/verdict/verdict.ts';

const rungs = ['what', 'why', 'where', 'idea', 'command'] as const;

/** The missing parts of a failing verdict: an empty rung of its ladder, a placeholder without a value. */
export function missingWords(verdict: Verdict): string | null {
  for (const language of languages) {
    const words = explain(verdict, language);
    for (const rung of rungs) {
      const text = words[rung];
      if (text.trim() === '') return `no words in ${language} for ${rung}`;
      // curl's %{http_code} is none of ours.
      const unfilled = /(?<!%)\{[a-zA-Z]\w*\}/.exec(text)?.[0];
      if (unfilled !== undefined) return `${unfilled} is not filled in, in ${language}, ${rung}: ${text}`;
    }
  }
  return null;
}
