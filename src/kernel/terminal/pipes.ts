import type { Stream } from '../../core/ports.ts';
import { type Started, start } from '../exec/start.ts';

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
    write: (data) => (child.stdin.write(data) ? undefined : taken(child)),
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

/** Resolves when the command has read enough for more to be welcome, or reads no more. */
function taken({ stdin, ended }: Started): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const event of ['drain', 'close', 'error']) stdin.once(event, resolve);
  void ended.then(() => resolve());
  return promise.finally(() => {
    for (const event of ['drain', 'close', 'error']) stdin.off(event, resolve);
  });
}
