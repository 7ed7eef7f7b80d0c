import stringWidth from 'string-width';

/** Columns a text takes on a terminal. */
export function width(text: string): number {
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
