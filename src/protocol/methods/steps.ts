import { z } from 'zod';
import { method } from '../method.ts';
import { session, stepOrAll } from '../values/argument.ts';
import { appliedSchema } from '../values/session.ts';
import { liveMachine } from './common-errors.ts';

export const stepsMethods = [
  method({
    name: 'steps.apply',
    summary: 'Types a step\'s solution: by default the current step\'s, all that remain with `step: "all"`.',
    params: z.strictObject({ session, step: stepOrAll }),
    result: appliedSchema,
    errors: [...liveMachine, 'step-not-found', 'node-not-found', 'journal-failed'],
  }),
] as const;
