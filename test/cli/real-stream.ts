import { spawn } from 'node:child_process';
import * as pty from '@lydell/node-pty';
import type { OpenOptions, Stream } from '../../src/core/ports.ts';

/** A real process where the daemon would start one in a node. */
export function openReal(argv: string[] | null, options: OpenOptions): Stream {
  const [program = 'sh', ...args] = argv ?? ['sh'];
  return options.pty ? onPty(program, args, options.pty) : onPipes(program, args);
}

function onPty(
  program: string,
  args: string[],
  { columns, rows }: { columns: number; rows: number },
): Stream {
  const env = { PATH: process.env.PATH ?? '', PS1: 'node$ ', TERM: 'xterm' };
  const child = pty.spawn(program, args, { cols: columns, rows, encoding: null, env });
  return {
    onData: (listener) =>
      void child.onData((data) => listener('stdout', Buffer.from(data as unknown as Uint8Array))),
    onExit: (listener) => void child.onExit(({ exitCode }) => listener(exitCode, null)),
    write: (data) => child.write(Buffer.from(data) as unknown as string),
    end: () => child.write('\u0004'),
    resize: (columns, rows) => child.resize(columns, rows),
    pause: () => child.pause(),
    resume: () => child.resume(),
    close: () => child.kill('SIGHUP'),
  };
}

function onPipes(program: string, args: string[]): Stream {
  const child = spawn(program, args);
  child.stdin.on('error', () => {});
  return {
    onData(listener) {
      child.stdout.on('data', (data) => listener('stdout', data));
      child.stderr.on('data', (data) => listener('stderr', data));
    },
    onExit: (listener) => void child.on('close', listener),
    write: (data) =>
      new Promise<void>((resolve) => child.stdin.write(data, () => resolve())) as unknown as undefined,
    end: () => void child.stdin.end(),
    resize() {},
    pause() {
      child.stdout.pause();
      child.stderr.pause();
    },
    resume() {
      child.stdout.resume();
      child.stderr.resume();
    },
    close: () => void child.kill('SIGHUP'),
  };
}
