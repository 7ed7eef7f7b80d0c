import { styleText } from 'node:util';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { progressBar } from '../print/progress.ts';
import { table } from '../print/table.ts';
import { SpokenError } from '../spoken-error.ts';

type Report = Result<'labs.test'>;

export async function test(cli: Cli, named: string[], { all }: { all?: boolean }): Promise<number> {
  const { usage } = cli.words;
  if (all && named.length > 0) throw new SpokenError('argument-invalid', usage.labsAndAll);
  if (!all && named.length === 0) throw new SpokenError('argument-invalid', usage.labsOrAll);

  const daemon = await cli.daemon();
  const labs = all ? (await daemon.call('labs.list', {})).labs.map(({ id }) => id) : named;
  const bar = progressBar(!cli.json);
  const reports: Report[] = [];
  for (const lab of labs) {
    daemon.on('progress', ({ done, total, message }) => bar.show(done, total, `${lab}: ${message}`));
    reports.push(await daemon.call('labs.test', { lab, progress: lab }).finally(bar.clear));
  }
  const ok = reports.every((report) => report.ok);
  cli.print({ ok, reports }, () => reports.map((report) => reportText(report, cli)).join('\n\n'));
  return ok ? 0 : 1;
}

function reportText({ lab, ok, parts }: Report, { words }: Cli): string {
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
  const seconds = (parts.reduce((sum, part) => sum + part.milliseconds, 0) / 1000).toFixed(1);
  const sum = ok ? test.passed(lab, parts.length, seconds) : test.failed(lab, wrong.length, parts.length);
  const details = wrong.map(
    ({ part, step, fault, detail }) =>
      `  ${[part, step, fault].filter((word) => word !== null).join(' ')}: ${detail ?? ''}`,
  );
  return [table(rows, test.head), '', styleText(ok ? 'green' : 'red', sum), ...details].join('\n');
}
