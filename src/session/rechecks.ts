import { affectedChecks } from '../core/check/affected.ts';
import { type ChangeKind, changeKinds } from '../core/check/changes.ts';
import type { Check } from '../core/check/check.ts';
import { couldNotCheck } from '../core/check/unjudged.ts';
import { HoplabError } from '../core/errors.ts';
import type { Step } from '../core/lab/lab.ts';
import type { Machine, MachineWatch } from '../core/ports.ts';
import { Asker } from './checker.ts';
import type { Looks } from './looks.ts';
import type { Queue } from './queue.ts';
import type { Verdicts } from './verdicts.ts';

interface Rechecked {
  queue: Queue;
  verdicts: Verdicts;
  looks: Looks;
  /** The machine the session is in, dead or alive. */
  machine(): Machine | null;
  /** It has ended by itself. */
  gone(): Promise<void>;
}

/** A step, the changes since its checks were asked, and the checks that they concern. */
interface Work {
  step: Step;
  kinds: ReadonlySet<ChangeKind>;
  checks: Check[];
}

type Follower = (kinds: ChangeKind[]) => void;

/** After a sign of activity: when a program that was started then may have come up. */
const looks = [100, 400, 1000, 2500];

/** Rounds that follow each other this closely belong to a storm of changes. */
const calm = 1000;
const firstPause = 50;
const longestPause = 3000;

/** Milliseconds until a watch that has ended is begun again: the first time, and in the end. */
const [firstPatience, longestPatience] = [500, 60_000];

/**
 * Asks the checks again that a change in the machine concerns. Only while a client follows the session:
 * otherwise the verdicts are made when the next client comes. One round at a time, in the session's queue
 * behind all requests; a round gives way after the current check.
 */
export class Rechecks {
  readonly #of: Rechecked;
  readonly #followers = new Set<Follower>();
  /** Step -> the changes since its checks were asked. */
  readonly #pending = new Map<string, Set<ChangeKind>>();
  #watch: MachineWatch | null = null;
  /** It hears every change. */
  #armed = false;
  #watched: Machine | null = null;
  /** The machine whose end has been reported. */
  #buried: Machine | null = null;
  #timer: NodeJS.Timeout | null = null;
  #looks: NodeJS.Timeout[] = [];
  /** When the last of them is over. */
  #looksUntil = 0;
  /** When a watch that ended in a living machine is begun again, and how long that takes. */
  #again: NodeJS.Timeout | null = null;
  #patience = firstPatience;
  /** A look is waiting for its turn. */
  #looking = false;
  #changes = 0;
  /** Rounds in a row without a calm moment, and when the last one ended. */
  #storm = 0;
  #endedAt = 0;
  #took = 0;

