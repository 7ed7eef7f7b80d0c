import { z } from 'zod';
import { method } from '../method.ts';
import {
  engineArgument,
  labArgument,
  progress,
  session,
  sessionArgument,
  stepArgument,
} from '../values/argument.ts';
import { hintSchema, previewSchema, revealedSchema, snapshotSchema } from '../values/session.ts';
import { liveMachine, oneSession } from './common-errors.ts';

const newMachine = [
  'lab-not-found',
  'lab-broken',
  'lab-unsupported',
  'engine-unsupported',
  'step-not-found',
  'machine-failed',
  'action-failed',
  'feature-missing',
  'journal-failed',
] as const;

export const sessionsMethods = [
  method({
    name: 'sessions.list',
    summary: 'The sessions there are, and which is current: the first started, or the last used.',
    params: z.strictObject({}),
    result: z.object({ current: z.string().nullable(), sessions: z.array(snapshotSchema) }),
    errors: [],
  }),
  method({
    name: 'sessions.current',
    summary: 'Id of the current session, if there is one.',
    params: z.strictObject({}),
    result: z.object({ session: z.string().nullable() }),
    errors: [],
  }),
  method({
    name: 'sessions.use',
    summary: 'Makes a session the current one.',
    params: z.strictObject({ session: sessionArgument }),
    result: snapshotSchema,
    errors: ['session-not-found'],
  }),
  method({
    name: 'sessions.start',
    summary:
      'Starts a lab, by default at its first step. The session becomes the current one with `use`, and if there is no other; else name it in each request. Reports progress.',
    params: z.strictObject({
      lab: labArgument,
      step: stepArgument.optional(),
      engine: engineArgument.optional(),
      use: z
        .boolean()
        .optional()
        .describe('Make it the current session, in place of the one that a learner may be in.'),
      progress,
    }),
    result: snapshotSchema,
    errors: [...newMachine, 'labs-directory-missing', 'session-limit'],
  }),
  method({
    name: 'sessions.get',
    summary: 'A session: its steps with their verdicts, its machine.',
    params: z.strictObject({ session }),
    result: snapshotSchema,
    errors: oneSession,
  }),
  method({
    name: 'sessions.stop',
    summary: 'Ends a session, or all, with everything in its machine.',
    params: z.strictObject({ session, all: z.boolean().optional() }),
    result: z.object({ stopped: z.array(z.string()) }),
    errors: oneSession,
  }),
  method({
    name: 'sessions.goto',
    summary: 'A fresh machine as it is on entry to a step. Reports progress.',
    params: z.strictObject({ session, step: stepArgument, progress }),
    result: snapshotSchema,
    errors: [...oneSession, ...newMachine],
  }),
  method({
    name: 'sessions.reset',
    summary: 'A fresh machine as it was on entry to the current step; the replaced one is kept for undo.',
    params: z.strictObject({ session, progress }),
    result: snapshotSchema,
    errors: [...oneSession, ...newMachine],
  }),
  method({
    name: 'sessions.reboot',
    summary:
      'Restarts the machine: start topology, its files (/etc, /root, /home, /var) and sysctl.conf; what was only in the kernel is gone. The one before is kept for undo.',
    params: z.strictObject({ session, progress }),
    result: snapshotSchema,
    errors: [...liveMachine, 'machine-failed', 'action-failed'],
  }),
  method({
    name: 'sessions.undo',
    summary: 'Brings back the machine that goto, reset or reboot replaced.',
    params: z.strictObject({ session }),
    result: snapshotSchema,
    errors: [...oneSession, 'nothing-to-undo', 'machine-gone', 'journal-failed'],
  }),
  method({
    name: 'sessions.preview',
    summary:
      'What goto (with `step`), undo (with `undo`), reboot (with `reboot`) or reset (with none of them) would change in the network, before it does.',
    params: z.strictObject({
      session,
      step: stepArgument.optional(),
      undo: z.boolean().optional(),
      reboot: z.boolean().optional(),
    }),
    result: previewSchema,
    errors: [...oneSession, ...newMachine, 'nothing-to-undo', 'interrupted'],
  }),
  method({
    name: 'sessions.subscribe',
    summary:
      'A snapshot, then the events numbered after `from` as `session.event`, without gaps. `from` is `after`, unless the events after it are no longer kept (the newest 100 are): it is greater then, and the snapshot knows what followed from them. While anybody is subscribed, checks are asked again as soon as something changes that they depend on, and `topology.changed` tells of every change.',
    params: z.strictObject({
      session,
      after: z
        .int()
        .min(0)
        .optional()
        .describe('Number of the last event you have; the snapshot unless given.'),
    }),
    result: z.object({ snapshot: snapshotSchema, from: z.int().min(0) }),
    errors: oneSession,
  }),
  method({
    name: 'sessions.unsubscribe',
    summary: 'No more events of a session on this connection.',
    params: z.strictObject({ session }),
    result: z.object({}),
    errors: oneSession,
  }),
  method({
    name: 'sessions.break',
    summary:
      "Practice: a fresh machine with the finished lab and one of its mistakes in it; the answer does not name it. `checks.run` then asks every step's checks. Reports progress.",
    params: z.strictObject({
      session,
      seed: z.int().min(0).max(0xffffffff).optional().describe('The same seed, the same mistake.'),
      progress,
    }),
    result: snapshotSchema,
    errors: [...oneSession, ...newMachine, 'nothing-to-practise'],
  }),
  method({
    name: 'sessions.reveal',
    summary: 'Gives up: what `sessions.break` did, and what does not hold because of it.',
    params: z.strictObject({ session }),
    result: revealedSchema,
    errors: [...liveMachine, 'nothing-broken'],
  }),
  method({
    name: 'sessions.hint',
    summary: 'The next rung of the ladder for the first check that does not pass; null when all pass.',
    params: z.strictObject({ session }),
    result: z.object({ hint: hintSchema.nullable() }),
    errors: [...liveMachine, 'journal-failed'],
  }),
] as const;
