import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { childrenOf, launch, signalTo } from './launch.ts';

export interface Started {
  pid: number;
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /** Resolves when the process has ended and its pipes are empty, and soon after `stop` or `end`; never rejects. */
  ended: Promise<{ exitCode: number | null; signal: string | null }>;
  kill(signal: NodeJS.Signals): void;
  /**
   * Ends the processes that it has started and waits for them, not long: those that ignore the request are
   * killed. For nsenter: it reaps its child itself; killed together with it, it would leave that to the VM's
   * init, and the machine's end waits for the reaping.
   */
  stop(): Promise<void>;
  /** Kills it, and the processes it has started. */
  end(): void;
  /** The daemon's own end does not wait for it: the end of its input ends it. */
  unref(): void;
}

interface Program extends Started {
  /** Resolves when the process has ended; what it started in the background may hold its pipes open. */
  exited: Promise<{ exitCode: number | null; signal: string | null }>;
}

/** Milliseconds between the request to end and SIGKILL. */
const politeness = 1000;

/** Starts argv with open pipes, in a session of its own so that it outlives the daemon. */
export function start(argv: readonly string[]): Program {
  const launched = launch(argv, { cleanup: false, env: { TERM: 'dumb' } });
  const { pid, process, stdin, stdout, stderr, over, end } = launched;
  if (stdin === null) throw new Error('a pipe was asked for');
  const { promise: exited, resolve } = Promise.withResolvers<Awaited<Program['exited']>>();
  process.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  return {
    ...{ pid, stdin, stdout, stderr, end },
    ended: over,
    exited,
    unref: () => {
      process.unref();
      for (const pipe of [stdin, stdout, stderr]) if (pipe instanceof Socket) pipe.unref();
    },
    kill: (signal) => {
      if (pid > 0) signalTo(-pid, signal);
    },
    stop: async () => {
      const children = childrenOf(process);
      if (pid > 0) for (const each of children.length > 0 ? children : [pid]) signalTo(each, 'SIGTERM');
      const timer = setTimeout(end, politeness);
      await over;
      clearTimeout(timer);
    },
  };
}
