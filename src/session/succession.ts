import type { Lab } from '../core/lab/lab.ts';
import type { Machine } from '../core/ports.ts';
import type { Progress as Report } from '../core/session/control.ts';
import type { Fresh, SessionEvent, SessionSnapshot } from '../core/session/event.ts';
import type { Verdict } from '../core/verdict/verdict.ts';
import { machineWith, rebootMachine } from './boot.ts';
import type { MachineSlot, SlotContent } from './machine-slot.ts';
import { brokenMachine, planFor } from './practice.ts';
import type { Progress } from './progress.ts';
import { stepIn } from './steps.ts';
import type { Turns } from './turns.ts';

interface Parts {
  lab: Lab;
  slot: MachineSlot;
  turns: Turns;
  progress: Progress;
  /** Makes a machine for this session. */
  make: () => Promise<Machine>;
  emit: (event: SessionEvent) => Promise<void>;
  snapshot: () => SessionSnapshot;
}

/** `found`: verdicts that were made in it already. */
type Next = SlotContent & { found?: readonly Verdict[] };

/** How one machine of a session follows another; each keeps the one before for `undo`. */
export class Succession {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** An edited lab: the next machine is of it. */
  takeUp(lab: Lab): void {
    this.#parts.lab = lab;
  }

  /** A fresh machine in the state the step begins with. */
  async enter(step: string, how: 'start' | 'goto' | 'reset' | 'resume', report: Report) {
    const { lab, slot, make } = this.#parts;
    // An author may have taken the step away in which the learner was.
    const known = how !== 'reset' || lab.steps.some(({ id }) => id === step);
    const target = stepIn(lab, known ? step : (lab.steps[0]?.id ?? step));
    return this.#another(how, report, async () => {
      const again = how === 'reset' || how === 'resume' ? slot.mistake : null;
      const { plan, mistake } = planFor(lab, target.id, again);
      return { machine: await machineWith(make, lab, plan), step: target.id, mistake };
    });
  }

  /** The machine as it is after a restart. */
  reboot(report: Report): Promise<SessionSnapshot> {
    return this.#another('reboot', report, () => this.#rebooted());
  }

  /** The same, inside a turn that has begun: `hoplab reboot` as a line of a solution. */
  rebootNow(): Promise<void> {
    return this.#replace('reboot', () => this.#rebooted());
  }

  /** The finished lab with one mistake in it, which no event names. */
  break(seed: number | null, report: Report): Promise<SessionSnapshot> {
    const { lab, make } = this.#parts;
    return this.#another('break', report, async () => {
      const broken = await brokenMachine(lab, seed, make, report);
      return { ...broken, step: lab.steps.at(-1)?.id ?? '' };
    });
  }

  /** Back to the machine before the last reset or goto; a second undo takes that back. */
  undo(): Promise<SessionSnapshot> {
    const { slot, turns, progress, snapshot } = this.#parts;
    const work = async () => {
      const previous = slot.toUndo;
      await Promise.all([slot.swap(previous, progress.step), this.#emitEntered(previous, 'undo')]);
      return snapshot();
    };
    // If there is nothing to go back to, nothing is given up for it.
    return slot.canUndo ? turns.leave(work) : turns.ask(work);
  }

  async #rebooted(): Promise<SlotContent> {
    const { lab, slot, make, progress } = this.#parts;
    const machine = await rebootMachine(make, lab, slot.live);
    return { machine, step: progress.step, mistake: null };
  }

  #another(how: Fresh, report: Report, make: () => Promise<Next>): Promise<SessionSnapshot> {
    return this.#parts.turns.leave(async () => {
      report(0, 2, 'machine');
      await this.#replace(how, make);
      report(2, 2, 'ready');
      return this.#parts.snapshot();
    });
  }

  async #replace(how: Fresh, make: () => Promise<Next>): Promise<void> {
    const { slot, progress } = this.#parts;
    const started = performance.now();
    const next = await make();
    const discarded = slot.kept;
    const took = performance.now() - started;
    try {
      // A full disk stops no replacement: it takes place without its entry in the journal, and clients get
      // the event.
      await Promise.all([slot.replace(next, progress.step, took), this.#emitEntered(next, how)]);
    } finally {
      await discarded?.destroy();
    }
  }

  #emitEntered({ step, mistake, found = [] }: Next, how: Fresh | 'undo'): Promise<unknown> {
    const { slot, emit } = this.#parts;
    return Promise.all([
      emit({ type: 'machine', machine: slot.state }),
      emit({ type: 'step-entered', step, how }),
      mistake && emit({ type: 'practice', seed: mistake.seed, state: 'broken' }),
      // The learner sees what fails at once: the checks are asked again a moment later.
      ...found.map((verdict) => emit({ type: 'verdict', verdict })),
    ]);
  }
}
