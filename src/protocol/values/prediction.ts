import { z } from 'zod';
import type { Choice, Predicted, Prediction, Question } from '../../core/predict/prediction.ts';
import { type PredictionResult, predictionOutcomes } from '../../core/predict/result.ts';
import { exactly } from '../exactly.ts';
import { checkSchema } from './check.ts';
import { textSchema } from './text.ts';
import { evidenceSchema } from './verdict.ts';

const way = { from: z.string(), to: z.string() };

const traced = {
  tcp: z.int().exactOptional(),
  udp: z.int().exactOptional(),
  size: z.int().exactOptional().describe('Bytes of data.'),
};

const questionSchema = exactly<Question>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ping'), ...way }),
    z.object({ kind: z.literal('tcp'), ...way, port: z.int() }),
    z.object({ kind: z.literal('dies-at'), ...way, ...traced }),
    z.object({ kind: z.literal('why'), ...way, ...traced }),
    z.object({ kind: z.literal('source'), ...way, at: z.string() }),
    z.object({
      kind: z.literal('output'),
      on: z.string(),
      run: z.string(),
      match: z.string().exactOptional(),
    }),
    z.object({ kind: z.literal(['which', 'one-of']), checks: z.array(checkSchema) }),
  ]),
);

const choiceSchema = exactly<Choice>()(z.object({ value: z.string(), text: textSchema }));

export const predictionSchema = exactly<Prediction>()(
  z.object({
    id: z.string(),
    ask: textSchema,
    after: z.array(z.string()).describe('Checks of the step that pass when the question is asked.'),
    before: z.array(z.string()).describe('Checks of the step none of which passes yet.'),
    answer: questionSchema.describe('How the machine is asked. `which`: several choices may be named.'),
    choices: z.array(choiceSchema).describe('Empty: the answer is typed freely.'),
    expected: z.array(z.string()).nullable(),
  }),
);

const answers = z.array(z.string());

export const predictedSchema = exactly<Predicted>()(
  z.object({ prediction: z.string(), answer: answers, truth: answers, right: z.boolean() }),
);

export const predictionResultSchema = exactly<PredictionResult>()(
  z.object({
    step: z.string(),
    prediction: z.string(),
    outcome: z
      .enum(predictionOutcomes)
      .describe('`too-early`, `too-late`: the machine is not in the state the question is about.'),
    answer: answers,
    truth: answers.nullable().describe("The machine's answer, where it was asked and gave one."),
    message: textSchema,
    why: textSchema.nullable(),
    evidence: z.array(evidenceSchema),
  }),
);
