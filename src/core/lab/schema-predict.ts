import { z } from 'zod';
import { identifier, ip, nodeName, text } from '../check/terms.ts';
import { oneProtocol, oneProtocolError, traceArgs } from '../check/trace-args.ts';
import { endReasons, labReason } from '../path/recording/hop.ts';
import { says } from '../text/said.ts';

/** Questions to predict before looking, and how their answers are found. */

const value = z.union([z.string().min(1), z.number()]).transform(String);
const way = { from: nodeName, to: ip };
const traced = z.strictObject(traceArgs).refine(oneProtocol, oneProtocolError);
const pattern = z.string().refine(hasGroup, {
  error: says('expected-pattern'),
});

/** @param checks `check kind -> schema`, each optional, of which one must be given. */
export function predictionSchema<C extends z.ZodRawShape>(checks: C) {
  const kinds = Object.keys(checks);
  const item = z
    .strictObject({ text, ...checks })
    .refine((given) => kinds.filter((kind) => kind in given).length === 1, {
      error: says('expected-one-key', { known: kinds.join(', ') }),
    });
  const items = z
    .record(identifier, item)
    .refine((given) => Object.keys(given).length > 1, { error: says('expected-two') });
  const questions = {
    ping: z.strictObject(way),
    tcp: z.strictObject({ ...way, port: z.int().min(1).max(65535) }),
    'dies-at': traced,
    why: traced,
    source: z.strictObject({ ...way, at: nodeName }),
    output: z.strictObject({ on: nodeName, run: z.string().min(1), match: pattern.exactOptional() }),
    which: items,
    'one-of': items,
  };
  return z.strictObject({
    id: identifier,
    after: z.array(identifier).default([]),
    before: z.array(identifier).default([]),
    answer: z.strictObject(optional(questions)).refine((given) => Object.keys(given).length === 1, {
      error: says('expected-one-key', { known: Object.keys(questions).join(', ') }),
    }),
    choices: z
      .array(z.union([value, z.strictObject({ value, text })]))
      .min(2)
      .optional(),
    expected: z
      .union([value, z.array(value).min(1)])
      .transform((one) => [one].flat())
      .optional(),
  });
}

/** Reasons a `why` may be answered with; an author's choice that is none of them can never be right. */
export const whyAnswers: readonly string[] = [...new Set(endReasons.map(labReason)), 'none'];

function optional<T extends Record<string, z.ZodType>>(shape: T): { [K in keyof T]: z.ZodOptional<T[K]> } {
  const entries = Object.entries(shape).map(([key, schema]) => [key, schema.optional()]);
  return Object.fromEntries(entries) as { [K in keyof T]: z.ZodOptional<T[K]> };
}

function hasGroup(source: string): boolean {
  try {
    return (new RegExp(`${source}|`).exec('')?.length ?? 0) === 2;
  } catch {
    return false;
  }
}
