import { createRequire } from 'node:module';
import { stripVTControlCharacters } from 'node:util';

/** Each of these characters takes one column, and a syllable of Hangul two; none of them joins another one. */
const simple = /^[ -~\xa0-\xa8\xaa-\xac\xaf-\u02af–—‘’“”•…←↑→↓─-▟▸▾►▼✓✗\uac00-\ud7a3]*$/;
const syllables = /[\uac00-\ud7a3]/g;

/** Columns a text takes on a terminal. */
export function width(text: string): number {
  const visible = stripVTControlCharacters(text);
  if (!simple.test(visible)) return anyWidth(text);
  return visible.length + (visible.match(syllables)?.length ?? 0);
}

/** Loaded for the few texts that need it: making its `Intl.Segmenter` takes longer than most commands. */
function anyWidth(text: string): number {
  const { default: stringWidth } = createRequire(import.meta.url)(
    'string-width',
  ) as typeof import('string-width');
  return stringWidth(text);
}

/** Fills a text up to a number of columns. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/** Columns of the terminal that prose is set to. */
export function proseWidth(): number {
  return Math.min(lineWidth(), 100);
}

/** Columns of the terminal; output to a file or a pipe gets as many as most terminals have. */
export function lineWidth(): number {
  return process.stdout.columns ?? 100;
}
