import type { ChangeKind } from '../../core/check/changes.ts';
import type { MachineWatch, WatchListener } from '../../core/ports.ts';
import { type Started, start } from '../exec/start.ts';
import { Malformed } from '../exec/untrusted.ts';
import { joining } from '../place/enter.ts';
import { Words } from './words.ts';

/** Milliseconds until every change must be reported, and until a look must have ended. */
const [startTime, lookTime] = [10_000, 5000];

/**
 * One process that hears of every change in a machine (py/hoplab_kernel/watch). It has the rights of the machine's root and no
 * others; its words are taken for no more than the kinds there are.
 */
export class Watch implements MachineWatch {
  readonly ready: Promise<boolean>;
  /** Resolves when its process has ended. */
  readonly over: Promise<void>;
  readonly #process: Started;
  readonly #listener: WatchListener;
  readonly #words: Words;
  #ended = false;
  #armed: () => void = () => {};
  #looking: ((kinds: ChangeKind[]) => void)[] = [];

  /** @param pid the machine's pid 1 */
  constructor(pid: number, listener: WatchListener) {
    this.#listener = listener;
    this.#process = start(joining(pid, 'watch'));
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#armed = () => resolve(true);
    this.ready = promise;
    const timer = setTimeout(() => this.#process.end(), startTime);
    void promise.then(() => clearTimeout(timer));
    this.#words = new Words({
      ready: () => this.#armed(),
      changed: (kinds) => this.#ended || listener.changed(kinds),
      stale: () => this.#ended || listener.stale(),
      looked: (kinds) => this.#looked(kinds),
    });
    this.#process.stdout.on('data', (data: Buffer) => this.#take(data));
    this.#process.stderr.resume();
    this.over = this.#process.ended.then(() => {
      resolve(false);
      this.#over();
    });
  }

  look(): Promise<ChangeKind[]> {
    if (this.#ended) return Promise.resolve([]);
    this.#process.stdin.write('look\n');
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#process.end(), lookTime);
      this.#looking.push((kinds) => {
        clearTimeout(timer);
        resolve(kinds);
      });
    });
  }

  async stop(): Promise<void> {
    this.#ended = true;
    this.#process.end();
    await this.#process.ended;
  }

  #over(): void {
    const asked = !this.#ended;
    this.#ended = true;
    this.#words.end();
    for (const answer of this.#looking.splice(0)) answer([]);
    if (asked) this.#listener.ended();
  }

  #take(data: Buffer): void {
    try {
      this.#words.take(data);
    } catch {
      // Another program has taken its place: it ends like any watch that ends.
      this.#process.end();
    }
  }

  #looked(kinds: ChangeKind[]): void {
    const answer = this.#looking.shift();
    if (answer === undefined) throw new Malformed('an answer to no question');
    answer(kinds);
  }
}
