import type { Check } from '../../core/check/check.ts';
import { probesOf } from '../../core/check/probes.ts';
import { HoplabError } from '../../core/errors.ts';
import type { Fault, Lab, Step } from '../../core/lab/lab.ts';
import type { Machine, Machines } from '../../core/ports.ts';
import type { TestPart } from '../../core/session/control.ts';
import type { Observation } from '../../core/state/observation.ts';
import type { Verdict } from '../../core/verdict/verdict.ts';
import { machineAt, rebootMachine } from '../boot.ts';
import { checkStep } from '../checker.ts';
import { checksAt } from '../steps.ts';
import type { atRest } from './at-rest.ts';
import { Hand } from './hand.ts';
import { missingWords } from './missing-words.ts';
import { PredictionTrial } from './prediction-trial.ts';
import { differences } from './same-state.ts';
import { verdictLine } from './verdict-line.ts';

/** Asked before each part. */
export type Stop = { readonly aborted: boolean };
type Place = Pick<TestPart, 'part' | 'step' | 'fault' | 'round'>;
type Job = () => Promise<void>;
/** The error that a part found; null if there was none. */
type Finding = string | null;

/** The trials of a lab's steps, each in a machine of its own. */
export class Trial {
  readonly #lab: Lab;
  readonly #onPart: (part: TestPart) => void;
  readonly make: () => Promise<Machine>;
  readonly #stop: Stop;
  readonly #settle: typeof atRest;
  readonly #states = new Map<string, Promise<Observation>>();
  /** Machines that were only looked at, as the states of steps. */
  readonly #untouched = new Map<string, Machine>();

  constructor(
    lab: Lab,
    machines: Machines,
    onPart: (part: TestPart) => void,
    stop: Stop,
    settle: typeof atRest,
  ) {
    this.#lab = lab;
    let made = 0;
    this.make = () => machines.create(`test-${lab.id}-${Date.now().toString(36)}${++made}`, lab.machine);
    this.#onPart = onPart;
    this.#stop = stop;
    this.#settle = settle;
  }

