import { z } from 'zod';
import { reasonSchema } from './verdict.ts';

const text = z.string();

/** Checks of a service behind one address. */
export const serviceKinds = {
  tls: z.object({
    from: text,
    to: text,
    port: z.int(),
    name: text.exactOptional().describe('What the certificate must be for.'),
    trust: text.exactOptional().describe('A file with the certificates that are trusted.'),
    expect: z.union([z.literal('accepted'), reasonSchema]),
    control: z.object({ from: text, to: text }).exactOptional(),
  }),
  distribution: z.object({
    from: text,
    url: text,
    backends: z.record(text, z.number()).describe('The weight of each, by the name it gives itself.'),
    spread: z
      .enum(['shares', 'every', 'one'])
      .describe('Each backend its part, none without, or all requests to the same one.'),
    requests: z.int(),
    header: text.exactOptional().describe('Where a backend says its name.'),
    falseAlarm: z.number().describe('How likely a right distribution may be refused.'),
  }),
};
