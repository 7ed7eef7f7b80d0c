import type { ChangeKind } from '../core/check/changes.ts';
import type { Lab, Line, Step } from '../core/lab/lab.ts';
import { isReboot } from '../core/plan/entry.ts';
import type { Machine, OpenOptions, Stream } from '../core/ports.ts';
import { type Mistake, type MistakeReveal, reveal } from '../core/practice/mistake.ts';
import type { PredictionResult } from '../core/predict/result.ts';
import type { ExposedNode, Progress as Report } from '../core/session/control.ts';
import type { Hint, NumberedEvent, SessionEvent, SessionSnapshot } from '../core/session/event.ts';
import { type Leaving, leavingIn } from '../core/session/leaving.ts';
import type { PingAllCall, PingedAll } from '../core/session/pinging.ts';
import type { PredictionRequest } from '../core/session/predicting.ts';
import type { Preview, PreviewRequest } from '../core/session/preview.ts';
import type { HopListener, TraceCall, Traced } from '../core/session/tracing.ts';
import type { Observation } from '../core/state/observation.ts';
import type { Verdict } from '../core/verdict/verdict.ts';
import { applySteps } from './apply.ts';
import type { EventLog } from './event-log.ts';
import { exposeNodes } from './expose.ts';
import { nextRung } from './hint.ts';
import type { Journal } from './journal.ts';
import { Looks } from './looks.ts';
import { MachineSlot, type SlotContent } from './machine-slot.ts';
import { pingAll } from './ping-all.ts';
import { mistakeIn } from './practice.ts';
import { answerPrediction } from './predictor.ts';
import { previewReplacement } from './preview.ts';
import { advance, type Progress, stepStates } from './progress.ts';
import { Rechecks } from './rechecks.ts';
import { daemonEnds, sessionEnded } from './refusals.ts';
import { withSigns } from './signs.ts';
import { stepIn, stepsBetween, stepsToApply } from './steps.ts';
import { Succession } from './succession.ts';
import { tracePacket } from './tracer.ts';
import { LiveTraffic } from './traffic.ts';
import { Turns } from './turns.ts';
import { type TypedLine, typeLine } from './type-line.ts';
import { Verdicts } from './verdicts.ts';

interface SessionParts {
  id: string;
  lab: Lab;
  startedAt: number;
  journal: Journal;
  log: EventLog;
  progress: Progress;
  /** Makes a machine for this session. */
  make: () => Promise<Machine>;
  /** The lab as it is now: an author may have edited it. Throws where it has errors or is gone. */
  labNow: () => Lab;
}

/** One learner's attempt at a lab. Everything that changes it waits its turn. */
export class Session {
  readonly id: string;
  lab: Lab;
  readonly #labNow: () => Lab;
  readonly #startedAt: number;
  readonly #journal: Journal;
  readonly #slot: MachineSlot;
  readonly #log: EventLog;
  readonly #progress: Progress;
  readonly #make: () => Promise<Machine>;
  readonly #turns = new Turns(() => this.#slot.machine);
  readonly #verdicts: Verdicts;
  /** The step that the client last knew as the current one; passing it may have led on since. */
  #met: string;
  readonly #rechecks: Rechecks;
  readonly #looks = new Looks();
  readonly #succession: Succession;
  readonly traffic = new LiveTraffic(
    () => this.#slot.machine,
    (changed) => this.#rechecks.follow(changed),
  );

