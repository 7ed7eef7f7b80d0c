/**
 * Work done one after the other; one's failure is no other's. What somebody asked for comes first, in the order it
 * was asked for; then what hoplab does of its own accord.
 */
export class Queue {
  readonly #asked: (() => Promise<void>)[] = [];
  readonly #own: (() => Promise<void>)[] = [];
  #busy = false;

  /** Somebody waits: work of hoplab's own is to give way. */
  get wanted(): boolean {
    return this.#asked.length > 0;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return this.#add(this.#asked, work);
  }

  runLast<T>(work: () => Promise<T>): Promise<T> {
    return this.#add(this.#own, work);
  }

  #add<T>(waiting: (() => Promise<void>)[], work: () => Promise<T>): Promise<T> {
    const result = new Promise<T>((resolve, reject) => {
      waiting.push(() => Promise.resolve().then(work).then(resolve, reject));
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
