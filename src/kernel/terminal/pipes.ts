import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { Stream } from '../../core/ports.ts';
import { type Started, start } from '../exec/start.ts';

/** Milliseconds between two reads of output that goes nowhere. A read takes 64 KiB, or a little more. */
const pace = 100;

/** Commands of one machine that have ended and left a program behind which holds their pipes. */
const mostLeft = 64;

/**
 * A command with plain pipes. It is over when it has ended and all it has written is read: a program that it leaves in
 * the background may hold the pipes open, and is not waited for.
 * @param left those that are over and whose pipes are open still
 */
export function openPipes(argv: readonly string[], left: Set<Started> = new Set()): Stream {
  const child = start(argv);
  let chunks = 0;
  let paused: PromiseWithResolvers<void> | null = null;
  let over = false;
  /** It is over, or its client has left. */
  let unheard = false;
  const data = (name: 'stdout' | 'stderr', listener: Parameters<Stream['onData']>[0]) =>
    child[name].on('data', (bytes: Uint8Array) => {
      chunks += 1;
      if (unheard) rest(child[name]);
      else listener(name, bytes);
    });

  /** Everything that was in the pipes has come, two turns of the event loop without a byte, or nobody hears it. */
  async function drained(): Promise<void> {
    for (let quiet = 0; quiet < 2 && !unheard; ) {
      await paused?.promise;
      const before = chunks;
      await turn();
      quiet = chunks === before && paused === null ? quiet + 1 : 0;
    }
  }

  function resume(): void {
    paused?.resolve();
    paused = null;
    child.stdout.resume();
    child.stderr.resume();
  }

  return {
    onData: (listener) => {
      data('stdout', listener);
      data('stderr', listener);
    },
    onExit: (listener) => {
      const read = child.exited.then((how) => drained().then(() => how));
      void Promise.race([child.ended, read]).then(({ exitCode, signal }) => {
        over = true;
        unheard = true;
        leave(child, left);
        listener(exitCode, signal);
      });
    },
    write: (data) => (child.stdin.write(data) ? undefined : taken(child)),
    end: () => child.stdin.end(),
    resize: () => {},
    pause: () => {
      if (unheard) return;
      paused ??= Promise.withResolvers();
      child.stdout.pause();
      child.stderr.pause();
    },
    resume: () => unheard || resume(),
    close: () => {
      // Its process group may have a program of the background in it.
      if (over) return;
      child.kill('SIGHUP');
      // A stopped one hears it only then.
      child.kill('SIGCONT');
      unheard = true;
      resume();
    },
  };
}

/**
 * What is still written goes nowhere. It is read, for a server in the background must not end by a line of its log, and
 * slowly, for it may write without end.
 */
function rest(pipe: Readable): void {
  pipe.pause();
  setTimeout(() => pipe.resume(), pace).unref();
}

/** The pipes of a command stay open as long as its background holds them; of too many, the oldest are closed. */
function leave(child: Started, left: Set<Started>): void {
  left.add(child);
  void child.ended.then(() => left.delete(child));
  const [oldest] = left;
  if (oldest === undefined || left.size <= mostLeft) return;
  left.delete(oldest);
  oldest.stdout.destroy();
  oldest.stderr.destroy();
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
