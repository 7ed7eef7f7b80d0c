import { readFileSync } from 'node:fs';
import t from 'tap';
import { matchExtensions, targetExtensions } from '../src/extensions.ts';

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

t.test('the README names every match and target, and the changelog counts them', async (t) => {
  const readme = read('README.md');
  const list = (start: RegExp): string[] => (start.exec(readme)?.[1] ?? '').split(/,\s+/);
  const kinds = (extensions: ReadonlyMap<string, { kind: string }>): string[] =>
    [...new Set([...extensions.values()].map((e) => e.kind))].sort();
  const matches = kinds(matchExtensions);
  const targets = kinds(targetExtensions);
  t.same(list(/^Matches: ([^.]+)\./m), matches);
  t.same(list(/^Targets: ([^.]+), and `jump`/m), targets);
  t.match(read('CHANGELOG.md'), `${matches.length} matches and ${targets.length} targets`);
});
