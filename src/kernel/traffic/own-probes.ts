import { anyNode } from '../../core/traffic/traffic.ts';

/** Milliseconds for which packets of a probe that has ended may still be in a sample. */
const linger = 800;

/** The nodes from which hoplab itself sends packets: a learner does not take them for his own. */
export class OwnProbes {
  readonly #from = new Map<string, { running: number; until: number }>();

  /** @param from null: from any node */
  async during<T>(from: string | null, work: () => Promise<T>): Promise<T> {
    const known = this.#from.get(from ?? anyNode) ?? { running: 0, until: 0 };
    this.#from.set(from ?? anyNode, known);
    known.running += 1;
    try {
      return await work();
    } finally {
      known.running -= 1;
      known.until = performance.now() + linger;
    }
  }

  get now(): ReadonlySet<string> {
    const now = performance.now();
    for (const [from, { running, until }] of this.#from)
      if (running === 0 && until < now) this.#from.delete(from);
    return new Set(this.#from.keys());
  }
}
