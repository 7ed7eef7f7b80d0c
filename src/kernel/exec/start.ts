import { readFile } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { execa } from 'execa';
import { environment } from './run.ts';

export interface Started {
  pid: number;
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /** Resolves when the process has ended and its pipes are empty; never rejects. */
  ended: Promise<{ exitCode: number | null; signal: string | null }>;
  kill(signal: NodeJS.Signals): void;
  /**
   * Ends what the process has started and waits for it. For nsenter: it reaps its child itself; killed
   * together with it, it would leave that to the VM's init, and the machine's end waits for the reaping.
   */
  stop(): Promise<void>;
}

/** Starts argv with open pipes, in a session of its own so that it outlives the daemon. */
export function start(argv: readonly string[]): Started {
  const [file = '', ...rest] = argv;
  const child = execa(file, rest, {
    stdin: 'pipe',
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
    extendEnv: false,
    env: { ...environment, TERM: 'dumb' },
    cwd: '/',
  });
  child.stdin.on('error', () => {});
  const ended = child.then((result) => ({
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
  }));
  const pid = child.pid ?? 0;
  return {
    pid,
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    kill: (signal) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal);
      } catch {
        // Already gone.
      }
    },
    stop: async () => {
      const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
      const children = list.split(' ').filter(Boolean).map(Number);
      for (const each of children.length > 0 ? children : [pid]) endQuietly(each);
      await ended;
    },
  };
}

function endQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // Already gone.
  }
}
