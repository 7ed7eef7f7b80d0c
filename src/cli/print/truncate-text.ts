import sliceAnsi from 'slice-ansi';
import { width } from './width.ts';

/** The beginning of a text that fits into so many columns, in its colours. */
export function truncateText(text: string, columns: number): string {
  const start = sliceAnsi(text, 0, columns);
  // A character of two columns at the edge is kept by sliceAnsi, and is one too many.
  return width(start) > columns ? sliceAnsi(text, 0, columns - 1) : start;
}
