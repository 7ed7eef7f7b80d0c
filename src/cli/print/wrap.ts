import wrapAnsi from 'wrap-ansi';

/** Breaks a text at spaces into lines of at most so many columns; longer words stay whole, colours go on. */
export function wrap(text: string, columns: number): string[] {
  const words = text.trim().replace(/\s+/g, ' ');
  return words === '' ? [] : wrapAnsi(words, columns, { hard: false }).split('\n');
}
