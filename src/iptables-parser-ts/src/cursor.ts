import { ParseError } from './parse-error.ts';
import type { Word } from './word.ts';

/** Walks over the words of a line and raises errors that point at them. */
export class Cursor {
  readonly #words: Word[];
  readonly #line: number;
  index = 0;

  constructor(words: readonly Word[], line: number) {
    this.#words = [...words];
    this.#line = line;
  }

  get words(): readonly Word[] {
    return this.#words;
  }

  get done(): boolean {
    return this.index >= this.words.length;
  }

  peek(ahead = 0): Word | undefined {
    return this.words[this.index + ahead];
  }

  /** @throws ParseError when there is no further word */
  next(expected: string): Word {
    const word = this.words[this.index];
    if (word === undefined) throw this.error(expected, this.index, 0);
    this.index++;
    return word;
  }

  /** Makes two words of one; `prefix` begins the second. */
  split(at: number, length: number, skipped: number, prefix: string): void {
    const word = this.#words[at] as Word;
    const from = length + skipped;
    const rest = { ...word, text: prefix + word.text.slice(from), column: word.column + from };
    this.#words.splice(at, 1, { ...word, text: word.text.slice(0, length) }, rest);
  }

  /** An error about `count` words from `from` on. */
  error(expected: string, from: number, count = 1): ParseError {
    const first = this.words[from];
    const words = this.words.slice(from, from + count).map((w) => w.text);
    if (first && count > 0) return new ParseError(first.line, first.column, words, expected);
    const last = this.words.at(-1);
    return new ParseError(last?.line ?? this.#line, last ? last.column + last.text.length : 1, [], expected);
  }
}
