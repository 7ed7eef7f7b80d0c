/**
 * What was set of late by its key: at least the newest `most`, at most twice as many. The older half goes at once,
 * because a map from which the oldest is taken again and again looks through all the places of those before it.
 */
export class Recent<T> {
  readonly #most: number;
  #newer = new Map<string, T>();
  #older = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): T | undefined {
    return this.#newer.get(key) ?? this.#older.get(key);
  }

  set(key: string, value: T): void {
    this.#newer.set(key, value);
    if (this.#newer.size <= this.#most) return;
    this.#older = this.#newer;
    this.#newer = new Map();
  }

  forget(isGone: (value: T) => boolean): void {
    for (const half of [this.#newer, this.#older])
      for (const [key, value] of half) if (isGone(value)) half.delete(key);
  }
}
