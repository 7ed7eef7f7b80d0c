/** A word in a message, cut short. */
const quoted = (word: string): string => JSON.stringify(word.length > 80 ? `${word.slice(0, 80)}...` : word);

/**
 * The only error this package throws, whatever the input.
 *
 * `line` and `column` count from 1 and point at the first offending word; `words` are the offending words as
 * read (unquoted; empty when the text ended too early); `expected` says what would have been right there.
 */
export class ParseError extends Error {
  override readonly name = 'ParseError';
  readonly line: number;
  readonly column: number;
  readonly words: readonly string[];
  readonly expected: string;

  constructor(line: number, column: number, words: readonly string[], expected: string) {
    const found = words.length === 0 ? 'the text ends' : `found ${words.map(quoted).join(' ')}`;
    super(`line ${line}, column ${column}: expected ${expected}, ${found}`);
    this.line = line;
    this.column = column;
    this.words = words;
    this.expected = expected;
  }
}
