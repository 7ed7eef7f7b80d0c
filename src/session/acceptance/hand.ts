import type { Line } from '../../core/lab/lab.ts';
import { isReboot } from '../../core/plan/entry.ts';
import type { Machine } from '../../core/ports.ts';
import { type TypedLine, Typist } from './typist.ts';

/** A learner in an acceptance run: the machine at hand, lines typed into its terminals, restarts of it. */
export class Hand {
  #machine: Machine;
  #typist: Typist | null = null;
  readonly #reboot: (machine: Machine) => Promise<Machine>;

  constructor(machine: Machine, reboot: (machine: Machine) => Promise<Machine>) {
    this.#machine = machine;
    this.#reboot = reboot;
  }

  /** Another one after a restart. */
  get machine(): Machine {
    return this.#machine;
  }

  async type(line: Line): Promise<TypedLine> {
    if (!isReboot(line)) {
      this.#typist ??= new Typist(this.#machine);
      return this.#typist.type(line);
    }
    this.rest();
    const before = this.#machine;
    this.#machine = await this.#reboot(before);
    await before.destroy();
    return { exitCode: 0, output: '' };
  }

  /** Ends the shells, and with them their background processes. */
  rest(): void {
    this.#typist?.close();
    this.#typist = null;
  }
}
