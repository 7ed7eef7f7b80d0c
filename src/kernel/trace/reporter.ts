import { ofNoMachine } from '../exec/interrupt.ts';
import { startProgram } from '../exec/python-server.ts';
import type { Started } from '../exec/start.ts';

/** Hears a reporter while it is its own. */
interface Listener {
  data(data: Buffer): void;
  ended(): void;
}

/**
 * A process that reports what tracepoints say (py/hoplab_kernel/drops.py), with a buffer of the kernel's for itself. To
 * make such a buffer, and to remove it, takes the kernel longer than a machine's state takes to read.
 */
export class Reporter {
  readonly #process: Started;
  #listener: Listener | null = null;
  #ended = false;

  static async start(): Promise<Reporter> {
    return new Reporter(
      await ofNoMachine(() => startProgram({ program: 'drops', machine: null, group: null })),
    );
  }

  private constructor(process: Started) {
    this.#process = process;
    process.unref();
    process.stdout.on('data', (data: Buffer) => this.#listener?.data(data));
    void process.ended.then(() => {
      this.#ended = true;
      this.#listener?.ended();
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  hear(listener: Listener | null): void {
    this.#listener = listener;
    if (this.#ended) listener?.ended();
  }

  say(word: 'begin' | 'stop'): void {
    this.#process.stdin.write(`${word}\n`);
  }

  /** Removes its buffer. */
  end(): void {
    this.#process.end();
  }
}

/** One that waits for the next trace; where there are several traces at a time, each has its own. */
let spare: Promise<Reporter | null> | null = null;

/** Begins one before it is needed. */
export function keepReporter(): void {
  spare ??= Reporter.start().catch(() => null);
}

export async function reporter(): Promise<Reporter> {
  const kept = spare;
  spare = null;
  const found = await kept;
  return found === null || found.ended ? await Reporter.start() : found;
}

/** For the next one who asks. */
export function keep(reporter: Reporter): void {
  reporter.hear(null);
  if (spare === null) spare = Promise.resolve(reporter);
  else reporter.end();
}
