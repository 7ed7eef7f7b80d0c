import type { Check, CheckArguments, CheckKind } from '../../src/core/check/check.ts';
import { judge } from '../../src/core/check/judge.ts';
import type { JudgedCheck } from '../../src/core/cure/mends.ts';
import { withCure } from '../../src/core/explain/proved.ts';
import type { ProbeOutcome, ProbeResult } from '../../src/core/probe/probe.ts';
import type { Process } from '../../src/core/state/observation.ts';
import type { Verdict } from '../../src/core/verdict/verdict.ts';
import type { World } from './namespaces.ts';
import { observe } from './observation.ts';

export interface Asking {
  outcomes?: (ProbeOutcome | null)[];
  processes?: Process[];
  /** The step's other checks. */
  others?: Check[];
}

/** The input that each verdict was judged by. */
export const askedOf = new WeakMap<Verdict, JudgedCheck>();

/** Judges one check of a world. */
export function ask<K extends CheckKind>(
  world: World,
  kind: K,
  args: CheckArguments[K],
  more: Asking = {},
): Verdict {
  const check = { id: kind, kind, args, needs: [], until: null } as unknown as Check;
  const { outcomes = [], processes = [], others = [] } = more;
  const asked: JudgedCheck = { check, observation: observe(world.spec), processes, outcomes };
  const verdict = withCure(asked, judge({ ...asked, step: 'step' }), others);
  askedOf.set(verdict, asked);
  return verdict;
}

/** `pass`, or `status reason node`. */
export function short({ status, reason, node }: Verdict): string {
  return [status, reason, node].filter((one) => one !== null && status !== 'pass').join(' ') || 'pass';
}

export function outcome(result: ProbeResult, more: Partial<ProbeOutcome> = {}): ProbeOutcome {
  const evidence = { on: 'red', command: 'ping -c 1 192.168.15.2', output: result };
  return { result, by: null, status: null, body: null, sources: [], evidence, ...more };
}
