import { styleText } from 'node:util';
import type { Language } from '../../core/language.ts';
import { symptomsOf } from '../../core/practice/symptoms.ts';
import type { ExplainedVerdict } from '../../protocol/values/verdict.ts';
import type { Words } from '../../words/en/cli.ts';
import { inline } from './inline.ts';

export function symptomsText(
  verdicts: readonly ExplainedVerdict[],
  { practice, status }: Words,
  language: Language,
): string {
  const { symptoms, more, unchecked } = symptomsOf(verdicts);
  return [
    practice.symptoms,
    ...symptoms.map(({ words }) => `  ${styleText('red', '✗')} ${inline(words[language].expected)}`),
    ...(more > 0 ? [styleText('dim', practice.more(more))] : []),
    ...(unchecked > 0 ? [styleText('dim', `${status['could-not-check']}: ${unchecked}`)] : []),
    practice.help,
  ].join('\n');
}
