import { z } from 'zod';
import { method } from '../method.ts';
import { session, stepArgument } from '../values/argument.ts';
import { appliedSchema } from '../values/session.ts';
import { liveMachine } from './common-errors.ts';

export const stepsMethods = [
  method({
    name: 'steps.apply',
    summary: "Types a step's solution: the current step's unless told, all that remain with `all`.",
    params: z.strictObject({ session, step: stepArgument.optional() }),
    result: appliedSchema,
    errors: [...liveMachine, 'step-not-found', 'node-not-found', 'journal-failed'],
  }),
] as const;
