import { styleText } from 'node:util';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { inline } from '../print/inline.ts';
import { locationText } from '../print/location-text.ts';
import { progressBar } from '../print/progress.ts';
import { TranslatedError } from '../translated-error.ts';

export async function breakLab(
  cli: Cli,
  { seed, show }: { seed?: string; show?: boolean },
): Promise<undefined> {
  if (show) return await reveal(cli);
  const number = Number(seed ?? 0);
  if (!Number.isInteger(number) || number < 0 || number > 0xffffffff)
    throw new TranslatedError('argument-invalid', cli.words.practice.noSeed(seed ?? ''), { seed });
  const daemon = await cli.daemon();
  const bar = progressBar(!cli.json);
  daemon.on('progress', ({ done, total, message }) => bar.show(done, total, message));
  const params = { ...cli.session, progress: 'break', ...(seed === undefined ? {} : { seed: number }) };
  const snapshot = await daemon.call('sessions.break', params).finally(bar.clear);
  cli.print(snapshot, () => begunText(snapshot, cli));
}

export function begunText(snapshot: Result<'sessions.break'>, cli: Cli): string {
  const { practice } = cli.words;
  return [locationText(snapshot, cli), '', practice.begun(snapshot.practice?.seed ?? 0), practice.next].join(
    '\n',
  );
}

async function reveal(cli: Cli): Promise<undefined> {
  const daemon = await cli.daemon();
  const revealed = await daemon.call('sessions.reveal', cli.session);
  cli.print(revealed, () => revealedText(revealed, cli));
}

function revealedText(revealed: Result<'sessions.reveal'>, { words, language }: Cli): string {
  const { title, step, lines, reason, verdict } = revealed;
  const { practice } = words;
  const line = (on: string, run: string | null, word: string) =>
    `  ${styleText('dim', `${word} ${on} #`)} ${run === null ? practice.leftOut : styleText('cyan', run)}`;
  return [
    practice.was(title[language], step),
    ...lines.flatMap(({ on, typedOn, typed, meant }) => [
      line(typedOn, typed, practice.typed),
      line(on, meant, practice.meant),
    ]),
    ...(verdict ? [practice.so(inline(verdict.words[language].message), reason)] : [practice.repairedNow]),
  ].join('\n');
}
