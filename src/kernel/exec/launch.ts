import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { execa } from 'execa';
import { whenInterrupted } from './interrupt.ts';

/** All a command gets of the environment; nothing of the daemon's own reaches a machine. */
export const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  USER: 'root',
  SHELL: '/bin/bash',
  LANG: 'C.UTF-8',
  // nsenter has joined a machine's mount namespace before it executes anything: an error of its own in any other
  // language would be looked up in the machine's files, and its letters converted by the machine's libraries.
  LC_MESSAGES: 'C',
};

/** Milliseconds between the end of what a program has started and its own: its parent reaps it. */
export const reaping = 200;

/** Milliseconds after which nothing waits any more for a program that SIGKILL has not ended. */
export const patience = 1000;

export interface Ended {
  exitCode: number | null;
  signal: string | null;
  /** The system's word why there was no such program. */
  code: string | null;
}

/** What comes from a program, piece by piece. */
export interface Output {
  on(event: 'data', listener: (data: Buffer) => void): unknown;
}

/** A program that was started, whoever its parent is. */
export interface Launched {
  stdout: Output;
  stderr: Output;
  /** Resolves when it has ended; others may hold its pipes then. */
  exited: Promise<void>;
  bytesRead(): number;
  /** Reads nothing more. */
  close(): void;
  /** Resolves when it has ended and its pipes are closed, and in any case soon after `end`. Never rejects. */
  over: Promise<Ended>;
  /** Ends it, the processes it has started, and all waiting for it. */
  end(): void;
}

interface LaunchedProcess extends Launched {
  pid: number;
  process: ChildProcess;
  stdin: Writable | null;
  stdout: Readable;
  stderr: Readable;
}

/**
 * The one way in which this process starts a program: in a process group of its own, and so that it can be ended for
 * sure.
 */
export function launch(
  argv: readonly string[],
  { input, cleanup, env }: { input?: string | null; cleanup: boolean; env?: Record<string, string> },
): LaunchedProcess {
  const [file = '', ...rest] = argv;
  const { promise: given, resolve: giveUp } = Promise.withResolvers<Ended>();
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    // nsenter outlives its child and reaps it: ended together with it, it would leave that to the VM's init.
    for (const each of childrenOf(child.nodeChildProcess)) signalTo(each, 'SIGKILL');
    setTimeout(() => {
      if (child.pid !== undefined) signalTo(-child.pid, 'SIGKILL');
      // A child of it elsewhere may hold them open.
      for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe?.destroy();
    }, reaping);
    setTimeout(() => giveUp({ exitCode: null, signal: 'SIGKILL', code: null }), reaping + patience);
  };
  const forget = whenInterrupted(end);
  const child = execa(file, rest, {
    ...(input == null ? { stdin: input === null ? 'ignore' : 'pipe' } : { input }),
    stdout: 'pipe',
    stderr: 'pipe',
    // A group of its own: nsenter leaves its child behind when it is killed alone.
    detached: true,
    cleanup,
    buffer: false,
    reject: false,
    stripFinalNewline: false,
    extendEnv: false,
    env: { ...environment, ...env },
    cwd: '/',
  });
  for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe?.on('error', () => {});
  const ended = child.then(({ exitCode, signal, code }) => ({
    exitCode: exitCode ?? null,
    signal: signal ?? null,
    code: code ?? null,
  }));
  const over = Promise.race([ended, given]);
  void over.then(forget);
  const { promise: exited, resolve: exit } = Promise.withResolvers<void>();
  child.nodeChildProcess.once('exit', () => exit());
  const pipes = [child.stdout, child.stderr].filter((pipe) => pipe instanceof Socket);
  return {
    ...{ pid: child.pid ?? 0, process: child.nodeChildProcess, stdin: child.stdin },
    ...{ stdout: child.stdout, stderr: child.stderr, over, exited, end },
    bytesRead: () => pipes.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    close: () => {
      for (const pipe of pipes) pipe.destroy();
    },
  };
}

export function childrenOf({ pid, exitCode, signalCode }: ChildProcess): number[] {
  if (pid === undefined || exitCode !== null || signalCode !== null) return [];
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}
