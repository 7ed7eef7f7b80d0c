import type { Check } from '../core/check/check.ts';
import { sameVerdict } from '../core/check/settled.ts';
import { notYet } from '../core/check/unjudged.ts';
import { HoplabError } from '../core/errors.ts';
import type { Lab, Step } from '../core/lab/lab.ts';
import type { Machine } from '../core/ports.ts';
import type { SessionEvent } from '../core/session/event.ts';
import type { Verdict } from '../core/verdict/verdict.ts';
import { checkSteps } from './checker.ts';
import { checkKey, type Progress } from './progress.ts';
import { checksAt, indexIn } from './steps.ts';

/** The effect of verdicts on a session: its events, and which steps are done, broken or mended. */
export class Verdicts {
  #lab: Lab;
  readonly #progress: Progress;
  readonly #emit: (event: SessionEvent) => Promise<void>;

  constructor(lab: Lab, progress: Progress, emit: (event: SessionEvent) => Promise<void>) {
    this.#lab = lab;
    this.#progress = progress;
    // A verdict counts even if it cannot be written: the journal warns its owner, and writes it later.
    this.#emit = (event) =>
      emit(event).catch((error: unknown) => {
        if (!(error instanceof HoplabError) || error.code !== 'journal-failed') throw error;
      });
  }

  get lab(): Lab {
    return this.#lab;
  }

  takeUp(lab: Lab): void {
    this.#lab = lab;
  }

  /** All that is asked of these steps, in the machine as it is now. */
  async check(machine: Machine, steps: readonly Step[]): Promise<Verdict[]> {
    const found = await checkSteps(
      machine,
      steps.map((step) => ({ step, checks: this.asked(step), lab: this.#lab })),
    );
    const verdicts: Verdict[] = [];
    for (const [place, step] of steps.entries())
      verdicts.push(...(await this.#tell(step, found[place] ?? [])));
    const { practice } = this.#progress;
    const repaired = steps === this.#lab.steps && verdicts.every(({ status }) => status === 'pass');
    if (practice?.state === 'broken' && repaired) {
      await this.#emit({ type: 'practice', seed: practice.seed, state: 'repaired' });
    }
    return verdicts;
  }

  /** The failure known already, if it is one still: nothing else has to be asked then. Otherwise the first there is. */
  async firstFailure(machine: Machine, steps: readonly Step[]): Promise<Verdict | null> {
    for (const step of steps) {
      const known = this.known(step).find(({ status }) => status === 'fail');
      if (known === undefined) continue;
      const checks = this.asked(step).filter(({ id }) => id === known.check);
      const [found = []] = await checkSteps(machine, [{ step, checks, lab: this.#lab }]);
      const [again] = await this.#tell(step, found);
      if (again?.status === 'fail') return again;
      break;
    }
    return (await this.check(machine, steps)).find(({ status }) => status !== 'pass') ?? null;
  }

  async #tell(step: Step, found: readonly Verdict[]): Promise<Verdict[]> {
    const ahead = indexIn(this.#lab, step.id) > indexIn(this.#lab, this.#progress.step);
    const verdicts = ahead ? found.map(notYet) : [...found];
    await Promise.all(verdicts.map((verdict) => this.answer(verdict)));
    await this.conclude(step);
    return verdicts;
  }

  asked(step: Step): Check[] {
    return checksAt(this.#lab, step, this.#progress.step);
  }

  /** The newest verdicts of a step's checks, as far as there are any. */
  known(step: Step): Verdict[] {
    return this.asked(step).flatMap(({ id }) => this.#progress.verdicts.get(checkKey(step.id, id)) ?? []);
  }

  /** The first check of these steps that does not pass; null as well where one of them has no verdict. */
  knownFailure(steps: readonly Step[]): Verdict | null {
    const verdicts = steps.flatMap((step) => this.known(step));
    const asked = steps.flatMap((step) => this.asked(step));
    if (verdicts.length < asked.length || verdicts.some(({ status }) => status === 'could-not-check'))
      return null;
    return verdicts.find(({ status }) => status !== 'pass') ?? null;
  }

  /** The result of a request is always an event. */
  answer(verdict: Verdict): Promise<void> {
    return this.#emit({ type: 'verdict', verdict });
  }

  /** The result of a recheck is an event only if it is new: an idle session's journal does not grow. */
  async news(verdict: Verdict): Promise<void> {
    const before = this.#progress.verdicts.get(checkKey(verdict.step, verdict.check));
    if (!sameVerdict(verdict, before)) await this.answer(verdict);
  }

  /**
   * The learner's step, then the done ones before it, the nearest first: a done step may break. While a
   * mistake is hidden, every step: it may be in any, and so may its repair.
   */
  steps(): readonly Step[] {
    if (this.#progress.practice !== null) return this.#lab.steps;
    const { step, doneAt } = this.#progress;
    const place = indexIn(this.#lab, step);
    const behind = this.#lab.steps.slice(0, place).filter(({ id }) => doneAt.has(id));
    return [...this.#lab.steps.slice(place, place + 1), ...behind.reverse()];
  }

  /**
   * When everything seems to hold again, checks all of it once more: a repair is reported only when it is
   * one.
   */
  async confirm(machine: Machine): Promise<void> {
    if (this.#progress.practice?.state !== 'broken') return;
    const passes = (step: Step) => {
      const verdicts = this.known(step);
      return verdicts.length === this.asked(step).length && verdicts.every(({ status }) => status === 'pass');
    };
    if (this.#lab.steps.every(passes)) await this.check(machine, this.#lab.steps);
  }

  /** Takes a step's verdicts together, once all that is asked of it has one. */
  async conclude(step: Step): Promise<void> {
    const verdicts = this.known(step);
    if (verdicts.length < this.asked(step).length) return;
    // A mistake that hoplab made neither breaks the learner's work nor does it for them.
    if (this.#progress.practice !== null) return;
    const failing = verdicts.find(({ status }) => status !== 'pass');
    const { doneAt, shown, broken } = this.#progress;
    const done = doneAt.has(step.id);
    const ownWork = !this.#isTyped(step);
    if (!failing) {
      if (!done || (shown.has(step.id) && ownWork))
        await this.#emit({ type: 'step-done', step: step.id, ...(ownWork ? {} : { by: 'hoplab' }) });
      else if (broken.has(step.id)) await this.#emit({ type: 'step-mended', step: step.id });
      await this.#advanceFrom(step);
    } else if (done && failing.status !== 'could-not-check' && !broken.has(step.id)) {
      await this.#emit({ type: 'step-broken', step: step.id, check: failing.check });
    }
  }

  /** hoplab typed its solution in this machine. */
  #isTyped({ id }: Step): boolean {
    const { begun, typed } = this.#progress.typing;
    return typed.has(id) || indexIn(this.#lab, id) < indexIn(this.#lab, begun);
  }

  /** Passing the current step leads to the next one; passing another one leads nowhere. */
  async #advanceFrom(step: Step): Promise<void> {
    const next = this.#lab.steps[indexIn(this.#lab, step.id) + 1];
    if (step.id !== this.#progress.step || !next) return;
    await this.#emit({ type: 'step-entered', step: next.id, how: 'advance' });
  }
}
