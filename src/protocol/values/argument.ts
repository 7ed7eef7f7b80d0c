import { z } from 'zod';
import { says } from '../../core/text/said.ts';
import { widest } from '../connection.ts';
import { clusterEngines } from './cluster-engines.ts';

/** The types that requests consist of. Everything a client sends is bounded in length. */

const id = z.string().min(1).max(128);

export const labArgument = id.describe('Id of a lab.');
export const stepArgument = id.describe('Id of a step.');
export const engineArgument = z
  .enum(clusterEngines)
  .describe("What the lab's Kubernetes cluster is made of: hoplab's own, or the real components.");
export const sessionArgument = id.describe('Id of a session.');
export const nodeArgument = id.describe('Name of a node.');

/** A word of a command: the kernel ends it at a NUL (execve(2)). */
export const word = z
  .string()
  .max(65536)
  .refine((text) => !text.includes('\0'), says('nul-in-word'));

/** `session` is optional wherever there is one: the current session. */
export const session = sessionArgument.optional().describe('Id of a session; the current one unless given.');

/** No step is called `all` (core/lab/schema.ts). */
export const stepOrAll = z
  .union([z.literal('all').describe('Every step.'), stepArgument])
  .optional()
  .describe('Id of a step, or `all`; the current step unless given.');

export const progress = z
  .union([z.string().max(128), z.number()])
  .optional()
  .describe('Token of your choice: `progress` notifications carry it as `id`.');

export const terminalNumber = z.int().min(0).max(0xffffffff);
export const columns = z.int().min(1).max(widest);
export const rows = z.int().min(1).max(widest);
