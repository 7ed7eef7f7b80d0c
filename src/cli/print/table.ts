import { styleText } from 'node:util';
import { pad, width } from './width.ts';

/** Rows in aligned columns; the first row is the heading where one is given. */
export function table(rows: string[][], head: string[] | null = null): string {
  const all = head ? [head.map((cell) => styleText('dim', cell)), ...rows] : rows;
  const columns = Math.max(...all.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...all.map((row) => width(row[column] ?? ''))),
  );
  return all
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
