import { z } from 'zod';
import type { Explanation } from '../../core/explain/explain.ts';
import { inEachLanguage } from '../../core/language.ts';
import { reasons } from '../../core/verdict/reasons.ts';
import { type Evidence, statuses, type Verdict } from '../../core/verdict/verdict.ts';
import { exactly } from '../exactly.ts';

export const reasonSchema = z.enum(reasons);

export const evidenceSchema = exactly<Evidence>()(
  z.object({
    on: z.string().describe('Node the command ran in.'),
    command: z.string(),
    output: z.string().describe('The lines of its output that matter.'),
  }),
);

const verdictOnly = exactly<Omit<Verdict, 'cure'>>()(
  z.object({
    check: z.string(),
    step: z.string(),
    status: z.enum(statuses),
    reason: reasonSchema.nullable(),
    node: z.string().nullable(),
    object: z.string().nullable(),
    expected: z.string(),
    observed: z.string(),
    values: z.record(z.string(), z.string()),
    evidence: z.array(evidenceSchema),
  }),
);

/** The verdict in words. The idea and the command that cure it are rungs of a hint, not of a verdict. */
const wordsSchema = exactly<Omit<Explanation, 'idea' | 'command'>>()(
  z.object({
    message: z.string().describe('One or two sentences: the verdict for people.'),
    expected: z.string(),
    observed: z.string(),
    what: z.string(),
    why: z.string().describe('Why it matters.'),
    where: z.string().describe('Where to look.'),
  }),
);
export type Words = z.output<typeof wordsSchema>;

/** A verdict as clients get it: with its words in every language. */
export const verdictSchema = verdictOnly.extend({
  noticed: z.boolean().describe('People would complain of its failure; others only show in tables.'),
  words: z.object(inEachLanguage(() => wordsSchema)),
});
export type ExplainedVerdict = z.output<typeof verdictSchema>;
