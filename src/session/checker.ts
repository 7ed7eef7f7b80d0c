import { type Check, type CheckKind, type CheckOf, kindOf } from '../core/check/check.ts';
import { judge } from '../core/check/judge.ts';
import { probesOf } from '../core/check/probes.ts';
import { settled } from '../core/check/settled.ts';
import { blocked, couldNotCheck } from '../core/check/unjudged.ts';
import { witnessOf } from '../core/check/witness.ts';
import { tracedPath } from '../core/diagnose/trace/trace.ts';
import { type ErrorCode, HoplabError } from '../core/errors.ts';
import type { Step } from '../core/lab/lab.ts';
import { movedRules } from '../core/path/recording/moved-rules.ts';
import type { Machine } from '../core/ports.ts';
import type { Probe, ProbeOutcome } from '../core/probe/probe.ts';
import type { Observation, Process } from '../core/state/observation.ts';
import type { Verdict } from '../core/verdict/verdict.ts';
import { withRealOutput } from './evidence.ts';

/** How long state that a background process brings about may take to appear. */
const settleTime = 1500;

/**
 * Asks the kernel each check's question. State is read once for all of them; probes are sent one after the
 * other, so that none meets another's packets.
 */
export async function checkStep(machine: Machine, step: Step, checks: readonly Check[]): Promise<Verdict[]> {
  const until = performance.now() + settleTime;
  for (;;) {
    const verdicts = await round(machine, step, checks).catch((error: unknown) => {
      if (!(error instanceof HoplabError) || !unasked.includes(error.code)) throw error;
      return checks.map((check) => couldNotCheck(step.id, check, error.message));
    });
    const waiting = verdicts.some(({ status, check }) => status === 'fail' && isSlow(check, checks));
    if (!waiting || performance.now() > until) return verdicts;
  }
}

/** The machine, or what reads it, has failed: nothing is known of anything. */
const unasked: ErrorCode[] = ['machine-gone', 'feature-missing'];

const isSlow = (id: string, checks: readonly Check[]) =>
  checks.some((check) => check.id === id && kindOf(check.kind).slow);

const sysctlKeys = <K extends CheckKind>({ kind, args }: CheckOf<K>) => kindOf(kind).sysctlKeys?.(args) ?? [];

async function round(machine: Machine, step: Step, checks: readonly Check[]): Promise<Verdict[]> {
  const asker = await Asker.look(machine, checks);
  const verdicts: Verdict[] = [];
  for (const check of checks) verdicts.push(await asker.ask(step, check, verdicts));
  return verdicts;
}

/** What was seen of a machine at one moment, and the checks asked with it. */
export class Asker {
  readonly #machine: Machine;
  readonly #keys: string[];
  readonly #processes: Process[];
  readonly #hasty: boolean;
  #observation: Observation;
  #probed = false;

  private constructor(
    machine: Machine,
    keys: string[],
    observation: Observation,
    processes: Process[],
    hasty: boolean,
  ) {
    this.#machine = machine;
    this.#keys = keys;
    this.#observation = observation;
    this.#processes = processes;
    this.#hasty = hasty;
  }

  /** @param hasty believes a silence that the state explains. */
  static async look(machine: Machine, checks: readonly Check[], hasty = false): Promise<Asker> {
    const keys = checks.flatMap((check) => sysctlKeys(check));
    const asksProcesses = checks.some(({ kind }) => kindOf(kind).readsProcesses);
    const observation = await machine.observe(keys);
    return new Asker(machine, keys, observation, asksProcesses ? await machine.processes() : [], hasty);
  }

  /** @param known verdicts of the step's other checks, of which this one may need some to pass. */
  async ask(step: Step, check: Check, known: readonly Verdict[]): Promise<Verdict> {
    if (kindOf(check.kind).readsAfterProbes && this.#probed) {
      this.#observation = await this.#machine.observe(this.#keys);
      this.#probed = false;
    }
    this.#probed ||= probesOf(check).length > 0;
    let verdict = await this.#judged(step, check, this.#hasty);
    if (this.#hasty && !settled(verdict)) verdict = await this.#judged(step, check, false);
    // A silence that the state does not explain may have been the network's beginning: it is asked once more.
    if (!this.#hasty && verdict.status === 'fail' && verdict.reason === 'no-answer') {
      this.#observation = await this.#machine.observe(this.#keys);
      verdict = await this.#judged(step, check, false);
    }
    verdict = await withRealOutput(this.#machine, verdict);
    const need = check.needs.find((id) => known.some((each) => each.check === id && each.status !== 'pass'));
    return need === undefined ? verdict : blocked(verdict, need);
  }

  async #judged(step: Step, check: Check, hasty: boolean): Promise<Verdict> {
    const outcomes: (ProbeOutcome | null)[] = [];
    for (const probe of probesOf(check)) outcomes.push(await this.#send(probe, hasty));
    const judged = () =>
      judge({
        ...{ step: step.id, check, outcomes },
        ...{ observation: this.#observation, processes: this.#processes },
      });
    const verdict = judged();
    const witness = witnessOf(check, verdict);
    if (witness === null) return verdict;
    outcomes.push(await this.#send(witness, hasty));
    return judged();
  }

  /** Null where a node the probe needs is not there. */
  async #send(probe: Probe, hasty: boolean): Promise<ProbeOutcome | null> {
    const needed = 'at' in probe ? [probe.from, probe.at] : [probe.from];
    const there = needed.every((node) => node in this.#observation.nodes);
    if (!there) return null;
    return probe.kind === 'trace'
      ? traced(this.#machine, probe, this.#observation)
      : this.#machine.probe(probe, hasty);
  }
}

/** The same state explains the path as judges the check: it is not read again. */
async function traced(
  machine: Machine,
  { from, to, probe }: Extract<Probe, { kind: 'trace' }>,
  observation: Observation,
): Promise<ProbeOutcome> {
  try {
    const send = () => machine.trace({ from, to, probe }, undefined, observation);
    let recording = await send();
    // As a ping that was silent: what the kernel makes wait for a second comes through then.
    if (['silence', 'host-unreachable'].includes(recording.outcome.result)) recording = await send();
    return { ...recording.outcome, traced: { path: tracedPath(recording), moved: movedRules(recording) } };
  } catch (error) {
    if (!(error instanceof HoplabError) || error.code !== 'feature-missing') throw error;
    const evidence = { on: from, command: error.message, output: String(error.data.output ?? '') };
    return { result: 'tool-failed', by: null, status: null, body: null, sources: [], evidence };
  }
}
