import { z } from 'zod';
import { clusterEngines } from '../core/lab/lab.ts';
import { reasons } from '../core/verdict/reasons.ts';
import { statuses } from '../core/verdict/verdict.ts';
import type { Entry } from './journal-line.ts';

/** A line may have the right checksum and be of another version, or of a person. */

const list = z.array(z.string());
const count = z.int().min(0);
/** Milliseconds since the epoch that a date can have (ECMA-262, 21.4.1.1). */
const time = z.int().min(0).max(8.64e15);

const verdict = z.object({
  ...{ check: z.string(), step: z.string(), status: z.enum(statuses), reason: z.enum(reasons).nullable() },
  ...{ node: z.string().nullable(), object: z.string().nullable(), expected: z.string() },
  ...{ observed: z.string(), values: z.record(z.string(), z.string()) },
  evidence: z.array(z.object({ on: z.string(), command: z.string(), output: z.string() })),
  cure: z.array(z.object({ on: z.string(), run: z.string(), or: z.boolean() })).exactOptional(),
});
const practice = { seed: z.int(), state: z.enum(['broken', 'repaired', 'shown']) };
const predicted = { prediction: z.string(), answer: list, truth: list, right: z.boolean() };
const mistake = z.object({ seed: z.int(), step: z.string(), fault: z.string() }).nullable().exactOptional();
const hows = ['start', 'goto', 'reset', 'reboot', 'resume', 'break', 'undo', 'advance'] as const;

const step = z.string();
const event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('machine'),
    machine: z.object({ state: z.enum(['ready', 'gone']), pid: count, milliseconds: z.number() }),
  }),
  z.object({ type: z.literal('step-entered'), step, how: z.enum(hows) }),
  z.object({
    type: z.literal('line'),
    step,
    ...{ on: z.string(), run: z.string(), exitCode: z.int().nullable(), output: z.string() },
  }),
  z.object({ type: z.literal('verdict'), verdict }),
  z.object({ type: z.literal('step-done'), step, by: z.literal('hoplab').exactOptional() }),
  z.object({ type: z.literal('step-broken'), step, check: z.string() }),
  z.object({ type: z.literal('step-mended'), step }),
  z.object({ type: z.literal('practice'), ...practice }),
  z.object({
    type: z.literal('hint'),
    step,
    ...{ check: z.string(), cause: z.string().exactOptional(), rung: count },
  }),
  z.object({ type: z.literal('predicted'), step, ...predicted }),
  z.object({ type: z.literal('stopped') }),
]);

const progress = z.object({
  ...{ step, broken: list, typed: list, shown: list.exactOptional(), begun: z.string().exactOptional() },
  held: list.exactOptional(),
  typedBefore: z.object({ begun: z.string(), typed: list }).exactOptional(),
  doneAt: z.array(z.tuple([z.string(), time])),
  verdicts: z.array(z.tuple([z.string(), verdict])),
  ...{ hints: z.array(z.tuple([z.string(), count])), hinted: count.exactOptional() },
  predictions: z.array(z.tuple([z.string(), z.object(predicted)])),
  practice: z.object(practice).nullable(),
});

/** What journals of this version and of earlier ones hold. */
export const entriesSchema = z.array(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('session'),
      ...{ id: z.string(), lab: z.string(), startedAt: time, engine: z.enum(clusterEngines).exactOptional() },
    }),
    z.object({
      kind: z.literal('machine'),
      ...{ id: z.string(), mistake },
      previous: z.object({ id: z.string(), step, mistake }).nullable(),
    }),
    z.object({ kind: z.literal('progress'), last: count, progress }),
    z.object({ kind: z.literal('event'), number: count.min(1), at: time, event }),
  ]),
) satisfies z.ZodType<Entry[]>;
