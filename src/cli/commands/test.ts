import { styleText } from 'node:util';
import type { Result } from '../../protocol/methods.ts';
import type { ClusterEngine } from '../../protocol/values/cluster-engines.ts';
import type { Cli } from '../cli.ts';
import { progressBar, progressLines } from '../print/progress.ts';
import { table } from '../print/table.ts';
import { TranslatedError } from '../translated-error.ts';

type Report = Result<'labs.test'>;

export async function test(
  cli: Cli,
  named: string[],
  { all, engine }: { all?: boolean; engine?: ClusterEngine },
): Promise<number> {
  const { usage } = cli.words;
  if (all && named.length > 0) throw new TranslatedError('argument-invalid', usage.labsAndAll);
  if (!all && named.length === 0) throw new TranslatedError('argument-invalid', usage.labsOrAll);

  const daemon = await cli.daemon();
  const labs = all ? (await daemon.call('labs.list', {})).labs.map(({ id }) => id) : named;
  const bar = process.stdout.isTTY || cli.json ? progressBar(!cli.json) : progressLines();
  const reports: Report[] = [];
  daemon.on('progress', ({ id, done, total, message }) => bar.show(done, total, `${id}: ${message}`));
  for (const lab of labs) {
    const report = await daemon
      .call('labs.test', { lab, progress: lab, ...(engine && { engine }) })
      .finally(bar.clear);
    reports.push(report);
    // A run of all labs takes minutes: prints each report as it arrives. Without a terminal each part was
    // printed as it ended, so only the failures remain.
    const rows = process.stdout.isTTY;
    if (!cli.json)
      cli.print(report, () => `${reports.length > 1 ? '\n' : ''}${reportText(report, rows, cli)}`);
  }
  const ok = reports.every((report) => report.ok);
  if (cli.json) cli.print({ ok, reports }, () => '');
  return ok ? 0 : 1;
}

function reportText({ lab, ok, parts, milliseconds }: Report, rows: boolean, { words }: Cli): string {
  const { test } = words;
  const seconds = (milliseconds / 1000).toFixed(1);
  const wrong = parts.filter((part) => !part.ok);
  const sum = ok
    ? test.passed(lab, parts.length, seconds)
    : test.failed(lab, wrong.length, parts.length, seconds);
  return [
    ...(rows && parts.length > 0 ? [table(rowsOf(parts, words), test.head), ''] : []),
    styleText(ok ? 'green' : 'red', sum),
    ...failures(wrong, words),
  ].join('\n');
}

type Part = Report['parts'][number];
type Words = Cli['words'];
const nameOf = ({ part, step, fault }: Part) => [step, part, fault].filter((word) => word !== null).join(' ');

/** Step by step, both rounds of a part in one row. */
function rowsOf(parts: readonly Part[], { status }: Words): string[][] {
  const both = Map.groupBy(parts, nameOf);
  const steps = [...new Set(parts.map(({ step }) => step))];
  const inOrder = steps.flatMap((step) => [...both.values()].filter(([first]) => first?.step === step));
  return inOrder.map((rounds, index) => {
    const [first] = rounds;
    const step = first?.step ?? '';
    const ok = rounds.every((part) => part.ok);
    return [
      ok ? styleText('green', status.pass) : styleText('red', status.fail),
      inOrder[index - 1]?.[0]?.step === step ? '' : step,
      first?.part ?? '',
      first?.fault ?? '',
      rounds.map((part) => `${Math.round(part.milliseconds)}`).join(' '),
    ];
  });
}

/** The failures, once if both rounds have the same. */
function failures(wrong: readonly Part[], { test }: Words): string[] {
  const same = Map.groupBy(wrong, (part) => `${nameOf(part)}: ${part.detail ?? ''}`);
  return [...same].map(([messages, parts]) => {
    const [only] = parts;
    return `  ${messages}${parts.length > 1 || !only ? '' : ` ${test.onlyIn(only.round)}`}`;
  });
}
