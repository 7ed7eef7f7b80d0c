import { z } from 'zod';
import { changeKinds } from '../core/check/changes.ts';
import { leavings } from '../core/session/leaving.ts';
import { notification } from './method.ts';
import { terminalNumber } from './values/argument.ts';
import { numberedEventSchema } from './values/event.ts';
import { hopNewsShape } from './values/path.ts';
import { languageSchema } from './values/text.ts';
import { crossingSchema, flowSchema } from './values/traffic.ts';

/** Everything the server says unasked. */
export const notifications = [
  notification({
    name: 'system.hello',
    summary: 'The first message on every connection.',
    params: z.object({
      protocol: z.int(),
      version: z.string().describe('Of the daemon.'),
      languages: z.array(languageSchema),
    }),
  }),
  notification({
    name: 'session.event',
    summary: 'Something happened in a session this connection subscribed to.',
    params: numberedEventSchema.extend({ session: z.string() }),
  }),
  notification({
    name: 'topology.changed',
    summary: 'Something has changed in the machine of a session this connection subscribed to.',
    params: z.object({
      session: z.string(),
      changes: z
        .array(z.enum(changeKinds))
        .describe('What kinds of things; `topology.get` has what is so now.'),
    }),
  }),
  notification({
    name: 'progress',
    summary: 'How far a request that carried a `progress` token is.',
    params: z.object({
      id: z.union([z.string(), z.number()]),
      done: z.number(),
      total: z.number(),
      message: z.string(),
    }),
  }),
  notification({
    name: 'path.hop',
    summary: 'A hop of a `path.trace` that carried a `progress` token, as soon as it is known.',
    params: z.object({ id: z.union([z.string(), z.number()]), ...hopNewsShape }),
  }),
  notification({
    name: 'traffic.seen',
    summary: 'Packets were seen in a session whose traffic this connection watches.',
    params: z.object({
      session: z.string(),
      flows: z.array(flowSchema).describe('New or changed: at most 64.'),
      crossings: z.array(crossingSchema).describe('The interfaces that they passed: at most 256.'),
    }),
  }),
  notification({
    name: 'terminal.left',
    summary:
      "The machine of a terminal is no more the session's: another took its place, it ended, or the session was stopped. A shell goes on in it until it is closed; a new terminal is in the new machine.",
    params: z.object({ terminal: terminalNumber, how: z.enum(leavings) }),
  }),
  notification({
    name: 'terminal.exit',
    summary: 'A terminal ended; comes after its last byte.',
    params: z.object({
      terminal: terminalNumber,
      exitCode: z.int().nullable(),
      signal: z.string().nullable(),
    }),
  }),
] as const;

type Definition = (typeof notifications)[number];
export type NotificationName = Definition['name'];
export type NotificationParams<N extends NotificationName> = z.output<
  Extract<Definition, { name: N }>['params']
>;
