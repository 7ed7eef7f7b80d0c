import { ParseError } from './parse-error.ts';
import type { Word, WordLine } from './word.ts';

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Splits one line of iptables-save text by iptables-restore's rules (iptables `xshared.c`,
 * `add_param_to_argv`): words end at a space or a tab; a double quote opens a quoted stretch in which a
 * backslash keeps the next character; the closing quote ends the word. Unlike iptables-restore, a quoted
 * stretch may go on over a line break, because iptables-save prints such comments as they are.
 *
 * @throws ParseError for an unclosed quote or a control character outside quotes
 */
export function saveWords(text: string, start = 0, line = 1): WordLine {
  const words: Word[] = [];
  const length = text.length;
  let position = start;
  let lineNumber = line;
  let lineStart = start;

  while (position < length) {
    const code = text.charCodeAt(position);
    if (code === SPACE || code === TAB) {
      position++;
      continue;
    }
    if (code === NEWLINE) break;

    const wordLine = lineNumber;
    const column = position - lineStart + 1;
    let end = position;
    let next = code;
    while (next > SPACE && next !== QUOTE && next !== 127) {
      next = ++end < length ? text.charCodeAt(end) : SPACE;
    }
    if (next < SPACE && next !== TAB && next !== NEWLINE) {
      throw new ParseError(
        wordLine,
        end - lineStart + 1,
        [text.charAt(end)],
        'no control character outside quotes',
      );
    }
    if (next === 127) {
      throw new ParseError(
        wordLine,
        end - lineStart + 1,
        [text.charAt(end)],
        'no control character outside quotes',
      );
    }
    let value = text.slice(position, end);
    const quoted = next === QUOTE;
    if (quoted) {
      let from = end + 1;
      let at = from;
      for (;;) {
        if (at >= length) {
          throw new ParseError(
            wordLine,
            column,
            [text.slice(position, text.indexOf('\n', position) >>> 0)],
            'a closing double quote',
          );
        }
        const inside = text.charCodeAt(at);
        if (inside === QUOTE) break;
        if (inside === BACKSLASH) {
          value += text.slice(from, at);
          from = at + 1;
          at += 2;
          if (text.charCodeAt(at - 1) === NEWLINE) {
            lineNumber++;
            lineStart = at;
          }
          continue;
        }
        at++;
        if (inside === NEWLINE) {
          lineNumber++;
          lineStart = at;
        }
      }
      value += text.slice(from, at);
      end = at + 1;
    }
    words.push({ text: value, quoted, line: wordLine, column });
    position = end;
  }
  return { words, end: position, breaks: lineNumber - line };
}
