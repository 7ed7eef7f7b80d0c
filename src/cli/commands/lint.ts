import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { styleText } from 'node:util';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { TranslatedError } from '../translated-error.ts';

type Problem = Result<'labs.lint'>['problems'][number];

/** The files are read here, with the rights of who asks, and sent. */
export async function lint(cli: Cli, dir: string): Promise<number> {
  const files = await labFiles(dir, cli);
  const daemon = await cli.daemon();
  const result = await daemon.call('labs.lint', { files });
  cli.print(result, () =>
    result.problems.length === 0
      ? cli.words.lint.sound(dir)
      : result.problems.map((problem) => line(dir, problem, cli)).join('\n'),
  );
  return result.ok ? 0 : 1;
}

async function labFiles(dir: string, { words }: Cli): Promise<Record<string, string>> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    throw new TranslatedError('labs-directory-missing', words.noDirectory(dir), {
      path: dir,
      cause: error.code,
    });
  });
  const wanted = names.filter((name) => name === 'lab.yaml' || name.endsWith('.md')).sort();
  return Object.fromEntries(
    await Promise.all(wanted.map(async (name) => [name, await readFile(join(dir, name), 'utf8')] as const)),
  );
}

/** `file:line:column`, as editors jump to it. */
function line(dir: string, problem: Problem, { words }: Cli): string {
  const { file, line, column, field, message, severity } = problem;
  const place = [join(dir, file), line, column].filter((part) => part !== null).join(':');
  const kind = styleText(severity === 'error' ? 'red' : 'yellow', words.lint[severity]);
  return `${place}: ${kind}: ${field ? `${field}: ` : ''}${message}`;
}
