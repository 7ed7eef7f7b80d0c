import type { NumberedEvent, SessionEvent, Snapshot } from './protocol-types.ts';

/** The snapshot after an event; null if only the daemon can compute it. */
export function applyEvent(snapshot: Snapshot, { number, event }: NumberedEvent): Snapshot | null {
  const next = { ...snapshot, lastEvent: number };
  switch (event.type) {
    case 'verdict':
      return { ...next, steps: snapshot.steps.map((step) => withVerdict(step, event.verdict)) };
    case 'line':
      return next;
    default:
      return null;
  }
}

type Verdict = Extract<SessionEvent, { type: 'verdict' }>['verdict'];

function withVerdict(step: Snapshot['steps'][number], verdict: Verdict): Snapshot['steps'][number] {
  if (step.id !== verdict.step) return step;
  const known = step.verdicts.some(({ check }) => check === verdict.check);
  const verdicts = known
    ? step.verdicts.map((each) => (each.check === verdict.check ? verdict : each))
    : [...step.verdicts, verdict];
  const newlyHeld = verdict.status === 'pass' && !step.held.includes(verdict.check);
  return { ...step, verdicts, held: newlyHeld ? [...step.held, verdict.check] : step.held };
}
