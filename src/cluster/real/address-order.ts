import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds that a pod's network may take; a pod that waits for a volume gets none before. */
const longest = 5_000;

/**
 * Lets pods of a node get their addresses in the order in which they were given the node: kubelet sets up all that
 * it has been given at once, and which of them asks for an address first is chance.
 */
export class AddressOrder {
  readonly #lastOf: (node: string) => string;
  /** By node: the last address given out before the newest pod, and when that pod came. */
  readonly #newest = new Map<string, { before: string; since: number }>();

  /** @param lastOf the last address that a node has given out; empty if it has given none */
  constructor(lastOf: (node: string) => string) {
    this.#lastOf = lastOf;
  }

  /** Resolves when the newest pod of a node has its address; the next pod is then the newest. */
  async turn(node: string): Promise<void> {
    const newest = this.#newest.get(node);
    if (newest !== undefined)
      while (this.#lastOf(node) === newest.before && performance.now() - newest.since < longest)
        await wait(20);
    this.#newest.set(node, { before: this.#lastOf(node), since: performance.now() });
  }
}
