import { HoplabError } from '../../../src/core/errors.ts';
import type { Machine, Machines } from '../../../src/core/ports.ts';
import { FakeMachine } from './machine.ts';

/** Makes fake machines, and remembers them. */
export class FakeMachines implements Machines {
  readonly made: FakeMachine[] = [];
  /** Features this VM lacks. */
  missing: string[] = [];
  /** How many machines can still be made. */
  room = Number.POSITIVE_INFINITY;
  /** Prepares each machine before the caller gets it. */
  prepare: (machine: FakeMachine) => void = () => {};

  get last(): FakeMachine {
    const machine = this.made.at(-1);
    if (machine === undefined) throw new Error('no machine was made');
    return machine;
  }

  get alive(): FakeMachine[] {
    return this.made.filter((machine) => machine.alive());
  }

  lacks(features: readonly string[]): Promise<string[]> {
    return Promise.resolve(features.filter((one) => this.missing.includes(one)));
  }

  async create(id: string): Promise<Machine> {
    if (this.room <= 0) throw new HoplabError('machine-failed', 'no room for another machine', {});
    this.room -= 1;
    const machine = new FakeMachine(id, 1000 + this.made.length);
    this.made.push(machine);
    this.prepare(machine);
    return machine;
  }

  async rest(): Promise<void> {}

  adopt(): Promise<Machine[]> {
    return Promise.resolve(this.alive);
  }
}
