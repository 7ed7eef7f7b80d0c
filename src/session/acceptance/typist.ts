import { stripVTControlCharacters } from 'node:util';
import type { Line } from '../../core/lab/lab.ts';
import type { Machine, Stream } from '../../core/ports.ts';

/** How long one typed line may take. */
const longest = 30_000;

export interface TypedLine {
  exitCode: number | null;
  /** The terminal's output without escape sequences. */
  output: string;
}

/**
 * Types lines into real terminals, one interactive shell per node, as a learner does. The shells mark the
 * beginning of a prompt and the exit code of a command (OSC 133, from the machine's ~/.bashrc).
 */
export class Typist {
  readonly #machine: Machine;
  readonly #shells = new Map<string, Shell>();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  async type({ on, run }: Line): Promise<TypedLine> {
    let shell = this.#shells.get(on);
    if (!shell) {
      shell = new Shell(await this.#machine.open(on, null, { pty: { columns: 200, rows: 50 } }));
      this.#shells.set(on, shell);
      await shell.prompt();
    }
    return shell.type(run);
  }

  /** Ends the shells, and with them their background processes. */
  close(): void {
    for (const shell of this.#shells.values()) shell.close();
  }
}

class Shell {
  readonly #stream: Stream;
  #screen = '';
  #ended = false;
  #look: () => void = () => {};

  constructor(stream: Stream) {
    this.#stream = stream;
    const decoder = new TextDecoder();
    stream.onData((_, data) => {
      this.#screen += decoder.decode(data, { stream: true });
      this.#look();
    });
    stream.onExit(() => {
      this.#ended = true;
      this.#look();
    });
  }

  /** Resolves with the output up to the next prompt; null if the shell ended or took too long. */
  prompt(): Promise<string | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(null), longest);
      const done = (text: string | null) => {
        clearTimeout(timer);
        this.#look = () => {};
        resolve(text);
      };
      this.#look = () => {
        const end = this.#screen.indexOf(promptBegins);
        if (end >= 0) {
          const text = this.#screen.slice(0, end);
          this.#screen = this.#screen.slice(end + promptBegins.length);
          done(text);
        } else if (this.#ended) done(null);
      };
      this.#look();
    });
  }

  async type(run: string): Promise<TypedLine> {
    this.#stream.write(new TextEncoder().encode(`${run}\r`));
    const screen = await this.prompt();
    if (screen === null) return { exitCode: null, output: plain(this.#screen) };
    return { exitCode: exitCodeIn(screen), output: plain(screen) };
  }

  close(): void {
    this.#stream.close();
  }
}

const promptBegins = '\x1b]133;A\x07';
const commandEnded = '\x1b]133;D;';

function exitCodeIn(screen: string): number | null {
  const start = screen.lastIndexOf(commandEnded);
  return start < 0 ? null : Number.parseInt(screen.slice(start + commandEnded.length), 10);
}

const plain = (text: string): string => stripVTControlCharacters(text).replaceAll('\r', '').trim();
