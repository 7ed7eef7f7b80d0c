/** The state of a shell by its marks (OSC 133), read from its output. */
interface PromptReader {
  read(text: string): void;
  /** Something was sent that ends a line: until the next prompt, a program may be running. */
  entered(): void;
  /** A prompt waits for a command. */
  ready(): boolean;
  /** The name the prompt begins with: the node the shell is in now, maybe not the one it was opened in. */
  place(): string;
}

const esc = '\x1b';
const colours = `(?:${esc}\\[[0-9;]*m)*`;
const mark = new RegExp(
  `${esc}\\]133;A(?:\x07|${esc}\\\\)${colours}(?<place>[\\w.-]*)${colours}:[^\\r\\n]*?[#$] `,
  'g',
);
/**
 * The sequence that readline writes when it accepts a line, by whatever key: from now on a program may be
 * reading.
 */
const accepted = `${esc}[?2004l`;
/** Longer than any prompt's beginning. */
const longest = 400;

export function createPromptReader(): PromptReader {
  let tail = '';
  let ready = false;
  let place = '';
  return {
    read(text) {
      const all = tail + text;
      let end = 0;
      for (const match of all.matchAll(mark)) {
        ready = true;
        place = match.groups?.place ?? '';
        end = match.index + match[0].length;
      }
      const gone = all.lastIndexOf(accepted);
      if (gone >= end) {
        ready = false;
        end = gone + accepted.length;
      }
      tail = all.slice(Math.max(end, all.length - longest));
    },
    entered() {
      ready = false;
    },
    ready: () => ready,
    place: () => place,
  };
}
