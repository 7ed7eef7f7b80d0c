import { isUsual, type MachineSize, usualSize } from '../../core/lab/machine-size.ts';
import type { Machine, Machines } from '../../core/ports.ts';

/**
 * Machines with one kept ready: taking it costs nothing, and the next is made while the learner reads. Only
 * while there are sessions; an idle daemon holds no process.
 */
export class ReadyMachines implements Machines {
  readonly #machines: Machines;
  #ready: Promise<Machine | null> | null = null;
  #made = 0;

  constructor(machines: Machines) {
    this.#machines = machines;
  }

  adopt(): Promise<Machine[]> {
    return this.#machines.adopt();
  }

  lacks(features: readonly string[]): Promise<string[]> {
    return this.#machines.lacks(features);
  }

  async create(id: string, size: MachineSize = usualSize): Promise<Machine> {
    const taken = this.#ready;
    this.#ready = null;
    const ready = await taken;
    // One that has died still has its uid range and its record.
    if (ready?.alive() === false) await ready.destroy();
    const machine = ready?.alive() ? ready : await this.#machines.create(id);
    this.#ready ??= this.#prepare();
    if (!isUsual(size)) await grown(machine, size);
    return machine;
  }

  async rest(): Promise<void> {
    const taken = this.#ready;
    this.#ready = null;
    await (await taken)?.destroy();
    await this.#machines.rest();
  }

  /** Null where it could not be made: the next request for a machine reports why. */
  #prepare(): Promise<Machine | null> {
    this.#made += 1;
    return this.#machines.create(`ready-${Date.now().toString(36)}${this.#made}`).catch(() => null);
  }
}

async function grown(machine: Machine, size: MachineSize): Promise<void> {
  try {
    await machine.grow(size);
  } catch (error) {
    await machine.destroy();
    throw error;
  }
}
