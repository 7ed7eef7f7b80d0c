import { closeSync, constants, existsSync, openSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { signal } from './act.ts';

/**
 * The standard input of a container that has `stdin`: a FIFO. A process beside the container holds it open, so that
 * its program waits for the first who attaches, and for the next.
 */
export const inputScript = `in="\${0%/*}/stdin"
mkfifo "$in"
(sleep infinity >"$in" 2>/dev/null & echo $! >"$in.holder")
exec <"$in"
`;

/** Ends the process that holds the input open. */
export const inputEnd = 'kill "$(cat "$in.holder")" 2>/dev/null';

export class ContainerInput {
  readonly #place: string;
  /** The program's input ends with the first who attaches. */
  readonly once: boolean;

  constructor(place: string, once: boolean) {
    this.#place = `${place}/stdin`;
    this.once = once;
  }

  /** Writes what comes until it ends. Returns a function that stops doing so. */
  take(stdin: Readable): () => void {
    if (!existsSync(this.#place)) return () => {};
    let descriptor: number;
    try {
      descriptor = openSync(this.#place, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch {
      return () => {}; // Its program has ended.
    }
    const to = new Socket({ fd: descriptor, readable: false, writable: true });
    to.on('error', () => closeQuietly(descriptor));
    stdin.pipe(to);
    if (this.once) to.on('close', () => this.#let());
    return () => {
      stdin.unpipe(to);
      to.end();
    };
  }

  #let(): void {
    const holder = `${this.#place}.holder`;
    if (existsSync(holder)) signal(Number(readFileSync(holder, 'utf8')), 'SIGTERM');
  }
}

function closeQuietly(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // The socket has closed it.
  }
}
