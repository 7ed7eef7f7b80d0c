import { z } from 'zod';
import { inEachLanguage } from '../../core/language.ts';
import type { Finding } from '../../core/ports.ts';
import type { BrokenLab, Problem, TestReport } from '../../core/session/control.ts';
import { exactly } from '../exactly.ts';

/** A row of `system.doctor`. */
export const findingSchema = exactly<Finding>()(
  z.object({
    area: z.string(),
    name: z.string(),
    status: z
      .enum(['ok', 'missing', 'warning', 'info', 'unseen'])
      .describe('info: good to know, nothing is wrong. unseen: only root can look at it.'),
    required: z.boolean().describe('Without it no lab can run.'),
    detail: z.string(),
    cure: z.string().nullable(),
  }),
);

/** A row of `labs.lint`. */
export const problemSchema = exactly<Problem>()(
  z.object({
    file: z.string(),
    line: z.int().nullable(),
    column: z.int().nullable(),
    field: z.string().nullable(),
    code: z.string(),
    values: z.record(z.string(), z.string()),
    message: z.string().describe('The problem in English.'),
    words: z.object(inEachLanguage(() => z.string())).describe('The problem in every language.'),
    severity: z.enum(['error', 'warning']),
    mark: z
      .string()
      .exactOptional()
      .describe('Belongs under the heading at this line: `<!-- translates: MARK -->`.'),
  }),
);

export const brokenLabSchema = exactly<BrokenLab>()(
  z.object({
    id: z.string().nullable().describe('What the lab calls itself; null where it can be used all the same.'),
    track: z.string(),
    directory: z.string(),
    problems: z.array(problemSchema),
  }),
);

/** The report of an acceptance run of a lab. */
export const testReportSchema = exactly<TestReport>()(
  z.object({
    lab: z.string(),
    ok: z.boolean(),
    milliseconds: z.number().describe('From begin to end; parts are tried at the same time.'),
    parts: z.array(
      z.object({
        part: z.string(),
        step: z.string().nullable(),
        fault: z.string().nullable(),
        round: z.literal([1, 2]),
        ok: z.boolean(),
        detail: z.string().nullable(),
        milliseconds: z.number(),
      }),
    ),
  }),
);