  constructor({ id, lab, startedAt, journal, log, progress, make, labNow }: SessionParts) {
    this.id = id;
    this.lab = lab;
    this.#labNow = labNow;
    this.#startedAt = startedAt;
    this.#journal = journal;
    this.#slot = new MachineSlot(id, journal);
    this.#log = log;
    this.#progress = progress;
    this.#met = progress.step;
    this.#make = make;
    this.#verdicts = new Verdicts(lab, progress, (event) => this.#emit(event));
    this.#rechecks = new Rechecks({
      ...{ queue: this.#turns.queue, verdicts: this.#verdicts, looks: this.#looks },
      machine: () => this.#slot.machine,
      gone: () => this.#emit({ type: 'machine', machine: this.#slot.state }),
    });
    this.#succession = new Succession({
      ...{ lab, slot: this.#slot, turns: this.#turns, progress, make },
      emit: (event) => this.#emit(event),
      snapshot: () => this.snapshot(),
    });
  }

  snapshot(): SessionSnapshot {
    return {
      ...{ id: this.id, lab: this.lab.id, title: this.lab.title, startedAt: this.#startedAt },
      ...{ step: this.#progress.step, steps: stepStates(this.lab, this.#progress) },
      ...{ machine: this.#slot.state, canUndo: this.#slot.canUndo },
      practice: this.#progress.practice,
      hints: this.#progress.hinted,
      lastEvent: this.#log.last,
    };
  }

  /** Takes over the machine of an earlier daemon. */
  adopt(machine: Machine | null, mistake: Mistake | null, previous: SlotContent | null): void {
    this.#slot.adopt(machine, mistake, previous);
  }

  /** A fresh machine in the state the step begins with; the one before is kept for `undo`. */
  enter(
    step: string,
    how: 'start' | 'goto' | 'reset' | 'resume',
    report: Report = () => {},
  ): Promise<SessionSnapshot> {
    if (how !== 'resume') this.#takeUp(this.#labNow());
    return this.#succession.enter(step, how, report);
  }

  reset(report?: Report): Promise<SessionSnapshot> {
    return this.enter(this.#progress.step, 'reset', report);
  }

  /** Of an edited lab nothing that was found in the machine before says anything. */
  #takeUp(lab: Lab): void {
    if (lab === this.lab) return;
    this.lab = lab;
    this.#verdicts.takeUp(lab);
    this.#succession.takeUp(lab);
  }

  /** The machine as it is after a restart; the one before is kept for `undo`. */
  reboot(report: Report = () => {}): Promise<SessionSnapshot> {
    return this.#succession.reboot(report);
  }

  /** The finished lab with one mistake in it, which no event names. */
  break(seed: number | null, report: Report = () => {}): Promise<SessionSnapshot> {
    return this.#succession.break(seed, report);
  }

  undo(): Promise<SessionSnapshot> {
    return this.#succession.undo();
  }

  reveal(): Promise<MistakeReveal> {
    return this.#turns.ask(async () => {
      const mistake = mistakeIn(this.lab, this.#progress.practice && this.#slot.mistake);
      const all = await this.#verdicts.check(this.#slot.live, this.lab.steps);
      const failing = all.filter(({ status }) => status === 'fail');
      if (failing.length > 0) await this.#emit({ type: 'practice', seed: mistake.seed, state: 'shown' });
      return reveal(this.lab, mistake, failing);
    });
  }

  /** The changes that `enter`, `reset`, `reboot` or `undo` would make. Not queued: clients need not wait. */
  async preview(asked: PreviewRequest): Promise<Preview> {
    return previewReplacement(asked, this.lab, this.#progress.step, this.#slot, this.#make);
  }

  async apply(which: string | 'all' | null) {
    const steps = stepsToApply(this.lab, this.#progress.step, which);
    return this.#turns.ask(async () => {
      return applySteps(steps, this.#progress, {
        check: (step) => this.#verdicts.check(this.#slot.live, [step]),
        emit: (event) => this.#emit(event),
        type: (line) => this.#type(line),
      });
    });
  }

  /** @param passed hears which steps were passed since the last check by themselves, before the current one is asked */
  async check(
    which: string | 'all' | null,
    passed: (steps: string[]) => void = () => {},
  ): Promise<Verdict[]> {
    return this.#turns.ask(async () => {
      if (which === null) passed(stepsBetween(this.lab, this.#met, this.#progress.step));
      const verdicts = await this.#verdicts.check(this.#slot.live, this.#asked(which));
      this.#met = this.#progress.step;
      return verdicts;
    });
  }

  /** A learner who looks for a mistake does not know its step. */
  #asked(which: string | 'all' | null): readonly Step[] {
    const all = which === 'all' || (which === null && this.#progress.practice !== null);
    return all ? this.lab.steps : [stepIn(this.lab, which ?? this.#progress.step)];
  }

  /** The next rung for the first check that does not pass; null when all pass. */
  async hint(): Promise<Hint | null> {
    const known = this.#rechecks.settled ? this.#verdicts.knownFailure(this.#asked(null)) : null;
    const ask = () => this.#verdicts.firstFailure(this.#slot.live, this.#asked(null));
    const verdict = known ?? (await this.#turns.ask(ask));
    if (verdict === null) return null;
    const { event, hint } = nextRung(verdict, this.#progress);
    await this.#emit(event);
    return hint;
  }

  predict(asked: PredictionRequest): Promise<PredictionResult> {
    return this.#turns.ask(async () => {
      const result = await answerPrediction(this.#slot.live, this.lab, this.#progress.step, asked);
      const { step, prediction, answer, truth, outcome } = result;
      if (truth !== null)
        await this.#emit({ type: 'predicted', step, prediction, answer, truth, right: outcome === 'right' });
      return result;
    });
  }

  topology(shared = false): Promise<Observation> {
    const anew = () => this.#turns.ask(() => this.#looks.anew(this.#slot.live));
    return this.#looks.latest(shared ? this.#slot.alive : null) ?? anew();
  }

  /** Names for the VM's own tools; they are of this machine, not of the one that may replace it. */
  expose(node: string | null): Promise<ExposedNode[]> {
    return this.#turns.ask(() => exposeNodes(this.#slot.live, this.id, node));
  }

  /** Follows one probe of its own; queued, so that no check's packets are on their way at the same time. */
  trace(asked: TraceCall, onHop: HopListener = () => {}): Promise<Traced> {
    return this.#turns.ask(() => tracePacket(this.#slot.live, asked, onHop));
  }

  pingAll(asked: PingAllCall): Promise<PingedAll> {
    return this.#turns.ask(() => pingAll(this.#slot.live, asked));
  }

  /** Not queued: a terminal is the learner's own hand. */
  async open(node: string | null, argv: string[] | null, options: OpenOptions): Promise<Stream> {
    return withSigns(await this.#slot.live.open(node ?? 'host', argv, { ...options, session: this.id }), () =>
      this.#rechecks.activity(),
    );
  }

  leaving(onLeave: (how: Leaving) => void): () => void {
    return this.hear(this.snapshot().lastEvent, ({ event }) => {
      const how = leavingIn(event);
      if (how !== null) onLeave(how);
    });
  }

  from(after: number | null): number {
    return this.#log.from(after);
  }

  /** Its events, without following it: nothing is asked again for this listener's sake. */
  hear(after: number, listener: (event: NumberedEvent) => void): () => void {
    return this.#log.subscribe(after, listener);
  }

  /** While a client listens, it hears of changes in the machine, and the checks they concern run again. */
  subscribe(
    after: number,
    listener: (event: NumberedEvent) => void,
    changed: (kinds: ChangeKind[]) => void = () => {},
  ): () => void {
    const ends = [this.hear(after, listener), this.#rechecks.follow(changed)];
    return () => ends.forEach((end) => void end());
  }

  stop(): Promise<void> {
    const last = async () => {
      // It must end also where nothing can be written any more: that gives room.
      await this.#emit({ type: 'stopped' }).catch(() => {});
      this.#rechecks.end();
      await this.#slot.destroy();
      await this.#journal.remove();
    };
    return this.#turns.end(last, () => sessionEnded(this.id));
  }

  /** The daemon ends: nothing is done here any more, and machines stay. Resolves when all is written that can be. */
  async close(): Promise<void> {
    this.#rechecks.end();
    await this.#turns.close(daemonEnds);
    await this.#journal.written();
  }

  async #type(line: Line): Promise<TypedLine> {
    if (!isReboot(line)) return typeLine(this.#slot.live, line);
    await this.#succession.rebootNow();
    return { exitCode: 0, output: '' };
  }

  #emit(event: SessionEvent): Promise<void> {
    advance(this.#progress, event, Date.now());
    if (event.type === 'machine') this.#rechecks.moved();
    if (event.type === 'step-entered') this.#rechecks.entered(event.step);
    if (event.type === 'step-entered' && event.how !== 'advance') this.#met = event.step;
    return this.#log.add(event);
  }
}
