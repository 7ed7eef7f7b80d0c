import { stripVTControlCharacters } from 'node:util';

/** Blocks whose characters take two columns of a terminal: Hangul, Han, kana, full-width forms, emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns a text takes on a terminal. */
export function width(text: string): number {
  let columns = 0;
  for (const character of stripVTControlCharacters(text)) columns += wide.test(character) ? 2 : 1;
  return columns;
}

/** Fills a text up to a number of columns. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/** The beginning of a text that fits into so many columns; a text that must be cut loses its colours. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let kept = '';
  for (const character of stripVTControlCharacters(text)) {
    if (width(kept + character) > columns) break;
    kept += character;
  }
  return kept;
}

/** Columns of the terminal that prose is set to. */
export function proseWidth(): number {
  return Math.min(lineWidth(), 100);
}

/** Columns of the terminal; what is written to a file or a pipe gets as many as most have. */
export function lineWidth(): number {
  return process.stdout.columns ?? 100;
}
