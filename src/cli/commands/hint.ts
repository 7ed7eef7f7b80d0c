import { styleText } from 'node:util';
import type { Cli } from '../cli.ts';
import { markdown } from '../print/markdown.ts';
import { proseWidth } from '../print/width.ts';

export async function hint(cli: Cli): Promise<undefined> {
  const { words, language } = cli;
  const daemon = await cli.daemon();
  const result = await daemon.call('sessions.hint', cli.session);
  cli.print(result, () => {
    if (result.hint === null) return words.hint.none;
    const { step, check, rung, rungs, text } = result.hint;
    return [
      styleText('dim', `${step}/${check}, ${words.hint.rung(rung, rungs)}`),
      // The last rung is the commands, line by line.
      rung === rungs ? commands(text[language]) : markdown(text[language], proseWidth()),
      ...(rung < rungs ? [styleText('dim', words.hint.more)] : []),
    ].join('\n');
  });
}

function commands(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [, node, run] = /^(\S+ #) (.*)$/.exec(line) ?? [];
      if (node === undefined || run === undefined) return `  ${styleText('dim', line)}`;
      return `    ${styleText('dim', node)} ${styleText('cyan', run)}`;
    })
    .join('\n');
}
