import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { execa } from 'execa';
import type { Ran } from '../../core/ports.ts';

export interface RunLimits {
  input?: string;
  /** Milliseconds until the whole process group is killed. */
  timeout?: number;
  /** Bytes kept of each stream; the rest is read and dropped. */
  maxOutput?: number;
}

/** All a command gets of the environment; nothing of the daemon's own reaches a machine. */
export const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  USER: 'root',
  SHELL: '/bin/bash',
  LANG: 'C.UTF-8',
};

/** A process that left its pipes to a background child is not waited for longer than this. */
const graceAfterExit = 200;

/**
 * Runs argv to its end. Never rejects for an exit code or a signal; a program that is not there is exit
 * code 127 with the system's words on stderr, as a shell would say it.
 */
export async function run(argv: readonly string[], limits: RunLimits = {}): Promise<Ran> {
  const [file = '', ...rest] = argv;
  const started = performance.now();
  const child = execa(file, rest, {
    ...(limits.input === undefined ? { stdin: 'ignore' } : { input: limits.input }),
    // A group of its own: nsenter leaves its child behind when it is killed alone.
    detached: true,
    cleanup: true,
    reject: false,
    stripFinalNewline: false,
    extendEnv: false,
    env: environment,
    maxBuffer: limits.maxOutput ?? 4 * 1024 * 1024,
    cwd: '/',
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child.pid);
  }, limits.timeout ?? 30_000);
  child.nodeChildProcess.once('exit', () => closeWhenQuiet(child.nodeChildProcess));
  const result = await child;
  clearTimeout(timer);
  if (result.isMaxBuffer) killGroup(child.pid);
  const missing = result.code === 'ENOENT';
  return {
    exitCode: missing ? 127 : (result.exitCode ?? null),
    signal: result.signal ?? null,
    stdout: String(result.stdout ?? ''),
    stderr: missing ? `${file}: command not found\n` : String(result.stderr ?? ''),
    timedOut,
    truncated: result.isMaxBuffer,
    milliseconds: performance.now() - started,
  };
}

/**
 * Closes the pipes when nothing has come by them for a while. On a busy machine the time may be over before what
 * the process wrote has been read: it is looked at after the event loop has read whatever there is.
 */
function closeWhenQuiet({ stdout, stderr }: ChildProcess): void {
  const pipes = [stdout, stderr].filter((pipe) => pipe instanceof Socket);
  const read = () => pipes.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  const wait = (before: number) =>
    setTimeout(
      () =>
        setImmediate(() => {
          const now = read();
          if (now > before) wait(now);
          else for (const pipe of pipes) pipe.destroy();
        }),
      graceAfterExit,
    ).unref();
  wait(read());
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
