import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { ExecOptions, ExecStreams, LogOptions, PodAccess } from '../api/pod-access.ts';
import type { ApiObject } from '../store/objects.ts';
import type { Agent } from './agent.ts';
import type { ContainerWorker } from './container-worker.ts';
import { dial } from './dial.ts';
import { terminal } from './terminal.ts';

/** The operations that the API server requests of a kubelet. */
export function podAccess(agents: ReadonlyMap<string, Agent>): PodAccess {
  const workerOf = (pod: ApiObject, container: string): ContainerWorker => {
    const { nodeName } = pod.spec as { nodeName?: string };
    const worker = agents
      .get(nodeName ?? '')
      ?.workerOf(pod.metadata.uid ?? '')
      ?.container(container);
    const { namespace, name } = pod.metadata;
    if (worker === undefined)
      throw new Error(
        `container "${container}" in pod "${name}" is waiting to start: ContainerCreating (${namespace})`,
      );
    return worker;
  };
  return {
    logs: async (pod, options, signal) =>
      Readable.from(linesOf(workerOf(pod, options.container), options, signal)),
    exec: (pod, options, streams, signal) => exec(workerOf(pod, options.container), options, streams, signal),
    attach: (pod, container, streams, signal) => attach(workerOf(pod, container), streams, signal),
    dial,
  };
}

async function* linesOf(
  worker: ContainerWorker,
  options: Pick<LogOptions, 'follow' | 'previous' | 'tailLines' | 'limitBytes'> & { start?: number },
  signal: AbortSignal,
  period = 100,
): AsyncGenerator<Buffer> {
  const file = options.previous ? worker.previousLog : worker.log;
  let at = options.start ?? startOf(await contentOf(file), options.tailLines);
  let left = options.limitBytes ?? Number.POSITIVE_INFINITY;
  for (;;) {
    const running = worker.isRunning;
    const size = existsSync(file) ? statSync(file).size : 0;
    if (size > at && left > 0) {
      for await (const part of createReadStream(file, { start: at, end: size - 1 })) {
        const piece: Buffer = part.subarray(0, left);
        left -= piece.length;
        if (piece.length > 0) yield piece;
      }
      at = size;
    }
    if (!options.follow || signal.aborted || left <= 0 || !running) return;
    await wait(period, null, { signal }).catch(() => {});
  }
}

async function contentOf(file: string): Promise<Buffer> {
  if (!existsSync(file)) return Buffer.alloc(0);
  return Buffer.concat(await createReadStream(file).toArray());
}

/** The offset of the last lines. */
function startOf(content: Buffer, lines: number | undefined): number {
  if (lines === undefined || lines < 0) return 0;
  let at = content.length;
  for (let count = 0; count <= lines; count++) {
    const before = count === 0 ? at - 1 : at;
    if (lines === 0) return content.length;
    const found = content.lastIndexOf('\n', before - 1);
    if (found < 0) return 0;
    at = count === lines ? found + 1 : found;
    if (count === lines - 1) return found + 1;
  }
  return at;
}

async function exec(
  worker: ContainerWorker,
  { command, tty }: ExecOptions,
  { stdin, stdout, stderr }: ExecStreams,
  signal: AbortSignal,
): Promise<number> {
  const entered = await worker.entering(tty ? terminal(command) : command);
  if (entered === null) throw new Error(`container not found ("${worker.name}")`);
  const [program = '', ...rest] = entered;
  const env = { TERM: 'xterm', ...worker.environment() };
  const child = spawn(program, rest, { env, signal, killSignal: 'SIGKILL' });
  child.stdin.on('error', () => {});
  if (stdin === undefined) child.stdin.end();
  else stdin.pipe(child.stdin);
  child.stdout.pipe(stdout, { end: false });
  child.stderr.pipe(stderr, { end: false });
  return new Promise((resolve, reject) => {
    child.on('error', (error) => (signal.aborted ? resolve(137) : reject(error)));
    child.on('close', (code) => resolve(code ?? 137));
  });
}

/**
 * What a container writes from now on, to its end; from its start for one whose input is the client's alone, so that
 * nothing is lost while kubectl run comes.
 */
async function attach(
  worker: ContainerWorker,
  { stdin, stdout }: ExecStreams,
  signal: AbortSignal,
): Promise<void> {
  await worker.begun();
  const { input, log } = worker;
  const start = input?.once || !existsSync(log) ? 0 : statSync(log).size;
  const leave = (stdin && input?.take(stdin)) ?? (() => {});
  try {
    for await (const part of linesOf(worker, { follow: true, previous: false, start }, signal, 20))
      if (!stdout.write(part)) await once(stdout, 'drain', { signal }).catch(() => {});
  } finally {
    leave();
  }
}
