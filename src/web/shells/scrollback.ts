import { plainModes } from '../../core/text/terminal-modes.ts';

/** The output of a terminal, kept for a view that comes later and for the page after a reload. */
interface Scrollback {
  add(text: string): void;
  text(): string;
}

const most = 200_000;

export function createScrollback(initial = ''): Scrollback {
  let kept = initial;
  return {
    add(text) {
      kept += text;
      if (kept.length > 2 * most) kept = cut(kept, most);
    },
    text: () => cut(kept, most),
  };
}

/** The end of a text, from the beginning of a line. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = text.slice(-length);
  return end.slice(end.indexOf('\n') + 1);
}

/** Out of whatever a program had the terminal in, the cursor where it is (?1049 would move it). */
export const calm = `\x1b[?47l${plainModes}`;

/** A line of the page's own between old and new output. */
export const divider = (words: string) => `${calm}\r\n\x1b[90m── ${words} ──\x1b[0m\r\n`;

/** Under a line from the reload before: without the parts since then in which there was only a prompt. */
export function sinceReload(text: string, words: string): string {
  const line = divider(words);
  const [first = '', ...later] = text.split(line);
  return [first, ...later.filter(isUsed)].join(line) + line;
}

/** Something was typed or printed: more than one line is left without colours and other sequences. */
const isUsed = (part: string): boolean =>
  part
    .replace(sequences, '')
    .split('\n')
    .filter((each) => each.trim() !== '').length > 1;

// biome-ignore lint/suspicious/noControlCharactersInRegex: sequences of a terminal begin with one.
const sequences = /\x1b(?:\[[\d;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\))/g;

const key = (session: string) => `hoplab.terminals.${session}`;

interface KeptTerminal {
  node: string;
  text: string;
  inFront: boolean;
}

export function keepTerminals(session: string, terminals: KeptTerminal[]): void {
  try {
    sessionStorage.setItem(key(session), JSON.stringify(terminals));
  } catch {
    // Full, or nothing may be kept: then a reload begins with empty terminals.
  }
}

export function keptTerminals(session: string): KeptTerminal[] {
  try {
    return JSON.parse(sessionStorage.getItem(key(session)) ?? '[]') as KeptTerminal[];
  } catch {
    return [];
  }
}
