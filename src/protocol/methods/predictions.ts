import { z } from 'zod';
import { method } from '../method.ts';
import { session, stepArgument } from '../values/argument.ts';
import { predictionResultSchema } from '../values/prediction.ts';
import { liveMachine } from './common-errors.ts';

export const predictionsMethods = [
  method({
    name: 'predictions.answer',
    summary:
      'Answers a question to predict before looking; then the machine is asked, as it is now. Nothing waits for it.',
    params: z.strictObject({
      session,
      step: stepArgument.optional(),
      prediction: z.string().min(1).max(128).describe('Id of the prediction.'),
      answer: z
        .union([z.string().max(1024), z.array(z.string().max(1024)).max(32)])
        .describe('A choice, several where several may be named, or free text.'),
    }),
    result: predictionResultSchema,
    errors: [
      ...liveMachine,
      'step-not-found',
      'prediction-not-found',
      'argument-invalid',
      'node-not-found',
      'feature-missing',
    ],
  }),
] as const;
