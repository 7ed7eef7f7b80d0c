import { HoplabError } from '../core/errors.ts';
import type { Line } from '../core/lab/lab.ts';
import type { Machine } from '../core/ports.ts';
import { shellOf } from '../core/text/shell.ts';

/** Exit code null: the node the line belongs to is not there. */
export interface TypedLine {
  exitCode: number | null;
  output: string;
}

/** Characters of a line's output that are kept: it becomes an event. */
const most = 64 * 1024;

/** A line as a learner's shell takes it. */
export async function typeLine(machine: Machine, { on, run }: Line): Promise<TypedLine> {
  try {
    const { exitCode, stdout, stderr } = await machine.run(on, shellOf(run));
    return { exitCode, output: `${stdout}${stderr}`.slice(0, most) };
  } catch (error) {
    if (error instanceof HoplabError && error.code === 'node-not-found')
      return { exitCode: null, output: error.message };
    throw error;
  }
}
