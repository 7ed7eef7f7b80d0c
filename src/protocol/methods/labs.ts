import { z } from 'zod';
import { languages } from '../../core/language.ts';
import { method } from '../method.ts';
import { engineArgument, labArgument, progress } from '../values/argument.ts';
import { foundPlaceSchema, labEntrySchema, labSchema, mostPlaces, trackSchema } from '../values/lab.ts';
import { brokenLabSchema, problemSchema, testReportSchema } from '../values/report.ts';

export const labsMethods = [
  method({
    name: 'labs.list',
    summary: 'The labs there are, and the tracks they belong to, each in the order they are learnt in.',
    params: z.strictObject({}),
    result: z.object({
      tracks: z.array(trackSchema),
      labs: z.array(labEntrySchema),
      broken: z.array(brokenLabSchema).describe('What is not sound, and why; a lab of it cannot be started.'),
    }),
    errors: ['labs-directory-missing'],
  }),
  method({
    name: 'labs.get',
    summary: 'One lab with its prose, solutions and checks.',
    params: z.strictObject({ lab: labArgument }),
    result: labSchema,
    errors: ['lab-not-found', 'lab-broken', 'labs-directory-missing'],
  }),
  method({
    name: 'labs.search',
    summary:
      'Labs and steps whose text, commands and title have every word of a query; the closest ones first.',
    params: z.strictObject({ query: z.string().min(1).max(200), language: z.enum(languages) }),
    result: z.object({
      places: z.array(foundPlaceSchema).max(mostPlaces),
      all: z.int().describe('So many places were found; no more than the closest are in the answer.'),
      labs: z
        .array(z.object({ id: z.string(), title: z.string() }))
        .describe('The labs that the places are in.'),
    }),
    errors: ['labs-directory-missing'],
  }),
  method({
    name: 'labs.lint',
    summary: 'Problems of a lab directory; the files are sent, name to text. No problems: the lab is sound.',
    params: z.strictObject({
      files: z.record(z.string().min(1).max(255), z.string()),
      whole: z
        .boolean()
        .optional()
        .describe(
          'What one language lacks is an error, as in the labs that come with hoplab; else a warning.',
        ),
    }),
    result: z.object({ ok: z.boolean(), problems: z.array(problemSchema) }),
    errors: ['labs-directory-missing'],
  }),
  method({
    name: 'labs.save',
    summary:
      'Keeps a lab of your own with the daemon, where it can be started; one of your own with the same id is replaced.',
    params: z.strictObject({ files: z.record(z.string().min(1).max(255), z.string()) }),
    result: z.object({ lab: z.string().describe('Its id.') }),
    errors: ['lab-broken', 'argument-invalid', 'labs-directory-missing'],
  }),
  method({
    name: 'labs.delete',
    summary: 'Deletes a lab that `labs.save` keeps. Sessions of it are ended first, by `sessions.stop`.',
    params: z.strictObject({ lab: labArgument }),
    result: z.object({ lab: z.string().describe('Its id.') }),
    errors: ['lab-not-found', 'lab-broken', 'lab-in-use', 'argument-invalid', 'labs-directory-missing'],
  }),
  method({
    name: 'labs.test',
    summary: 'Acceptance run of a lab in machines of its own. Reports progress.',
    params: z.strictObject({ lab: labArgument, engine: engineArgument.optional(), progress }),
    result: testReportSchema,
    errors: [
      'lab-not-found',
      'lab-broken',
      'lab-unsupported',
      'engine-unsupported',
      'labs-directory-missing',
      'machine-failed',
      'machine-gone',
      'action-failed',
      'session-limit',
    ],
  }),
] as const;
