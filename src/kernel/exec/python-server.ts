import { connect, type Socket } from 'node:net';
import { whenInterrupted } from './interrupt.ts';
import { keep } from './kept.ts';
import { python } from './python.ts';
import { type Started, start } from './start.ts';

/** What py/hoplab_kernel/serve.py can become. */
export type ServedProgram = 'look';

interface Server {
  process: Started;
  /** Of its socket. */
  name: Promise<string>;
}

let running: Server | null = null;

/** One interpreter for all machines: a copy of it has begun in the time in which a new one would look for its files. */
function server(): Server {
  if (running !== null) return running;
  const process = start(python('serve'));
  process.unref();
  const { promise: name, resolve, reject } = Promise.withResolvers<string>();
  const said = keep(process.stdout, 64, ({ text }) => {
    if (text.endsWith('\n')) resolve(Buffer.from(text.trim(), 'hex').toString('latin1'));
  });
  const errors = keep(process.stderr, 1 << 16);
  const made = { process, name };
  void process.ended.then(() => {
    if (running === made) running = null;
    reject(new Error(`python3 has ended: ${errors.text || said.text}`));
  });
  name.catch(() => {});
  running = made;
  return made;
}

export interface Heard {
  bytes: Buffer;
  timedOut: boolean;
  truncated: boolean;
}

/**
 * Runs a program of src/kernel/py to its end, and gives what it said. `input`: what it reads. Never rejects but for
 * an interruption: who does not get to know the program hears nothing of it.
 */
export async function hear(
  program: ServedProgram,
  input: string,
  { most, timeout }: { most: number; timeout: number },
): Promise<Heard> {
  const { promise, resolve } = Promise.withResolvers<Heard>();
  const parts: Buffer[] = [];
  let length = 0;
  let socket: Socket | null = null;
  const finish = (why: Partial<Heard> = {}) => {
    socket?.destroy();
    resolve({ bytes: Buffer.concat(parts), timedOut: false, truncated: false, ...why });
  };
  const forget = whenInterrupted(finish);
  const timer = setTimeout(() => finish({ timedOut: true }), timeout);
  try {
    const name = await server().name.catch(() => null);
    if (name === null) finish();
    else {
      socket = connect(name);
      socket.on('error', () => finish());
      socket.on('close', () => finish());
      socket.on('data', (data: Buffer) => {
        parts.push(data);
        length += data.length;
        if (length > most) finish({ truncated: true });
      });
      socket.write(`${JSON.stringify([program])}\n${input}\n`);
    }
    return await promise;
  } finally {
    clearTimeout(timer);
    forget();
  }
}
