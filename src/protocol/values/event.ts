import { z } from 'zod';
import type { NumberedEvent, SessionEvent } from '../../core/session/event.ts';
import { exactly } from '../exactly.ts';
import type { Explained } from './explained.ts';
import { predictedSchema } from './prediction.ts';
import { machineSchema, practiceSchema } from './session.ts';
import { verdictSchema } from './verdict.ts';

const eventSchema = exactly<Explained<SessionEvent>>()(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('machine'), machine: machineSchema }),
    z.object({
      type: z.literal('step-entered'),
      step: z.string(),
      how: z.enum(['start', 'goto', 'reset', 'reboot', 'undo', 'advance', 'resume', 'break']),
    }),
    z.object({
      type: z.literal('line'),
      step: z.string(),
      on: z.string(),
      run: z.string(),
      exitCode: z.int().nullable(),
      output: z.string(),
    }),
    z.object({ type: z.literal('verdict'), verdict: verdictSchema }),
    z.object({
      type: z.literal('step-done'),
      step: z.string(),
      by: z
        .literal('hoplab')
        .exactOptional()
        .describe('hoplab typed the solution; without it the learner did the step.'),
    }),
    z.object({ type: z.literal('step-broken'), step: z.string(), check: z.string() }),
    z.object({ type: z.literal('step-mended'), step: z.string() }),
    practiceSchema.extend({ type: z.literal('practice') }),
    z.object({
      type: z.literal('hint'),
      step: z.string(),
      check: z.string(),
      cause: z.string().exactOptional().describe('What the ladder is of: another cause has its own.'),
      rung: z.number(),
    }),
    predictedSchema.extend({ type: z.literal('predicted'), step: z.string() }),
    z.object({ type: z.literal('stopped') }),
  ]),
);

export const numberedEventSchema = exactly<Explained<NumberedEvent>>()(
  z.object({ number: z.int().min(1), at: z.number(), event: eventSchema }),
);
