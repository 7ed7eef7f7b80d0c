import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Bytes that are kept of a program's output. */
const longest = 1 << 20;

/** Runs a program to its end, or ends it after `timeout` milliseconds. */
export function act(
  argv: readonly string[],
  {
    input = '',
    env = {},
    timeout = 30_000,
  }: { input?: string; env?: NodeJS.ProcessEnv; timeout?: number } = {},
): Promise<Ran> {
  const [program = '', ...rest] = argv;
  const child = spawn(program, rest, { env: { PATH: path, ...env }, timeout, killSignal: 'SIGKILL' });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] = (output[name] + text).slice(0, longest);
    });
  }
  child.stdin.on('error', () => {
    // It has ended without reading all of it.
  });
  child.stdin.end(input);
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 127, stdout: '', stderr: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 137, ...output }));
  });
}

/** A process that outlives this one. `out` is a file descriptor, `pipe` or `ignore`. */
export function launch(
  argv: readonly string[],
  out: number | 'pipe' | 'ignore',
  env: NodeJS.ProcessEnv = {},
): ChildProcess {
  const [program = '', ...rest] = argv;
  const child = spawn(program, rest, {
    env: { PATH: path, ...env },
    detached: true,
    stdio: ['ignore', out, out],
  });
  child.on('error', () => {
    // Its `exit` does not come; the caller checks whether it has a pid.
  });
  child.unref();
  return child;
}

/** A process that is still the same one: pids are given again. */
export interface Identity {
  pid: number;
  /** Clock ticks since the boot (proc_pid_stat(5)). */
  startTime: string;
}

export function identityOf(pid: number): Identity | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : { pid, startTime: fields[19] ?? '' };
  } catch {
    return null;
  }
}

export function isAlive({ pid, startTime }: Identity): boolean {
  return identityOf(pid)?.startTime === startTime;
}

export function childOf(pid: number): number | null {
  try {
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    return first ? Number(first) : null;
  } catch {
    return null;
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}
