import type { Line, Step } from '../core/lab/lab.ts';
import type { ApplyOutcome, SessionEvent } from '../core/session/event.ts';
import type { Verdict } from '../core/verdict/verdict.ts';
import type { Progress } from './progress.ts';

/** The operations of a session that typing its solutions needs. */
interface Hand {
  check(step: Step): Promise<Verdict[]>;
  emit(event: SessionEvent): Promise<void>;
  type(line: Line): Promise<{ exitCode: number | null; output: string }>;
}

/** Types the steps' solutions, up to the first line that fails, and checks the steps that are passed by that. */
export async function applySteps(
  steps: readonly Step[],
  progress: Progress,
  hand: Hand,
): Promise<ApplyOutcome> {
  const applied: ApplyOutcome = { steps: [], lines: [], already: [], ok: true };
  for (const step of steps) if (applied.ok) await applyStep(step, progress, hand, applied);
  // The session has gone past these: no later check is about them.
  const passed = steps.slice(
    0,
    steps.findIndex(({ id }) => id === progress.step),
  );
  for (const step of passed) if (!progress.doneAt.has(step.id)) await hand.check(step);
  return applied;
}

async function applyStep(step: Step, progress: Progress, hand: Hand, applied: ApplyOutcome): Promise<void> {
  // Lines typed a second time may do harm: a rule would be there twice. So the step is checked first.
  if (progress.typing.typed.has(step.id) && (await alreadySo(step, hand))) {
    applied.already.push(step.id);
    return;
  }
  if (step.id !== progress.step) await hand.emit({ type: 'step-entered', step: step.id, how: 'advance' });
  applied.steps.push(step.id);
  for (const { on, run } of step.solution) {
    const line = { step: step.id, on, run, ...(await hand.type({ on, run })) };
    applied.lines.push(line);
    await hand.emit({ type: 'line', ...line });
    if (line.exitCode === 0) continue;
    // The learner may have done it by hand, and existing things cannot be made again.
    if (await alreadySo(step, hand)) applied.already.push(step.id);
    else applied.ok = false;
    return;
  }
}

async function alreadySo(step: Step, hand: Hand): Promise<boolean> {
  const verdicts = await hand.check(step);
  return verdicts.length > 0 && verdicts.every(({ status }) => status === 'pass');
}
