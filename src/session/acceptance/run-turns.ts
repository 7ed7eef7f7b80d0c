import { HoplabError } from '../../core/errors.ts';

/** Acceptance runs at a time: each has a dozen machines, which no limit on sessions counts. */
const most = 2;

/** The acceptance runs of all clients; more than two wait, in order. */
export class RunTurns {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** @throws `interrupted` if its client has gone before its turn */
  async take<T>(gone: { readonly aborted: boolean }, work: () => Promise<T>): Promise<T> {
    if (this.#running >= most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      if (gone.aborted) throw new HoplabError('interrupted', 'not begun: its client has gone');
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
