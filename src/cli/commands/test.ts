import { styleText } from 'node:util';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { progressBar, progressLines } from '../print/progress.ts';
import { table } from '../print/table.ts';
import { TranslatedError } from '../translated-error.ts';

type Report = Result<'labs.test'>;

export async function test(cli: Cli, named: string[], { all }: { all?: boolean }): Promise<number> {
  const { usage } = cli.words;
  if (all && named.length > 0) throw new TranslatedError('argument-invalid', usage.labsAndAll);
  if (!all && named.length === 0) throw new TranslatedError('argument-invalid', usage.labsOrAll);

  const daemon = await cli.daemon();
  const labs = all ? (await daemon.call('labs.list', {})).labs.map(({ id }) => id) : named;
  const bar = process.stdout.isTTY || cli.json ? progressBar(!cli.json) : progressLines();
  const reports: Report[] = [];
  daemon.on('progress', ({ id, done, total, message }) => bar.show(done, total, `${id}: ${message}`));
  for (const lab of labs) {
    const report = await daemon.call('labs.test', { lab, progress: lab }).finally(bar.clear);
    reports.push(report);
    // A run of all labs takes minutes: each is told as it ends.
    if (!cli.json) cli.print(report, () => `${reports.length > 1 ? '\n' : ''}${reportText(report, cli)}`);
  }
  const ok = reports.every((report) => report.ok);
  if (cli.json) cli.print({ ok, reports }, () => '');
  return ok ? 0 : 1;
}

function reportText({ lab, ok, parts, milliseconds }: Report, { words }: Cli): string {
  const { status, test } = words;
  const rows = parts.map((part) => [
    part.ok ? styleText('green', status.pass) : styleText('red', status.fail),
    lab,
    part.part,
    part.step ?? '',
    part.fault ?? '',
    `${part.round}`,
    `${Math.round(part.milliseconds)}`,
  ]);
  const wrong = parts.filter((part) => !part.ok);
  const seconds = (milliseconds / 1000).toFixed(1);
  const sum = ok ? test.passed(lab, parts.length, seconds) : test.failed(lab, wrong.length, parts.length);
  const details = wrong.map(
    ({ part, step, fault, detail }) =>
      `  ${[part, step, fault].filter((word) => word !== null).join(' ')}: ${detail ?? ''}`,
  );
  return [table(rows, test.head), '', styleText(ok ? 'green' : 'red', sum), ...details].join('\n');
}
