import type { Client } from '../../client/client.ts';
import { playground } from '../../core/play/playground.ts';
import type { Cli } from '../cli.ts';
import { symptomsText } from '../print/symptoms.ts';
import { verdictsText } from '../print/verdict.ts';
import { stepParams } from './step-params.ts';

const exitCodes = { pass: 0, fail: 1, 'could-not-check': 2 } as const;

export async function check(cli: Cli, step: string | undefined, options: { all?: boolean }): Promise<number> {
  const { words, language } = cli;
  const params = stepParams(cli, step, options);
  const daemon = await cli.daemon();
  const result = await daemon.call('checks.run', params);
  const { outcome, verdicts } = result;
  const passed = verdicts.filter(({ status }) => status === 'pass').length;
  if (!cli.json && step === undefined && (await daemon.call('sessions.get', cli.session)).practice) {
    const text = outcome === 'pass' ? words.practice.repaired : symptomsText(verdicts, words, language);
    cli.print(result, () => text);
    return exitCodes[outcome];
  }
  const passedText =
    result.passed.length === 0 || cli.json ? [] : await whatPassed(cli, daemon, result.passed);
  const onward = outcome === 'pass' && !cli.json ? await whereNow(cli, daemon) : [];
  cli.print(result, () =>
    verdicts.length === 0
      ? words.verdict.none
      : [
          ...passedText,
          verdictsText(verdicts, words, language),
          ...['', words.verdict.sum(passed, verdicts.length)],
          ...(result.ended > 0 ? [words.verdict.ended(result.ended)] : []),
          ...onward,
        ].join('\n'),
  );
  return exitCodes[outcome];
}

/** Reports steps that passed through another client's check meanwhile, and the step that is checked now. */
async function whatPassed({ words, language, session }: Cli, daemon: Client, passed: string[]) {
  const { step, steps } = await daemon.call('sessions.get', session);
  const title = (id: string) => steps.find((each) => each.id === id)?.title[language] ?? id;
  return [
    words.steps.passed(
      passed.map((id) => `${title(id)} (${id})`),
      `${title(step)} (${step})`,
    ),
    '',
  ];
}

/** The learner's step after passing, or that all steps are done; building by hand has no end. */
async function whereNow({ words, language, session }: Cli, daemon: Client): Promise<string[]> {
  const { lab, step, steps } = await daemon.call('sessions.get', session);
  if (lab === playground) return [];
  const here = steps.find(({ id }) => id === step);
  if (here?.doneAt === null) return [words.steps.nextStep(here.title[language], step)];
  if (!steps.every(({ doneAt }) => doneAt !== null)) return [];
  const shown = steps.filter((each) => each.shown).map(({ id }) => id);
  return [shown.length === 0 ? words.steps.labDone : words.steps.labShown(shown)];
}