  /** The trials of a step, each in a machine of its own. */
  jobs(step: Step, round: 1 | 2): Job[] {
    const place = (part: string): Place => ({ part, step: step.id, fault: null, round });
    return [
      () => this.#walk(step, place),
      ...step.faults.map(
        (fault) => () =>
          this.#part({ ...place('fault'), fault: fault.id }, () =>
            this.#in(
              step.id,
              (hand) => this.#fault(hand, step, fault),
              this.#takeUntouched(`${round} ${step.id}`),
            ),
          ),
      ),
    ];
  }

  async #walk(step: Step, place: (part: string) => Place): Promise<void> {
    if (this.#stop.aborted) return;
    const { round } = place('walk');
    const started = performance.now();
    let inside = false;
    const walked = this.#in(step.id, async (hand) => {
      inside = true;
      const entered = await this.#settled(hand.machine);
      await this.#part(place('entry'), () => this.#entry(hand.machine, step));
      const predictions = new PredictionTrial(hand, step);
      const look = async () => {
        if (!predictions.done) await this.#rest(hand.machine);
        await predictions.look();
      };
      await look();
      await this.#part(place('solution'), () => this.#solution(hand, step, look));
      await this.#part(place('jump'), () => this.#jump(hand.machine, step, round));
      hand.rest();
      for (const { id } of step.predict)
        await this.#part(place(`prediction ${id}`), async () => predictions.finding(id));
      await this.#part(place('reset'), async () => compared(entered, await this.#stateAt(step.id, round)));
    });
    await walked.catch((error: Error) => {
      // A line of the topology or of a step before fails: the author reads where, beside all other parts.
      if (inside || !(error instanceof HoplabError) || error.code !== 'action-failed') throw error;
      const milliseconds = Math.round(performance.now() - started);
      this.#onPart({ ...place('entry'), ok: false, detail: error.message, milliseconds });
    });
  }

  async #entry(machine: Machine, step: Step): Promise<Finding> {
    const verdicts = await this.#check(machine, step, step);
    const broken = verdicts.find(({ status }) => status === 'could-not-check');
    if (broken) return verdictLine(broken);
    const lacking = verdicts.filter(({ status }) => status === 'fail').map(taught);
    const dumb = lacking.find((finding) => finding !== null);
    if (dumb) return dumb;
    return verdicts.every(({ status }) => status === 'pass')
      ? 'every check passes before anything is done'
      : null;
  }

  async #solution(hand: Hand, step: Step, typed: () => Promise<void>): Promise<Finding> {
    for (const line of step.solution) {
      const { exitCode, output } = await hand.type(line);
      if (exitCode !== 0) return `on ${line.on}: ${line.run}\nended with ${exitCode}: ${output}`;
      await typed();
    }
    await this.#rest(hand.machine);
    const upToHere = this.#lab.steps.slice(0, this.#lab.steps.indexOf(step) + 1);
    for (const each of upToHere) {
      const failing = (await this.#check(hand.machine, each, step)).find(({ status }) => status !== 'pass');
      if (failing) return verdictLine(failing);
    }
    return null;
  }

  /** Walking through a step and jumping behind it lead to the same state. */
  async #jump(walked: Machine, step: Step, round: 1 | 2): Promise<Finding> {
    const next = this.#lab.steps[this.#lab.steps.indexOf(step) + 1];
    if (!next) return null;
    return compared(await this.#settled(walked), await this.#stateAt(next.id, round));
  }

  /**
   * The state of a machine made for the beginning of a step: one for each round, against which all others are
   * compared.
   */
  #stateAt(step: string, round: 1 | 2): Promise<Observation> {
    const key = `${round} ${step}`;
    const known = this.#states.get(key) ?? this.#lookAt(step, key);
    this.#states.set(key, known);
    return known;
  }

  /** A cluster of real components starts for half a minute: a fault of the step begins in the one looked at. */
  async #lookAt(step: string, key: string): Promise<Observation> {
    const faults = this.#lab.steps.find(({ id }) => id === step)?.faults ?? [];
    if (!this.#follows || faults.length === 0) return this.#in(step, ({ machine }) => this.#settled(machine));
    const machine = await machineAt(this.make, this.#lab, step);
    try {
      const state = await this.#settled(machine);
      this.#untouched.set(key, machine);
      return state;
    } catch (error) {
      await machine.destroy();
      throw error;
    }
  }

  #takeUntouched(key: string): Machine | undefined {
    const machine = this.#untouched.get(key);
    this.#untouched.delete(key);
    return machine;
  }

  /** Ends the machines that no fault has taken. */
  async end(): Promise<void> {
    await Promise.all([...this.#untouched.values()].map((machine) => machine.destroy()));
    this.#untouched.clear();
  }

  #settled(machine: Machine): Promise<Observation> {
    const observe = () => machine.observe();
    return this.#follows ? this.#settle(observe) : observe();
  }

  async #rest(machine: Machine): Promise<void> {
    if (this.#follows) await this.#settled(machine);
  }

  /** Whether rules and sockets follow a command; those of the small cluster are there before it ends. */
  get #follows(): boolean {
    return this.#lab.topology.engine === 'real';
  }

  async #fault(hand: Hand, step: Step, fault: Fault): Promise<Finding> {
    try {
      for (const [index, line] of fault.lines.entries()) {
        const { exitCode, output } = await hand.type(line);
        const refused = fault.refused.includes(index);
        if (refused && exitCode === 0) return `expected the shell to refuse: ${line.run}`;
        // A line after a refused one may fail because of it; before one, every line must succeed.
        const excused = fault.refused.some((each) => each < index);
        if (!refused && !excused && exitCode !== 0) return `${line.run}\nended with ${exitCode}: ${output}`;
      }
      await this.#rest(hand.machine);
      const asked = step.checks.filter((check) => check.id === fault.fails || asksNoPackets(check));
      const verdicts = await checkStep(hand.machine, step, asked);
      const broken = verdicts.find(({ status }) => status === 'could-not-check');
      if (broken) return verdictLine(broken);
      const verdict = verdicts.find(({ check }) => check === fault.fails);
      if (verdict?.reason === fault.reason && verdict.status !== 'pass') return taught(verdict);
      return `expected ${fault.fails} to fail with ${fault.reason}; ${verdict ? verdictLine(verdict) : 'it was not asked'}`;
    } finally {
      hand.rest();
    }
  }

  /** The checks of a step that are asked while the learner is at `current`. */
  #check(machine: Machine, step: Step, current: Step): Promise<Verdict[]> {
    return checkStep(machine, step, checksAt(this.#lab, step, current.id));
  }

  /** Runs work in a machine of its own that is in the state a step begins with: a fresh one, or the untouched one. */
  async #in<T>(step: string, work: (hand: Hand) => Promise<T>, untouched?: Machine): Promise<T> {
    const machine = untouched ?? (await machineAt(this.make, this.#lab, step));
    const hand = new Hand(machine, (before) => rebootMachine(this.make, this.#lab, before));
    try {
      return await work(hand);
    } finally {
      await hand.machine.destroy();
    }
  }

  async #part(place: Place, work: () => Promise<Finding>): Promise<void> {
    if (this.#stop.aborted) return;
    const started = performance.now();
    const detail = await work().catch((error: Error) => error.message);
    this.#onPart({
      ...place,
      ok: detail === null,
      detail,
      milliseconds: Math.round(performance.now() - started),
    });
  }
}

/** Of a wrong state these cost one look, while most probes would wait for packets that do not come. */
const asksNoPackets = (check: Check) => probesOf(check).length === 0;

/** A verdict that leaves the learner without words is a finding of its own. */
function taught(verdict: Verdict): Finding {
  const lacks = missingWords(verdict);
  return lacks === null ? null : `${verdictLine(verdict)}; ${lacks}`;
}

function compared(one: Observation, other: Observation): Finding {
  const found = differences(one, other);
  return found.length === 0 ? null : found.join('\n');
}
