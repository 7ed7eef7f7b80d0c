import { ParseError } from './parse-error.ts';
import type { Word } from './word.ts';

const BLANK = /[ \t\n]/;
/**
 * Characters that a shell would act on instead of passing them on; `[` stays, because `[2001:db8::1]:80` is
 * no file name.
 */
const SPECIAL = /[$`|&;<>()*?{}~]/;

/**
 * Splits a typed command as a POSIX shell does, as far as quoting goes. Syntax that only a shell can evaluate
 * (variables, patterns, several commands) is refused, not guessed; an unquoted `#` ends the command.
 *
 * @throws ParseError for an unclosed quote, a control character or a character the shell would act on
 */
export function shellWords(text: string): Word[] {
  return new ShellReader(text).read();
}

class ShellReader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Word[] {
    const words: Word[] = [];
    for (;;) {
      this.#skipBlanks();
      const character = this.#text.charAt(this.#position);
      if (character === '' || character === '#') return words;
      words.push(this.#word());
    }
  }

  #skipBlanks(): void {
    for (;;) {
      const character = this.#text.charAt(this.#position);
      const continued = character === '\\' && this.#text.charAt(this.#position + 1) === '\n';
      if (!continued && (character === '' || character === '\n' || !BLANK.test(character))) {
        if (character !== '\n') return;
        if (this.#text.slice(this.#position).trim() !== '')
          throw this.#error(this.#position, '\n', 'one command only');
      }
      this.#position += continued ? 2 : 1;
    }
  }

  #word(): Word {
    const start = this.#position;
    let value = '';
    let quoted = false;
    for (;;) {
      const at = this.#position;
      const character = this.#text.charAt(at);
      if (character === '' || BLANK.test(character)) break;
      if (character === "'" || character === '"') {
        quoted = true;
        value += this.#quoted(character);
      } else if (character === '\\') {
        if (at + 1 >= this.#text.length) throw this.#error(at, character, 'a character after \\');
        value += this.#text.charAt(at + 1) === '\n' ? '' : this.#text.charAt(at + 1);
        this.#position += 2;
      } else {
        if (SPECIAL.test(character))
          throw this.#error(at, character, 'no character that the shell acts on outside quotes');
        if (character < ' ' || character === '\x7f')
          throw this.#error(at, character, 'no control character outside quotes');
        value += character;
        this.#position++;
      }
    }
    const { line, column } = this.#place(start);
    return { text: value, quoted, line, column };
  }

  /** From an opening quote to its closing one. */
  #quoted(quote: string): string {
    const start = this.#position++;
    let value = '';
    for (;;) {
      const at = this.#position++;
      const character = this.#text.charAt(at);
      if (character === '') throw this.#error(start, this.#text.slice(start), `a closing ${quote}`);
      if (character === quote) return value;
      if (quote === '"' && (character === '$' || character === '`')) {
        throw this.#error(at, character, 'no character that the shell acts on inside double quotes');
      }
      if (quote === '"' && character === '\\' && /["\\$`\n]/.test(this.#text.charAt(at + 1))) {
        const next = this.#text.charAt(this.#position++);
        value += next === '\n' ? '' : next;
      } else {
        value += character;
      }
    }
  }

  #place(position: number): { line: number; column: number } {
    const before = this.#text.slice(0, position);
    return { line: before.split('\n').length, column: position - before.lastIndexOf('\n') };
  }

  #error(position: number, word: string, expected: string): ParseError {
    const { line, column } = this.#place(position);
    return new ParseError(line, column, [word], expected);
  }
}
