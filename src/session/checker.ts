import { type Check, type CheckKind, type CheckOf, kindOf } from '../core/check/check.ts';
import { judge } from '../core/check/judge.ts';
import { probesOf } from '../core/check/probes.ts';
import { isSettled } from '../core/check/settled.ts';
import { sideBySide } from '../core/check/side-by-side.ts';
import { blocked, couldNotCheck } from '../core/check/unjudged.ts';
import { witnessesOf } from '../core/check/witness.ts';
import { mistypedAddress } from '../core/cure/mistyped-address.ts';
import { typedElsewhere } from '../core/cure/typed-elsewhere.ts';
import { tracedPath } from '../core/diagnose/trace/trace.ts';
import { type ErrorCode, HoplabError } from '../core/errors.ts';
import { withCure } from '../core/explain/proved.ts';
import type { Lab, Step } from '../core/lab/lab.ts';
import { movedRules } from '../core/path/recording/moved-rules.ts';
import type { Machine } from '../core/ports.ts';
import type { Probe, ProbeOutcome } from '../core/probe/probe.ts';
import type { Observation, Process } from '../core/state/observation.ts';
import type { Verdict } from '../core/verdict/verdict.ts';
import { withRealOutput } from './evidence.ts';

/** How long state that a background process brings about may take to appear. */
const settleTime = 1500;

/** A step, the checks to ask, and the lab, if it is known, whose lines say what belongs where. */
interface CheckRequest {
  step: Step;
  checks: readonly Check[];
  lab?: Lab;
}

/** The verdicts of one step, from `checkSteps`. */
export async function checkStep(
  machine: Machine,
  step: Step,
  checks: readonly Check[],
  patience = settleTime,
): Promise<Verdict[]> {
  const [verdicts = []] = await checkSteps(machine, [{ step, checks }], patience);
  return verdicts;
}

/**
 * Asks the kernel each check's question, and answers by step. State is read once for all of them; probes that
 * cannot disturb each other are sent side by side. A silence that the state explains is believed.
 * @param patience milliseconds in which failed checks of slow state are asked again
 */
export async function checkSteps(
  machine: Machine,
  asked: readonly CheckRequest[],
  patience = settleTime,
): Promise<Verdict[][]> {
  const until = performance.now() + patience;
  const found = await round(machine, asked);
  for (;;) {
    const waiting = asked.flatMap(({ checks }, place) =>
      found[place]?.some(({ status, check }) => status === 'fail' && isSlow(check, checks)) ? [place] : [],
    );
    if (waiting.length === 0 || performance.now() > until) return found;
    const again = await round(
      machine,
      waiting.flatMap((place) => asked[place] ?? []),
    );
    for (const [index, place] of waiting.entries()) found[place] = again[index] ?? [];
  }
}

/** The machine, or the program that reads it, has failed: the state is unknown. */
const unasked: ErrorCode[] = ['machine-gone', 'feature-missing'];

const isSlow = (id: string, checks: readonly Check[]) =>
  checks.some((check) => check.id === id && kindOf(check.kind).slow);

const sysctlKeys = <K extends CheckKind>({ kind, args }: CheckOf<K>) => kindOf(kind).sysctlKeys?.(args) ?? [];

async function round(machine: Machine, asked: readonly CheckRequest[]): Promise<Verdict[][]> {
  try {
    const asker = await Asker.look(
      machine,
      asked.flatMap(({ checks }) => checks),
      asked[0]?.lab,
    );
    const verdicts = await asker.askAll(asked);
    return asked.map(({ step }) => verdicts.filter((one) => one.step === step.id));
  } catch (error) {
    if (!(error instanceof HoplabError) || !unasked.includes(error.code)) throw error;
    const words = error.message;
    return asked.map(({ step, checks }) => checks.map((check) => couldNotCheck(step.id, check, words)));
  }
}

/** The observation of a machine at one moment, and the checks asked with it. */
export class Asker {
  readonly #machine: Machine;
  readonly #keys: string[];
  readonly #processes: Process[];
  readonly #lab: Lab | null;
  #observation: Observation;
  #probed = false;

  private constructor(
    machine: Machine,
    keys: string[],
    observation: Observation,
    processes: Process[],
    lab: Lab | null,
  ) {
    this.#machine = machine;
    this.#lab = lab;
    this.#keys = keys;
    this.#observation = observation;
    this.#processes = processes;
  }

  /** @param observe the first look, if it need not be one of its own. */
  static async look(
    machine: Machine,
    checks: readonly Check[],
    lab: Lab | null = null,
    observe: (keys: readonly string[]) => Promise<Observation> = (keys) => machine.observe(keys),
  ): Promise<Asker> {
    const keys = checks.flatMap((check) => sysctlKeys(check));
    const asksProcesses = checks.some(({ kind }) => kindOf(kind).readsProcesses);
    const [observation, processes] = await Promise.all([
      observe(keys),
      asksProcesses ? machine.processes() : [],
    ]);
    return new Asker(machine, keys, observation, processes, lab);
  }

