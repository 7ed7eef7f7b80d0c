import { setImmediate as turn } from 'node:timers/promises';
import type { Stream } from '../../core/ports.ts';
import { type Started, start } from '../exec/start.ts';

/**
 * A command with plain pipes. It is over when it has ended and all it has written is read: a program that it leaves in
 * the background may hold the pipes open, and is not waited for.
 */
export function openPipes(argv: readonly string[]): Stream {
  const child = start(argv);
  let chunks = 0;
  let paused: PromiseWithResolvers<void> | null = null;
  let over = false;
  const data = (name: 'stdout' | 'stderr', listener: Parameters<Stream['onData']>[0]) =>
    child[name].on('data', (bytes: Uint8Array) => {
      chunks += 1;
      // What the background still writes goes nowhere, as after `ssh` or a pipe that is closed.
      if (!over) listener(name, bytes);
    });

  /** Everything that was in the pipes has come: two turns of the event loop without a byte. */
  async function drained(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      await paused?.promise;
      const before = chunks;
      await turn();
      quiet = chunks === before && paused === null ? quiet + 1 : 0;
    }
  }

  return {
    onData: (listener) => {
      data('stdout', listener);
      data('stderr', listener);
    },
    onExit: (listener) => {
      const left = child.exited.then((how) => drained().then(() => how));
      void Promise.race([child.ended, left]).then(({ exitCode, signal }) => {
        over = true;
        listener(exitCode, signal);
      });
    },
    write: (data) => (child.stdin.write(data) ? undefined : taken(child)),
    end: () => child.stdin.end(),
    resize: () => {},
    pause: () => {
      paused ??= Promise.withResolvers();
      child.stdout.pause();
      child.stderr.pause();
    },
    resume: () => {
      paused?.resolve();
      paused = null;
      child.stdout.resume();
      child.stderr.resume();
    },
    // Its process group may have a program of the background in it.
    close: () => over || child.kill('SIGHUP'),
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
