import { styleText } from 'node:util';
import { nearest } from '../../core/text/nearest.ts';
import { reasonExamples } from '../../core/text/reason-examples.ts';
import type { Cli } from '../cli.ts';
import { loadReasons } from '../language.ts';
import { proseWidth } from '../print/width.ts';
import { wrap } from '../print/wrap.ts';
import { TranslatedError } from '../translated-error.ts';

/**
 * The reasons for which a check may fail: the values of `expect` and `reason` in lab.yaml. Needs no daemon.
 */
export async function reasons(cli: Cli, named: string | undefined): Promise<undefined> {
  const all = await loadReasons(cli.language);
  const known = Object.keys(all) as (keyof typeof all)[];
  const asked = named === undefined ? known : known.filter((name) => name === named);
  if (asked.length === 0) {
    const near = nearest(named ?? '', known);
    const message =
      cli.words.usage.reason(named ?? '') + (near === null ? '' : cli.words.usage.nearest(near));
    throw new TranslatedError('argument-invalid', message, { reason: named, nearest: near });
  }
  const list = asked.map((name) => ({ reason: name, when: all[name], example: reasonExamples[name] }));
  cli.print({ reasons: list }, () =>
    list
      .map(({ reason, when, example }) =>
        [
          styleText('bold', reason),
          ...wrap(when, proseWidth() - 4).map((line) => `    ${line}`),
          `    ${styleText('cyan', example)}`,
        ].join('\n'),
      )
      .join('\n'),
  );
}