  /** Everything at once, in the order it is given. */
  async askAll(asked: readonly CheckRequest[]): Promise<Verdict[]> {
    const all = asked.flatMap(({ step, checks }) => checks.map((check) => ({ step, check })));
    const found = new Map<Check, Verdict>();
    for (const planned of sideBySide(all, this.#observation)) {
      const group: typeof all = [];
      for (const one of planned) {
        const known = all
          .filter(({ step }) => step === one.step)
          .flatMap(({ check }) => found.get(check) ?? []);
        const need = unmet(one.check, known);
        if (need === undefined) group.push(one);
        else found.set(one.check, blocked(one.step.id, one.check, need));
      }
      await this.#readAgain(group.map(({ check }) => check));
      const first = await Promise.all(group.map(({ step, check }) => this.#judged(step, check, true)));
      for (const [place, { step, check }] of group.entries()) {
        const hasty = first[place];
        if (hasty === undefined) continue;
        found.set(check, await this.#sure(step, check, await this.#settled(step, check, hasty)));
      }
    }
    return Promise.all(
      all.flatMap(({ check }) => found.get(check) ?? []).map((one) => withRealOutput(this.#machine, one)),
    );
  }

  /** @param known verdicts of the step's other checks, of which this one may need some to pass. */
  async ask(step: Step, check: Check, known: readonly Verdict[]): Promise<Verdict> {
    const need = unmet(check, known);
    if (need !== undefined) return blocked(step.id, check, need);
    await this.#readAgain([check]);
    const verdict = await this.#settled(step, check, await this.#judged(step, check, true));
    return withRealOutput(this.#machine, verdict);
  }

  /** Reads the state that probes have changed again, if one of these checks needs it. */
  async #readAgain(checks: readonly Check[]): Promise<void> {
    if (this.#probed && checks.some(({ kind }) => kindOf(kind).readsAfterProbes)) {
      this.#observation = await this.#machine.observe(this.#keys);
      this.#probed = false;
    }
    this.#probed ||= checks.some((check) => probesOf(check).length > 0);
  }

  /** A hasty verdict that holds, or a patient one. */
  async #settled(step: Step, check: Check, hasty: Verdict): Promise<Verdict> {
    return isSettled(hasty) ? hasty : this.#judged(step, check, false);
  }

  /** A silence that the state does not explain may have been the network's beginning: it is asked once more. */
  async #sure(step: Step, check: Check, verdict: Verdict): Promise<Verdict> {
    if (verdict.status !== 'fail' || verdict.reason !== 'no-answer') return verdict;
    this.#observation = await this.#machine.observe(this.#keys);
    return this.#judged(step, check, false);
  }

  async #judged(step: Step, check: Check, hasty: boolean): Promise<Verdict> {
    const outcomes: (ProbeOutcome | null)[] = [];
    for (const probe of probesOf(check)) outcomes.push(await this.#send(probe, hasty));
    const judged = () => {
      const asked = { check, outcomes, observation: this.#observation, processes: this.#processes };
      const others = step.checks.filter(({ id }) => id !== check.id);
      const verdict = judge({ ...asked, step: step.id });
      const lab = this.#lab;
      const seen = this.#observation;
      const typed =
        lab === null
          ? {}
          : { ...typedElsewhere(lab, step, seen, verdict), ...mistypedAddress(lab, seen, verdict) };
      return withCure(asked, { ...verdict, values: { ...verdict.values, ...typed } }, others);
    };
    const verdict = judged();
    const witnesses = witnessesOf(check, verdict, this.#observation, hasty);
    if (witnesses.length === 0) return verdict;
    outcomes.push(...(await Promise.all(witnesses.map((witness) => this.#send(witness, hasty)))));
    return judged();
  }

  /** Null where a node the probe needs is not there. */
  async #send(probe: Probe, hasty: boolean): Promise<ProbeOutcome | null> {
    const needed = 'at' in probe ? [probe.from, probe.at] : [probe.from];
    const there = needed.every((node) => node in this.#observation.nodes);
    if (!there) return null;
    return probe.kind === 'trace'
      ? traced(this.#machine, probe, this.#observation, hasty)
      : this.#machine.probe(probe, hasty, this.#observation);
  }
}

/** The first of the checks that this one needs which does not pass. */
function unmet({ needs }: Check, known: readonly Verdict[]): string | undefined {
  return needs.find((id) => known.some(({ check, status }) => check === id && status !== 'pass'));
}

/** The same state explains the path as judges the check: it is not read again. */
async function traced(
  machine: Machine,
  { kind: _, ...request }: Extract<Probe, { kind: 'trace' }>,
  observation: Observation,
  hasty: boolean,
): Promise<ProbeOutcome> {
  try {
    const send = (soon: boolean) => machine.trace(request, undefined, observation, soon);
    let recording = await send(hasty);
    let path = tracedPath(recording);
    // As a ping that was silent: packets that the kernel delays for a second come through then. An end that
    // is explained would be the same again.
    const silent = ['silence', 'host-unreachable'].includes(recording.outcome.result);
    if (silent && !(hasty && path.end.kind !== 'lost' && path.end.reason !== null)) {
      recording = await send(false);
      path = tracedPath(recording);
    }
    return { ...recording.outcome, traced: { path, moved: movedRules(recording) } };
  } catch (error) {
    if (!(error instanceof HoplabError) || error.code !== 'feature-missing') throw error;
    const evidence = { on: request.from, command: error.message, output: String(error.data.output ?? '') };
    return { result: 'tool-failed', by: null, status: null, body: null, sources: [], evidence };
  }
}
