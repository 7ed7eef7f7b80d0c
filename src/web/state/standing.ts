import type { LabEntry, Snapshot } from './protocol-types.ts';

/** Progress in a lab: every step ever done counts, in any session. */
export type Standing = 'new' | 'begun' | 'done';

export function standingOf({ done, steps }: LabEntry, sessions: readonly Snapshot[]): Standing {
  if (done.length === steps.length) return 'done';
  return done.length > 0 || sessions.length > 0 ? 'begun' : 'new';
}

/** A lab that is not in the list blocks no other. */
export const isDone = (lab: LabEntry | undefined): boolean => !lab || standingOf(lab, []) === 'done';

/** Every step of a session, by whomever it was typed, and none broke again. */
export const areDone = ({ steps }: Snapshot): boolean =>
  steps.every(({ doneAt, broken }) => doneAt !== null && !broken);

/** The lab to begin or go on with: the first that is new, has all its prerequisites done and can run here. */
export const nextOf = (labs: readonly LabEntry[]): LabEntry | undefined =>
  labs.find(
    (lab) =>
      standingOf(lab, []) === 'new' &&
      lab.missing.length === 0 &&
      lab.prerequisites.every((id) => isDone(labs.find((each) => each.id === id))),
  );
