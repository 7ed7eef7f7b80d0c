import type { Ran } from '../../core/ports.ts';
import { quote } from '../../core/text/shell.ts';
import type { Evidence } from '../../core/verdict/verdict.ts';

const longest = 2000;

/** The command as a learner would have typed it, and its output. */
export function evidenceOf(on: string, argv: readonly string[], ran: Ran): Evidence {
  const output = `${ran.stdout}${ran.stderr}`.trim();
  return {
    on,
    command: argv.map(quote).join(' '),
    output: output.length > longest ? `${output.slice(0, longest)}\n...` : output,
  };
}
