import type { MachineSize } from '../../src/core/lab/machine-size.ts';
import type { Machine, Machines } from '../../src/core/ports.ts';

/** Real machines; how often anything was asked of them is counted. */
export class CountedMachines implements Machines {
  readonly #machines: Machines;
  asked = 0;

  constructor(machines: Machines) {
    this.#machines = machines;
  }

  lacks(features: readonly string[]): Promise<string[]> {
    return this.#machines.lacks(features);
  }

  rest(): Promise<void> {
    return this.#machines.rest();
  }

  async adopt(): Promise<Machine[]> {
    return (await this.#machines.adopt()).map((machine) => this.#counted(machine));
  }

  async create(id: string, size?: MachineSize): Promise<Machine> {
    return this.#counted(await this.#machines.create(id, size));
  }

  #counted(machine: Machine): Machine {
    const count = () => {
      this.asked += 1;
    };
    return new Proxy(machine, {
      get(target, key) {
        const value = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (key === 'observe' || key === 'probe') count();
          return value.apply(target, args);
        };
      },
    });
  }
}
