import type { Language } from '../../core/language.ts';
import { particles } from '../../core/text/particles.ts';
import { english } from '../../words/en/page-checks.ts';
import { korean } from '../../words/ko/page-checks.ts';
import type { Check } from '../state/protocol-types.ts';
import type { Descriptions } from './descriptions.ts';

const languages: Record<Language, { rows: Descriptions; finish: (text: string) => string }> = {
  en: { rows: english, finish: (text) => text },
  ko: { rows: korean, finish: particles },
};

/** What a check asks, before anybody has asked it. Afterwards the daemon's own words say what is so. */
export function describe({ kind, args }: Check, language: Language): string {
  const { rows, finish } = languages[language];
  // Kind and arguments belong together; the compiler sees each for itself.
  const say = rows[kind] as (args: Check['args']) => string;
  return finish(say(args));
}
