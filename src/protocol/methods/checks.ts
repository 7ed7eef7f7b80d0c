import { z } from 'zod';
import { method } from '../method.ts';
import { session, stepOrAll } from '../values/argument.ts';
import { verdictSchema } from '../values/verdict.ts';
import { liveMachine } from './common-errors.ts';

export const checksMethods = [
  method({
    name: 'checks.run',
    summary:
      'Verifies against the kernel: by default the current step\'s checks, every step\'s with `step: "all"`.',
    params: z.strictObject({
      session,
      step: stepOrAll,
      check: z.string().min(1).max(128).optional().describe('Only this check of the step.'),
    }),
    result: z.object({
      outcome: z
        .enum(['pass', 'fail', 'could-not-check'])
        .describe('`could-not-check`: nothing failed, and something could not be tested.'),
      verdicts: z.array(verdictSchema),
      ended: z
        .int()
        .describe(
          'With `step: "all"`: how many checks were not asked, because a later step ended them (`until`).',
        ),
      passed: z
        .array(z.string())
        .describe(
          'Without `step`: the steps that were passed by themselves since the last check, before this one was asked.',
        ),
    }),
    errors: [...liveMachine, 'step-not-found', 'check-not-found'],
  }),
] as const;
