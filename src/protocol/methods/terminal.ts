import { z } from 'zod';
import { method } from '../method.ts';
import { columns, nodeArgument, rows, session, terminalNumber, word } from '../values/argument.ts';
import { oneSession } from './common-errors.ts';

export const terminalMethods = [
  method({
    name: 'terminal.open',
    summary:
      'A login shell or a command in a node. Its bytes travel as binary frames; `terminal.exit` ends it.',
    params: z.strictObject({
      session,
      node: nodeArgument.optional().describe('`host` unless given.'),
      argv: z.array(word).min(1).max(1024).optional().describe('A login shell unless given.'),
      pty: z
        .strictObject({ columns, rows })
        .nullable()
        .default(null)
        .describe('A pseudo-terminal of this size; plain pipes unless given.'),
    }),
    result: z.object({ terminal: terminalNumber }),
    errors: [...oneSession, 'node-not-found', 'machine-gone', 'feature-missing', 'terminal-limit'],
  }),
  method({
    name: 'terminal.resize',
    summary: "Tells the terminal's programs its new size.",
    params: z.strictObject({ terminal: terminalNumber, columns, rows }),
    result: z.object({}),
    errors: ['terminal-not-found'],
  }),
  method({
    name: 'terminal.end',
    summary: 'No more input: closes its standard input.',
    params: z.strictObject({ terminal: terminalNumber }),
    result: z.object({}),
    errors: ['terminal-not-found'],
  }),
  method({
    name: 'terminal.close',
    summary: 'Hangs up: its programs get SIGHUP. `terminal.exit` follows.',
    params: z.strictObject({ terminal: terminalNumber }),
    result: z.object({}),
    errors: ['terminal-not-found'],
  }),
] as const;
