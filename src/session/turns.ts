import { HoplabError } from '../core/errors.ts';
import type { Machine } from '../core/ports.ts';
import { Queue } from './queue.ts';

/**
 * The turns of a session's work. What asks something of the machine gives way to what leaves it: a machine that does not
 * answer holds up nobody who wants another one.
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

  /** Work in the machine of that moment. Rejects with `interrupted` where somebody waits to leave it. */
  ask<T>(work: () => Promise<T>): Promise<T> {
    return this.queue.run(async () => {
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

  #left(machine: Machine): void {
    const others = (this.#leaving.get(machine) ?? 1) - 1;
    if (others === 0) this.#leaving.delete(machine);
    else this.#leaving.set(machine, others);
  }
}
