import { HoplabError } from '../core/errors.ts';
import type { Machine } from '../core/ports.ts';
import type { Mistake } from '../core/practice/mistake.ts';
import type { MachineState } from '../core/session/event.ts';
import type { Journal } from './journal.ts';

/** A machine, the step it is at, and the mistake that `break` has put into it. */
export interface SlotContent {
  machine: Machine;
  step: string;
  mistake: Mistake | null;
}

/** The machine a session runs in, and the replaced one that `undo` would bring back. */
export class MachineSlot {
  readonly #session: string;
  readonly #journal: Journal;
  #machine: Machine | null = null;
  #mistake: Mistake | null = null;
  #previous: SlotContent | null = null;
  #milliseconds = 0;

  constructor(session: string, journal: Journal) {
    this.#session = session;
    this.#journal = journal;
  }

  /** Takes over the machine of an earlier daemon; without one, the next machine gets its mistake again. */
  adopt(machine: Machine | null, mistake: Mistake | null, previous: SlotContent | null): void {
    this.#machine = machine;
    this.#mistake = mistake;
    this.#previous = previous;
  }

  /** Dead or alive; null before the first. */
  get machine(): Machine | null {
    return this.#machine;
  }

  get alive(): Machine | null {
    return this.#machine?.alive() ? this.#machine : null;
  }

  get live(): Machine {
    if (this.alive) return this.alive;
    throw new HoplabError('machine-gone', 'the machine of this session has ended; reset makes a new one', {
      session: this.#session,
    });
  }

  get mistake(): Mistake | null {
    return this.#mistake;
  }

  get canUndo(): boolean {
    return this.#previous?.machine.alive() ?? false;
  }

  /** The content that `undo` brings back. */
  get toUndo(): SlotContent {
    if (this.#previous?.machine.alive()) return this.#previous;
    throw new HoplabError('nothing-to-undo', 'there is no earlier machine to go back to', {
      session: this.#session,
    });
  }

  get state(): MachineState {
    const machine = this.#machine;
    const state = machine?.alive() ? 'ready' : 'gone';
    return { state, pid: machine?.pid ?? 0, milliseconds: Math.round(this.#milliseconds) };
  }

  /** The one that is given up when another takes the place of this one. */
  get kept(): Machine | null {
    return this.#previous?.machine ?? null;
  }

  /** Another machine takes the place of this one, which was at step `at` and is kept. */
  replace(next: SlotContent, at: string, milliseconds: number): Promise<void> {
    this.#milliseconds = milliseconds;
    return this.swap(next, at);
  }

  /** The kept machine and this one change places, at once; resolves when that is written. */
  async swap({ machine, mistake }: SlotContent, at: string): Promise<void> {
    const [before, its] = [this.#machine, this.#mistake];
    const kept = before && { machine: before, step: at, mistake: its };
    this.#previous = kept;
    this.#machine = machine;
    this.#mistake = mistake;
    const previous = kept && { id: kept.machine.id, step: kept.step, mistake: kept.mistake };
    await Promise.all([
      this.#journal.append([{ kind: 'machine', id: machine.id, mistake, previous }]),
      before?.conceal(),
    ]);
  }

  async destroy(): Promise<void> {
    await Promise.all([this.#machine?.destroy(), this.#previous?.machine.destroy()]);
  }
}
