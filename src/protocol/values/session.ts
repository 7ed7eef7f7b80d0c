import { z } from 'zod';
import type { MistakeReveal, Practice } from '../../core/practice/mistake.ts';
import type {
  ApplyOutcome,
  Hint,
  MachineState,
  SessionSnapshot,
  StepState,
} from '../../core/session/event.ts';
import type { Preview } from '../../core/session/preview.ts';
import { exactly } from '../exactly.ts';
import type { Explained } from './explained.ts';
import { predictedSchema } from './prediction.ts';
import { textSchema } from './text.ts';
import { reasonSchema, verdictSchema } from './verdict.ts';

export const machineSchema = exactly<MachineState>()(
  z.object({
    state: z.enum(['ready', 'gone']).describe('`gone`: it ended by itself; reset makes a new one.'),
    pid: z.int(),
    milliseconds: z.number().describe('Making it and replaying the lab up to the step.'),
  }),
);

const stepStateSchema = exactly<Explained<StepState>>()(
  z.object({
    id: z.string(),
    title: textSchema,
    doneAt: z.number().nullable().describe('When all its checks first passed, in ms since the epoch.'),
    shown: z.boolean().describe('It is done, and only because hoplab typed its solution.'),
    broken: z.boolean().describe('It was done, and something it made no longer holds.'),
    verdicts: z.array(verdictSchema).describe("The newest of each check, in the lab's order."),
    held: z.array(z.string()).describe('Its checks that have passed in this machine, whatever they do now.'),
    predictions: z.array(predictedSchema).describe('The newest answer to each prediction that has one.'),
  }),
);

export const practiceSchema = exactly<Practice>()(
  z.object({
    seed: z.int().describe('Breaking the lab with the same seed gives the same fault.'),
    state: z.enum(['broken', 'repaired', 'shown']),
  }),
);

export const snapshotSchema = exactly<Explained<SessionSnapshot>>()(
  z.object({
    id: z.string(),
    lab: z.string(),
    title: textSchema,
    startedAt: z.number(),
    step: z.string().describe('The step the learner is at.'),
    steps: z.array(stepStateSchema),
    machine: machineSchema,
    canUndo: z.boolean(),
    practice: practiceSchema.nullable().describe('A mistake was put into the finished lab, to be found.'),
    hints: z.int().describe('Hints given for its steps; those of a search for a fault are not counted.'),
    lastEvent: z.int().describe('Number of the newest event; events count from 1 without gaps.'),
  }),
);

export const appliedSchema = exactly<ApplyOutcome>()(
  z.object({
    steps: z.array(z.string()),
    lines: z.array(
      z.object({
        step: z.string(),
        on: z.string(),
        run: z.string(),
        exitCode: z.int().nullable(),
        output: z.string(),
      }),
    ),
    already: z
      .array(z.string())
      .describe('Steps whose checks all pass already: nothing of them was typed any more.'),
    ok: z.boolean().describe('False when a line failed; nothing after it was typed.'),
  }),
);

export const revealedSchema = exactly<Explained<MistakeReveal>>()(
  z.object({
    seed: z.int(),
    step: z.string(),
    title: textSchema,
    fault: z.string(),
    reason: reasonSchema,
    lines: z.array(
      z.object({
        on: z.string(),
        typedOn: z.string().describe('Where it was typed: another node may be the mistake.'),
        typed: z.string().nullable().describe('Null: the line was left out.'),
        meant: z.string(),
      }),
    ),
    verdict: verdictSchema.nullable().describe('What does not hold because of it; null: it is repaired.'),
  }),
);

export const previewSchema = exactly<Preview>()(
  z.object({
    step: z.string().describe('The step the learner would be at.'),
    gone: z.boolean().describe('The present machine has ended: there is nothing left to lose.'),
    differences: z.array(
      z.object({
        node: z.string(),
        kind: z.enum(['node', 'link', 'address', 'route', 'rule', 'setting', 'listener']),
        change: z.enum(['lost', 'gained']),
        text: z.string().describe('As one would type or read it.'),
      }),
    ),
  }),
);

export const hintSchema = exactly<Explained<Hint>>()(
  z.object({
    step: z.string(),
    check: z.string(),
    verdict: verdictSchema,
    rung: z.literal([1, 2, 3, 4]).describe('1 what is wrong, 2 where to look, 3 the idea, 4 the command.'),
    rungs: z.literal(4),
    text: textSchema,
  }),
);
