import { stripVTControlCharacters } from 'node:util';

/** A bar on the terminal's error stream; silent where that is no terminal. */
interface Bar {
  show(done: number, total: number, message: string): void;
  clear(): void;
}

const cells = 24;

export function progressBar(enabled: boolean): Bar {
  const { stderr } = process;
  if (!enabled || !stderr.isTTY) return { show() {}, clear() {} };
  return {
    show(done, total, message) {
      const full = Math.round((cells * done) / Math.max(total, 1));
      const bar = '█'.repeat(full) + '░'.repeat(cells - full);
      const line = ` ${bar} ${done}/${total}  ${stripVTControlCharacters(message)}`;
      stderr.write(`\r\u001b[K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    clear() {
      stderr.write('\r\u001b[K');
    },
  };
}

/** The same for a pipe or a file: a line for each thing that is done. */
export function progressLines(): Bar {
  return {
    show(done, total, message) {
      const count = `${done}`.padStart(`${total}`.length);
      process.stdout.write(`${count}/${total}  ${stripVTControlCharacters(message)}\n`);
    },
    clear() {},
  };
}
