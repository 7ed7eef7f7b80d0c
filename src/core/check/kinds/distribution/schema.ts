import { z } from 'zod';
import { says } from '../../../text/said.ts';
import { nodeName } from '../../terms.ts';
import { tells } from './shares.ts';

const most = 5000;
const backend = z.string().min(1).max(64);
const weights = z.record(backend, z.int().min(0).max(1000));
const equal = z
  .array(backend)
  .transform((names) => Object.fromEntries(names.map((name) => [name, 1])))
  .pipe(weights);
const tooFew = (falseAlarm: number) => says('too-few-requests', { falseAlarm: `${falseAlarm}` });

/** Requests of one client, each on a connection of its own, and the servers that answered them. */
export const schema = z
  .strictObject({
    from: nodeName,
    url: z.url({ protocol: /^http$/, error: says('expected-url') }),
    backends: z.union([equal, weights]).describe('The weight of each, by the name it gives itself.'),
    /**
     * - `shares`: each backend its part, by weight.
     * - `every`: none of them goes without.
     * - `one`: all are answered by the same one.
     */
    spread: z.enum(['shares', 'every', 'one']).default('shares'),
    requests: z.int().min(1).max(most).default(2000),
    header: z
      .string()
      .min(1)
      .exactOptional()
      .describe("Where a backend says its name; otherwise the answer's line `host=NAME`, or its first line."),
    falseAlarm: z
      .number()
      .gt(0)
      .max(0.001)
      .default(1e-6)
      .describe('How likely a right distribution may be refused.'),
  })
  .refine(({ backends }) => Object.values(backends).filter((weight) => weight > 0).length > 1, {
    error: says('two-backends'),
  })
  .superRefine((value, context) => {
    if (Object.values(value.backends).some((weight) => weight > 0) && !tells(value)) {
      context.addIssue({ code: 'custom', path: ['requests'], message: tooFew(value.falseAlarm) });
    }
  });
export type Args = z.output<typeof schema>;
