import { plainModes } from '../../core/text/terminal-modes.ts';

/**
 * Follows a terminal's output for what takes it out of the modes of a program that ended with its machine, an editor
 * or a pager. Only a terminal on its other screen may be sent to the first one: it moves the cursor as well.
 */
export function terminalModes() {
  let isOther = false;
  let tail = '';
  return {
    read(bytes: Uint8Array): void {
      const text = tail + Buffer.from(bytes).toString('latin1');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences begin with one.
      for (const [, sign] of text.matchAll(/\x1b\[\?(?:1049|1047|47)([hl])/g)) isOther = sign === 'h';
      tail = text.slice(-longest);
    },
    leave(): string {
      const first = isOther ? '\x1b[?1049l' : '';
      isOther = false;
      tail = '';
      return first + plainModes;
    },
  };
}

/** A sequence that came in two reads. */
const longest = '\x1b[?1049h'.length - 1;
