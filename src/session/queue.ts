/**
 * Runs work one after the other; a failure does not affect the next. Work that a client requested comes
 * first, in order; then hoplab's own.
 */
export class Queue {
  readonly #asked: (() => Promise<void>)[] = [];
  readonly #own: (() => Promise<void>)[] = [];
  #busy = false;
  #refusal: (() => Error) | null = null;

  /** A client waits: work of hoplab's own must give way. */
  get wanted(): boolean {
    return this.#asked.length > 0;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return this.#add(this.#asked, work);
  }

  /** Never settles where it is dropped. */
  runLast<T>(work: () => Promise<T>): Promise<T> {
    return this.#refusal === null ? this.#add(this.#own, work) : new Promise(() => {});
  }

  /** Rejects requested work that waits or comes later and drops hoplab's own; the current work goes on. */
  close(refusal: () => Error): void {
    this.#refusal = refusal;
    this.#own.length = 0;
  }

  #add<T>(waiting: (() => Promise<void>)[], work: () => Promise<T>): Promise<T> {
    const result = new Promise<T>((resolve, reject) => {
      const begin = () => {
        if (this.#refusal !== null) throw this.#refusal();
        return work();
      };
      waiting.push(() => Promise.resolve().then(begin).then(resolve, reject));
    });
    if (!this.#busy) void this.#next();
    return result;
  }

  async #next(): Promise<void> {
    this.#busy = true;
    for (let work = this.#take(); work; work = this.#take()) await work();
    this.#busy = false;
  }

  #take(): (() => Promise<void>) | undefined {
    return this.#asked.shift() ?? this.#own.shift();
  }
}
