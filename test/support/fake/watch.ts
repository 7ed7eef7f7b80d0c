import type { ChangeKind } from '../../../src/core/check/changes.ts';
import type { MachineWatch, WatchListener } from '../../../src/core/ports.ts';

/** A watch of a fake machine: it gets each change in a task of its own, as a message from the kernel. */
export class FakeWatch implements MachineWatch {
  readonly ready: Promise<boolean>;
  readonly #listener: WatchListener;
  readonly #asked: string[];
  #over = false;
  readonly #unseen = new Set<ChangeKind>();

  /** @param asked where each look is noted */
  constructor(listener: WatchListener, watchable: boolean, asked: string[]) {
    this.#listener = listener;
    this.#asked = asked;
    this.ready = Promise.resolve(watchable);
    if (!watchable) setImmediate(() => this.end());
  }

  get stopped(): boolean {
    return this.#over;
  }

  change(kinds: ChangeKind[], looked: ChangeKind[]): void {
    for (const kind of looked) this.#unseen.add(kind);
    if (kinds.length > 0) setImmediate(() => this.#over || this.#listener.changed(kinds));
  }

  /** A listener has ended: the kernel says so. */
  stale(): void {
    setImmediate(() => this.#over || this.#listener.stale());
  }

  look(): Promise<ChangeKind[]> {
    this.#asked.push('look');
    const found = [...this.#unseen];
    this.#unseen.clear();
    return Promise.resolve(this.#over ? [] : found);
  }

  /** The watch ends by itself. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#listener.ended();
  }

  stop(): Promise<void> {
    this.#over = true;
    return Promise.resolve();
  }
}
