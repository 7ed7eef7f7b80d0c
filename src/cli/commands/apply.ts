import { styleText } from 'node:util';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { stepParams } from './step-params.ts';

/** Exit code 1 when a line failed. */
export async function apply(cli: Cli, step: string | undefined, options: { all?: boolean }): Promise<number> {
  const params = stepParams(cli, step, options);
  const daemon = await cli.daemon();
  const result = await daemon.call('steps.apply', params);
  cli.print(result, () => appliedText(result, cli));
  return result.ok ? 0 : 1;
}

function appliedText({ steps, lines, already, ok }: Result<'steps.apply'>, { words }: Cli): string {
  const transcript = lines.flatMap(({ on, run, output }) => [
    `${styleText('dim', `${on} #`)} ${styleText('cyan', run)}`,
    ...(output.trim() === '' ? [] : [output.trimEnd()]),
  ]);
  const last = lines.at(-1);
  const end = ok
    ? words.steps.applied(steps.length, lines.length)
    : styleText('red', words.steps.lineFailed(last?.exitCode ?? null));
  const nothing = already.map((step) => words.steps.already(step));
  return [...transcript, ...nothing, ...(ok && steps.length === 0 ? [] : [end])].join('\n');
}
