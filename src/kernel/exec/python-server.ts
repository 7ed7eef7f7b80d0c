import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { whenInterrupted } from './interrupt.ts';
import { KeptInterpreter } from './kept.ts';
import type { Started } from './start.ts';

/** The programs that py/hoplab_kernel/serve.py can become. */
type ServedProgram = 'build' | 'drops' | 'look' | 'pairs' | 'trace' | 'traffic';

/** A program: the pid of the first process of the machine that it is for, and the control group it joins. */
interface ProgramRequest {
  program: ServedProgram;
  machine: number | null;
  group: string | null;
}

/** A copy of it has begun in the time in which a new one would look for its files. */
const server = new KeptInterpreter('serve');

/** Begins it before it is needed. */
export const keepServer = (): void => void server.begin().catch(() => {});

/** Milliseconds a program may go on after it was asked to end. */
const politeness = 1000;

/**
 * Starts a program; its input and output are one connection. Without an interpreter the program counts as
 * ended at once.
 */
export async function startProgram({ program, machine, group }: ProgramRequest): Promise<Started> {
  const name = await server.begin().catch(() => '');
  let end = () => {};
  // First of all: where the work has been given up meanwhile, no copy begins.
  const forget = whenInterrupted(() => end());
  const socket: Socket = connect({ path: name, allowHalfOpen: true });
  const { promise: ended, resolve } = Promise.withResolvers<Awaited<Started['ended']>>();
  end = () => void socket.destroy();
  socket.on('error', end).on('end', end);
  socket.on('close', () => resolve({ exitCode: null, signal: null }));
  void ended.then(forget);
  socket.write(
    `${JSON.stringify({ program, group, arguments: machine === null ? [] : [String(machine)] })}\n`,
  );
  return {
    ...{ pid: 0, stdin: socket, stdout: socket, stderr: Readable.from([]), ended, end, kill: end },
    stop: async () => {
      socket.end();
      const timer = setTimeout(end, politeness);
      await ended;
      clearTimeout(timer);
    },
    unref: () => void socket.unref(),
  };
}

export interface Heard {
  bytes: Buffer;
  timedOut: boolean;
  truncated: boolean;
}

/**
 * Hears a program until it prints its `last` line or ends; resolves with its output. `input`: the text on its
 * stdin. A process leaves a machine's namespaces slowly; nothing waits for that.
 */
export async function hear(
  program: Started,
  input: string,
  { most, timeout, last }: { most: number; timeout: number; last: Buffer },
): Promise<Heard> {
  const { promise: output, resolve: whole } = Promise.withResolvers<void>();
  const parts: Buffer[] = [];
  let length = 0;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    program.end();
  }, timeout);
  program.stdout.on('data', (data: Buffer) => {
    parts.push(data);
    length += data.length;
    if (length > most) program.end();
    else if (endsWith(parts, last)) whole();
  });
  program.stdin.write(`${input}\n`);
  await Promise.race([program.ended, output]);
  clearTimeout(timer);
  return { bytes: Buffer.concat(parts), timedOut, truncated: length > most };
}

/** The word may come in pieces. */
function endsWith(parts: readonly Buffer[], word: Buffer): boolean {
  let end = parts.at(-1) ?? word.subarray(0, 0);
  for (let at = parts.length - 2; end.length < word.length && at >= 0; at--)
    end = Buffer.concat([parts[at] ?? end, end]);
  return end.subarray(-word.length).equals(word);
}
