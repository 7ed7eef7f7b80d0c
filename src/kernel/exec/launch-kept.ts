import { EventEmitter } from 'node:events';
import { connect } from 'node:net';
import { z } from 'zod';
import { whenInterrupted } from './interrupt.ts';
import { KeptInterpreter } from './kept.ts';
import { type Ended, environment, type Launched, patience, reaping } from './launch.ts';

/** Starts programs for the daemon (py/hoplab_kernel/run.py). */
const starter = new KeptInterpreter('run');

let kept = false;

/** From now on programs that are run to their end are started by another process. */
export async function keepStarter(): Promise<void> {
  kept = true;
  await starter.begin().catch(() => {});
}

/** The socket of the process that starts programs; null where there is none, or not yet again. */
export function starterSocket(): string | null {
  if (kept && starter.ready === null) void keepStarter();
  return starter.ready;
}

/** A letter and a length. */
const headLength = 5;

const howItEnded = z.object({
  exitCode: z.number().nullable().default(null),
  signal: z.string().nullable().default(null),
  code: z.string().nullable().default(null),
});

/** Like `launch`, by the process behind a socket. */
export function launchKept(
  path: string,
  argv: readonly string[],
  { input }: { input: string | null },
): Launched {
  const { promise: over, resolve } = Promise.withResolvers<Ended>();
  const { promise: exited, resolve: exit } = Promise.withResolvers<void>();
  const [stdout, stderr] = [new EventEmitter(), new EventEmitter()];
  let end = () => {};
  // First of all: where the work has been given up meanwhile, no program begins.
  const forget = whenInterrupted(() => end());
  let ended: Ended = { exitCode: null, signal: 'SIGKILL', code: null };
  const socket = connect({ path, allowHalfOpen: true });
  const close = () => void socket.destroy();
  let ending = false;
  end = () => {
    if (ending) return;
    ending = true;
    socket.end();
    setTimeout(close, reaping + patience);
  };
  const take = (letter: string, data: Buffer) => {
    if (letter === 'o') stdout.emit('data', data);
    else if (letter === 'e') stderr.emit('data', data);
    else {
      ended = howItEnded.parse(JSON.parse(data.toString()));
      exit();
    }
  };
  const frames = new Frames();
  socket.on('data', (data) => {
    for (const [letter, part] of frames.take(data)) take(letter, part);
  });
  socket.on('error', close).on('end', close);
  socket.on('close', () => resolve(ended));
  void over.then(forget);
  const bytes = input === null ? null : Buffer.from(input);
  socket.write(`${JSON.stringify({ argv, env: environment, input: bytes?.length ?? null })}\n`);
  if (bytes !== null) socket.write(bytes);
  return { stdout, stderr, over, exited, end, bytesRead: () => socket.bytesRead, close };
}

/** Takes the bytes of a stream apart into its frames. */
class Frames {
  #head = Buffer.alloc(0);
  #letter = '';
  #left = 0;
  #parts: Buffer[] = [];

  *take(data: Buffer): Generator<[letter: string, data: Buffer]> {
    for (let rest = data; rest.length > 0; ) {
      if (this.#left === 0) {
        const more = rest.subarray(0, headLength - this.#head.length);
        rest = rest.subarray(more.length);
        this.#head = Buffer.concat([this.#head, more]);
        if (this.#head.length < headLength) return;
        this.#letter = this.#head.toString('latin1', 0, 1);
        this.#left = this.#head.readUInt32BE(1);
        this.#head = this.#head.subarray(0, 0);
      }
      const part = rest.subarray(0, this.#left);
      rest = rest.subarray(part.length);
      this.#left -= part.length;
      this.#parts.push(part);
      if (this.#left > 0) return;
      const whole = this.#parts.length === 1 ? part : Buffer.concat(this.#parts);
      this.#parts = [];
      yield [this.#letter, whole];
    }
  }
}
