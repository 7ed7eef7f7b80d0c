import type { Stream } from '../../core/ports.ts';
import { start } from '../exec/start.ts';

/** A command with plain pipes. */
export function openPipes(argv: readonly string[]): Stream {
  const child = start(argv);
  return {
    onData: (listener) => {
      child.stdout.on('data', (data: Uint8Array) => listener('stdout', data));
      child.stderr.on('data', (data: Uint8Array) => listener('stderr', data));
    },
    onExit: (listener) => {
      child.ended.then(({ exitCode, signal }) => listener(exitCode, signal));
    },
    write: (data) => void child.stdin.write(data),
    end: () => child.stdin.end(),
    resize: () => {},
    pause: () => {
      child.stdout.pause();
      child.stderr.pause();
    },
    resume: () => {
      child.stdout.resume();
      child.stderr.resume();
    },
    close: () => child.kill('SIGHUP'),
  };
}
