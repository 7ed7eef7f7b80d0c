import { z } from 'zod';
import type { Check } from '../../core/check/check.ts';
import { type Lab, type Prose, type Step, services, type Topology } from '../../core/lab/lab.ts';
import type { Outline } from '../../core/lab/outline.ts';
import type { FoundPlace } from '../../core/lab/search.ts';
import { inEachLanguage, type Text } from '../../core/language.ts';
import { exactly } from '../exactly.ts';
import { checkSchema } from './check.ts';
import { predictionSchema } from './prediction.ts';
import { textSchema } from './text.ts';
import { reasonSchema } from './verdict.ts';

const line = z.object({ on: z.string(), run: z.string() });
const linkEnd = z.object({
  node: z.string(),
  link: z.string(),
  addresses: z.array(z.string()),
  master: z.string().nullable(),
});

const topologySchema = exactly<Topology>()(
  z.object({
    nodes: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['machine', 'host', 'netns']),
        title: textSchema.nullable(),
        service: z.enum(services).nullable(),
        sysctls: z.record(z.string(), z.string()),
        routes: z.array(z.string()),
        run: z.array(z.string()),
      }),
    ),
    bridges: z.array(z.object({ name: z.string(), node: z.string(), addresses: z.array(z.string()) })),
    links: z.array(z.object({ ends: z.tuple([linkEnd, linkEnd]), mtu: z.int().exactOptional() })),
    tunnels: z
      .array(
        z.object({
          end: linkEnd,
          id: z.int(),
          remote: z.string(),
          local: z.string().nullable(),
          dstport: z.int(),
          mtu: z.int().nullable(),
        }),
      )
      .exactOptional(),
  }),
);

/** A check and its question, in words: a client has no words of its own for any kind. */
const askedSchema = checkSchema.and(z.object({ question: textSchema }));
type Asked = Check & { question: Text };
type AskedStep = Omit<Step, 'checks'> & { checks: Asked[] };
export type LabWithQuestions = Omit<Lab, 'steps'> & { steps: AskedStep[] };

const stepSchema = exactly<AskedStep>()(
  z.object({
    id: z.string(),
    solution: z.array(line),
    checks: z.array(askedSchema),
    predict: z.array(predictionSchema),
    faults: z.array(
      z.object({
        id: z.string(),
        lines: z.array(line),
        changes: z.array(z.object({ line: z.int(), on: z.string(), run: z.string().nullable() })),
        refused: z.array(z.int()),
        fails: z.string(),
        reason: reasonSchema,
      }),
    ),
  }),
);

const proseSchema = exactly<Prose>()(
  z.object({
    intro: z.string(),
    steps: z.record(z.string(), z.object({ title: z.string(), body: z.string() })),
  }),
);

const heading = {
  id: z.string(),
  track: z.string(),
  title: textSchema,
  summary: textSchema,
  documents: z.array(z.object({ file: z.string(), section: z.string() })),
  minutes: z.number(),
  prerequisites: z.array(z.string()).describe('Labs that come before it; it can be started without them.'),
  requires: z.array(z.string()),
};

/** A whole lab, with its prose, solutions and checks. */
export const labSchema = exactly<LabWithQuestions>()(
  z.object({
    ...heading,
    machine: z.object({
      root: z.int().describe('MiB that the files of its root may take.'),
      memory: z.int().describe('MiB of memory, those files included.'),
    }),
    topology: topologySchema,
    steps: z.array(stepSchema),
    view: z.record(z.string(), z.tuple([z.number(), z.number()])),
    prose: z.object(inEachLanguage(() => proseSchema)),
  }),
);

/** A lab as a list shows it. */
export const labEntrySchema = z.object({
  ...heading,
  done: z.array(z.string()).describe('Steps that were ever done, in any session.'),
  missing: z.array(z.string()).describe('What the lab requires and the VM lacks.'),
  steps: z.array(z.object({ id: z.string(), title: textSchema })),
  outline: exactly<Outline>()(
    z.object({
      places: z.array(
        z.object({
          name: z.string(),
          kind: z.enum(['node', 'bridge']),
          column: z.number(),
          row: z.number(),
        }),
      ),
      cables: z.array(z.tuple([z.int(), z.int()])).describe('By the number of each place.'),
    }),
  ).describe('The network of the finished lab in small.'),
});
export type LabEntry = z.output<typeof labEntrySchema>;

/** No answer has more places of a search. */
export const mostPlaces = 40;

export const foundPlaceSchema = exactly<FoundPlace>()(
  z.object({
    lab: z.string(),
    step: z.string().nullable().describe('Null: the lab as a whole.'),
    title: z.string(),
    excerpt: z.string().describe('The text around the first word found.'),
  }),
);

/** Labs that belong together, in the order they are learnt in. */
export const trackSchema = z.object({
  id: z.string(),
  title: textSchema,
  after: textSchema.nullable().describe('What one can do when all of it is done.'),
  labs: z.array(z.string()),
});
