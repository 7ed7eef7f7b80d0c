import { readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { styleText } from 'node:util';
import type { Client } from '../../client/client.ts';
import { largestLabFile } from '../../core/text/lab-limits.ts';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { root } from '../root.ts';
import { TranslatedError } from '../translated-error.ts';

type Linted = Result<'labs.lint'>;
type Problem = Linted['problems'][number];

/** The labs that come with hoplab: whole in every language. */
const shipped = () => new URL('labs', root()).pathname;

/** The client reads the files, with the rights of its user, and sends them. */
export async function lint(cli: Cli, dir: string, { mark = false }: { mark?: boolean }): Promise<number> {
  const directories = await labsBelow(dir, cli);
  const daemon = await cli.daemon();
  const results: (Linted & { directory: string })[] = [];
  const messages: string[] = [];
  for (const directory of directories) {
    let result = await linted(daemon, directory, cli);
    const marks = mark ? result.problems.filter((problem) => problem.mark !== undefined) : [];
    if (marks.length > 0) {
      await writeMarks(directory, marks);
      messages.push(cli.words.lint.marked(directory, marks.length));
      result = await linted(daemon, directory, cli);
    }
    results.push({ directory, ...result });
    const { problems } = result;
    messages.push(...problems.map((problem) => line(directory, problem, cli)));
    if (problems.length === 0) messages.push(cli.words.lint.sound(directory));
  }
  const ok = results.every((result) => result.ok);
  const [only] = results;
  const document = only && results.length === 1 ? { ok, problems: only.problems } : { ok, labs: results };
  cli.print(document, () => messages.join('\n'));
  return ok ? 0 : 1;
}

/** A lab's directory, or those of the labs in it: a track, or a directory of tracks. */
async function labsBelow(dir: string, cli: Cli): Promise<string[]> {
  const found = await below(dir, 2, cli);
  if (found.length > 0) return found;
  throw new TranslatedError('argument-invalid', cli.words.lint.noLab(dir), { path: dir });
}

async function below(dir: string, depth: number, cli: Cli): Promise<string[]> {
  const entries = await entriesOf(dir, cli);
  if (entries.some((entry) => /^lab\.yaml$|\.md$/.test(entry.name) && entry.name !== 'README.md'))
    return [dir];
  if (depth === 0) return [];
  const places = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(dir, name));
  return (await Promise.all(places.sort().map((place) => below(place, depth - 1, cli)))).flat();
}

const entriesOf = (dir: string, { words }: Cli) =>
  readdir(dir, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new TranslatedError('labs-directory-missing', words.noDirectory(dir), {
      ...{ path: dir, cause: error.code },
    });
  });

async function linted(daemon: Client, dir: string, cli: Cli): Promise<Linted> {
  const names = (await entriesOf(dir, cli)).map(({ name }) => name);
  const wanted = names.filter((name) => name === 'lab.yaml' || name.endsWith('.md')).sort();
  const files = Object.fromEntries(
    await Promise.all(wanted.map(async (name) => [name, await textOf(join(dir, name), cli)] as const)),
  );
  const whole = `${await realpath(dir)}${sep}`.startsWith(`${shipped()}${sep}`);
  return daemon.call('labs.lint', { files, ...(whole ? { whole } : {}) });
}

/** A lab's file is a plain one, and short: a FIFO has no end, nor has /dev/zero. */
async function textOf(path: string, { words }: Cli): Promise<string> {
  const found = await stat(path);
  if (found.isFile() && found.size <= largestLabFile) return readFile(path, 'utf8');
  const size = found.isFile() ? found.size : null;
  throw new TranslatedError('argument-invalid', words.lint.noLabFile(path, size, largestLabFile), {
    path,
    size,
  });
}

/** From the end of each file to its begin, so that lines keep their numbers. */
async function writeMarks(dir: string, problems: readonly Problem[]): Promise<void> {
  for (const file of new Set(problems.map((problem) => problem.file))) {
    const path = join(dir, file);
    const lines = (await readFile(path, 'utf8')).split('\n');
    const own = problems.filter((problem) => problem.file === file);
    for (const { line, mark } of own.toSorted((one, other) => (other.line ?? 0) - (one.line ?? 0))) {
      const place = line ?? 1;
      const there = /^<!-- translates: .* -->$/.test(lines[place] ?? '');
      lines.splice(place, there ? 1 : 0, `<!-- translates: ${mark} -->`);
    }
    await writeFile(path, lines.join('\n'));
  }
}

/** `file:line:column`, as editors jump to it. */
function line(dir: string, problem: Problem, { words, language }: Cli): string {
  const { file, line, column, field, severity } = problem;
  const place = [join(dir, file), line, column].filter((part) => part !== null).join(':');
  const kind = styleText(severity === 'error' ? 'red' : 'yellow', words.lint[severity]);
  return `${place}: ${kind}: ${field ? `${field}: ` : ''}${problem.words[language]}`;
}