  constructor(of: Rechecked) {
    this.#of = of;
  }

  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    if (this.#followers.size === 1) this.moved();
    return () => {
      this.#followers.delete(follower);
      if (this.#followers.size === 0) this.end();
    };
  }

  /** The session is in another machine, or a client has begun to follow it. */
  moved(): void {
    const machine = this.#of.machine();
    if (this.#followers.size === 0 || machine === this.#watched) return;
    this.end();
    this.#watched = machine;
    if (machine?.alive()) this.#start(machine);
  }

  /** Another step is the current one: it may be done already. */
  entered(step: string): void {
    if (this.#followers.size === 0) return;
    this.#pending.set(step, new Set(changeKinds));
    this.#schedule();
  }

  /** A command has begun or ended. Programs and their sockets come without a message of the kernel's. */
  activity(): void {
    if (this.#followers.size === 0) return;
    for (const each of this.#looks) clearTimeout(each);
    this.#looks = looks.map((delay) => setTimeout(() => this.#look(), delay));
    this.#looksUntil = performance.now() + Math.max(...looks);
  }

  /** The newest verdicts are of the machine as it is: every change is heard, and none waits to be asked about. */
  get settled(): boolean {
    const machine = this.#watched;
    if (machine === null || machine !== this.#of.machine() || !machine.alive()) return false;
    const quiet = this.#timer === null && !this.#looking && performance.now() > this.#looksUntil;
    return this.#watch !== null && this.#armed && quiet && this.#pending.size === 0;
  }

  end(): void {
    for (const each of [this.#timer, this.#again, ...this.#looks]) clearTimeout(each ?? undefined);
    this.#timer = null;
    this.#again = null;
    this.#patience = firstPatience;
    this.#looks = [];
    this.#pending.clear();
    void this.#watch?.stop();
    this.#watch = null;
    this.#hears(false);
    this.#watched = null;
  }

  #hears(armed: boolean): void {
    this.#armed = armed;
    this.#of.looks.heard = armed;
  }

  #start(machine: Machine): void {
    const watch = machine.watch({
      changed: (kinds) => this.#changed(kinds),
      stale: () => this.#look(),
      ended: () => this.#unwatched(watch),
    });
    this.#watch = watch;
    // From now on every change is reported; the state before it is checked once.
    void watch.ready.then((armed) => {
      if (!armed || this.#watch !== watch) return;
      this.#hears(true);
      this.#changed([...changeKinds]);
    });
  }

  #unwatched(watch: MachineWatch): void {
    if (this.#watch !== watch) return;
    this.#watch = null;
    this.#hears(false);
    // Changes that it did not report any more.
    this.#changed(changeKinds);
    this.#again = setTimeout(() => {
      if (this.#watched?.alive()) this.#start(this.#watched);
    }, this.#patience);
    this.#patience = Math.min(2 * this.#patience, longestPatience);
  }

  #changed(kinds: readonly ChangeKind[]): void {
    if (kinds.length === 0) return;
    this.#changes += 1;
    this.#of.looks.changed();
    for (const { id } of this.#of.verdicts.steps()) {
      this.#pending.set(id, new Set([...(this.#pending.get(id) ?? []), ...kinds]));
    }
    for (const follower of this.#followers) follower([...kinds]);
    this.#schedule();
  }

  #look(): void {
    if (this.#looking) return;
    this.#looking = true;
    void this.#of.queue.runLast(async () => {
      this.#looking = false;
      // Without a watch, anything may have changed.
      this.#changed(this.#watch === null ? changeKinds : await this.#watch.look());
    });
  }

  #schedule(): void {
    if (this.#timer !== null || this.#followers.size === 0) return;
    this.#timer = setTimeout(() => {
      // A journal that cannot be written fails the request of a client; no client asked for this.
      void this.#of.queue.runLast(() =>
        this.#round()
          .catch(() => {})
          .finally(() => this.#rest()),
      );
    }, this.#pause());
  }

  /** In a storm, rounds take at most half of the time, and less the longer it lasts. */
  #pause(): number {
    if (performance.now() - this.#endedAt > calm) return 0;
    if (this.#storm < 3) return firstPause;
    return Math.min(longestPause, this.#took * (this.#storm - 2));
  }

  #rest(): void {
    this.#timer = null;
    this.#endedAt = performance.now();
    if (this.#pending.size > 0) this.#schedule();
  }

  async #round(): Promise<void> {
    const machine = this.#watched;
    const started = performance.now();
    this.#storm = started - this.#endedAt > calm ? 0 : this.#storm + 1;
    if (machine?.alive()) await this.#ask(machine);
    this.#took = performance.now() - started;
    if (machine === null || machine !== this.#of.machine() || machine.alive()) return;
    this.#pending.clear();
    if (this.#buried === machine) return;
    this.#buried = machine;
    await this.#of.gone();
  }

  async #ask(machine: Machine): Promise<void> {
    const { verdicts } = this.#of;
    const work = verdicts.steps().flatMap((step) => {
      const kinds = this.#pending.get(step.id) ?? new Set();
      const checks = affectedChecks(verdicts.asked(step), kinds);
      return checks.length > 0 ? [{ step, kinds, checks }] : [];
    });
    this.#pending.clear();
    if (work.length === 0) return;
    try {
      await this.#askAll(machine, work);
    } catch (error) {
      if (!machine.alive()) return;
      // The result is unknown and not reported: the session is about to leave the machine, or stays in it
      // after all.
      if (error instanceof HoplabError && error.code === 'interrupted') return this.#postpone(work);
      for (const { step, checks } of work)
        for (const check of checks)
          await verdicts.news(couldNotCheck(step.id, check, (error as Error).message));
    }
  }

  async #askAll(machine: Machine, work: readonly Work[]): Promise<void> {
    const { verdicts, queue } = this.#of;
    const begun = this.#changes;
    // In a storm, news waits until the round is over: otherwise no round would ever be.
    const outdated = () =>
      queue.wanted || this.#watched !== machine || (this.#changes > begun && this.#storm < 3);
    const asker = await Asker.look(
      machine,
      work.flatMap(({ checks }) => checks),
      verdicts.lab,
      (keys) => this.#of.looks.observe(machine, keys),
    );
    for (const [place, { step, checks }] of work.entries()) {
      for (const check of checks) {
        if (outdated()) return this.#postpone(work.slice(place));
        await verdicts.news(await asker.ask(step, check, verdicts.known(step)));
      }
      await verdicts.conclude(step);
    }
    await verdicts.confirm(machine);
  }

  /** The rest of a round: the step at hand from its beginning, and all after it. */
  #postpone(rest: readonly Work[]): void {
    if (this.#watched === null) return;
    for (const { step, kinds } of rest)
      this.#pending.set(step.id, new Set([...(this.#pending.get(step.id) ?? []), ...kinds]));
  }
}
