import { HoplabError } from '../core/errors.ts';
import type { Machine } from '../core/ports.ts';
import { asker } from './asker.ts';
import { Queue } from './queue.ts';

/**
 * The turns of a session's work. Work that asks the machine gives way to work that leaves it: a machine that
 * does not answer delays no client that wants another one.
 */
export class Turns {
  readonly queue = new Queue();
  readonly #machine: () => Machine | null;
  /** How many wait to leave a machine. */
  readonly #leaving = new Map<Machine, number>();

  /** @param machine the one the session is in, dead or alive. */
  constructor(machine: () => Machine | null) {
    this.#machine = machine;
  }

  /**
   * Work in the machine of that moment. Rejects with `interrupted` if other work waits to leave it, and if
   * the client that asked has gone before its turn.
   */
  ask<T>(work: () => Promise<T>): Promise<T> {
    const gone = asker.getStore();
    return this.queue.run(async () => {
      if (gone?.aborted) throw new HoplabError('interrupted', 'not begun: its client has gone');
      const machine = this.#machine();
      if (machine !== null && this.#leaving.has(machine))
        throw new HoplabError('interrupted', 'not begun: the session leaves this machine');
      return work();
    });
  }

  /** Work that does without the machine there is; whatever is being asked of that one is given up. */
  leave<T>(work: () => Promise<T>): Promise<T> {
    const machine = this.#machine();
    if (machine !== null) {
      this.#leaving.set(machine, (this.#leaving.get(machine) ?? 0) + 1);
      machine.interrupt();
    }
    return this.queue.run(() => {
      if (machine !== null) this.#left(machine);
      return work();
    });
  }

  /** The last work there is; whatever comes after it is refused. */
  end(work: () => Promise<void>, refusal: () => Error): Promise<void> {
    return this.leave(() => {
      this.queue.close(refusal);
      return work();
    });
  }

  /**
   * Resolves when no work is going on any more: current work is given up, waiting and later work is refused.
   */
  async close(refusal: () => Error): Promise<void> {
    this.queue.close(refusal);
    this.#machine()?.interrupt();
    await this.queue.run(async () => {}).catch(() => {});
  }

  #left(machine: Machine): void {
    const others = (this.#leaving.get(machine) ?? 1) - 1;
    if (others === 0) this.#leaving.delete(machine);
    else this.#leaving.set(machine, others);
  }
}
