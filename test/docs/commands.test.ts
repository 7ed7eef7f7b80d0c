import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { createProgram } from '../../src/cli/program.ts';
import { words } from '../../src/core/explain/languages.ts';
import { pageWords } from '../../src/web/words/page-words.ts';
import { words as commandLine } from '../../src/words/en/cli.ts';
import { words as koreanCommandLine } from '../../src/words/ko/cli.ts';

/** What learners type outside of a machine: `hoplab COMMAND ... --option`, wherever a text says so. */
const root = join(import.meta.dirname, '../..');
const program = createProgram(commandLine, 'en', {}, () => {});
const everywhere = program.options.flatMap(({ long }) => long ?? []).concat('--help');
const options = new Map(
  program.commands.map((command) => [command.name(), command.options.flatMap(({ long }) => long ?? [])]),
);

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** Commands with their options that hoplab does not have. */
const unknown = (text: string): string[] =>
  [...text.matchAll(/\bhoplab ([a-z]+)\b([^\n`'"|),.:]*)/g)].flatMap(([whole, command = '', rest = '']) => {
    const own = options.get(command);
    if (own === undefined) return [];
    const named = [...rest.matchAll(/(?<=\s)--[a-z][a-z-]*/g)].map(([one]) => one);
    return named.every((one) => own.includes(one) || everywhere.includes(one)) ? [] : [whole];
  });

t.test('options in what hoplab says are options that it has', async (t) => {
  const all = [words, pageWords, commandLine, koreanCommandLine].flatMap(texts);
  t.ok(all.filter((text) => /\bhoplab \w+ .*--/.test(text)).length > 4, 'the words name some');
  t.strictSame(all.flatMap(unknown), []);
});

t.test('options in the documents and labs are options that hoplab has', async (t) => {
  const files = globSync(['*.md', 'labs/**/*.md'], { cwd: root });
  const all = files.map((file) => readFileSync(join(root, file), 'utf8'));
  t.ok(all.filter((text) => /\bhoplab \w+ .*--/.test(text)).length > 4, 'they name some');
  t.strictSame(all.flatMap(unknown), []);
});
