import { existsSync, globSync, readFileSync } from 'node:fs';
import t from 'tap';

/** CONTRIBUTING.md, "How to add": each row names the files that one more of its kind touches. */
const rows = new Map(
  readFileSync('CONTRIBUTING.md', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, what, files] = /^\| (an? [^|]*|what a machine answers) \| (.*) \|$/.exec(line) ?? [];
      return what === undefined || files === undefined ? [] : [[what, files] as const];
    }),
);

const expand = (named: string): string[] => {
  const [whole, inside = ''] = /\{([^}]*)\}/.exec(named) ?? [];
  return whole === undefined
    ? [named]
    : inside.split(',').flatMap((one) => expand(named.replace(whole, one)));
};
const filesOf = (row: string) =>
  [...row.matchAll(/`([\w./{},*-]+)`/g)]
    .flatMap(([, named = '']) => expand(named))
    .flatMap((each) => (each.includes('*') ? globSync(each) : [each]));
const textOf = (path: string) => readFileSync(path, 'utf8');

t.test('there is a list for everything that is often added', async (t) => {
  const wanted = ['a kind of check', 'an iptables match', 'a lab', 'a method', 'a reason', 'a language'];
  t.strictSame(
    wanted.filter((what) => !rows.has(what)),
    [],
  );
  for (const [what, row] of rows)
    for (const path of filesOf(row).filter((each) => each.includes('/')))
      t.ok(existsSync(path), `${what}: ${path}`);
});

/** An example of each row: wherever its name stands in the sources, the row must lead there. */
const examples: [what: string, name: RegExp, beside: RegExp][] = [
  [
    'a kind of check',
    /['.]conntrack-entry'|\bconntrackEntry\b/,
    /^src\/core\/check\/kinds\/conntrack-entry\//,
  ],
  ['a reason', /'no-free-port'/, /^src\/core\/(check|diagnose|path)\//],
  ['a method', /'topology\.expose'|\bexposeNodes\b/, /^src\/session\/expose\.ts$/],
  ['an iptables match', /extension\('owner'|\bcase 'owner'|\bowner: \(/, /^$/],
  ['an error', /'terminal-limit'/, /^src\/(session|api|kernel|cli|protocol\/methods)\//],
];
for (const [what, name, beside] of examples) {
  t.test(`${what}: its list is whole`, async (t) => {
    const listed = filesOf(rows.get(what) ?? '');
    const met = globSync('src/**/*.{ts,tsx}').filter(
      (file) => !/\/(dist|test|node_modules)\//.test(file) && name.test(textOf(file)),
    );
    const known = (file: string) =>
      beside.test(file) || listed.some((each) => file === each || file.startsWith(`${each}/`));
    t.not(met.length, 0, 'the example is in the tree');
    t.strictSame(
      met.filter((file) => !known(file) && !file.startsWith('src/words/')),
      [],
    );
  });
}

t.test('a language: nothing outside its list knows one', async (t) => {
  const listed = filesOf(rows.get('a language') ?? '');
  const sources = globSync('src/**/*.{ts,tsx,html,py,sh}').filter(
    (file) => !/^src\/words\/|\/(dist|test|node_modules)\//.test(file),
  );
  const knows = /\p{Script=Hangul}|\bko: |'ko'|words\/ko\//u;
  const met = sources.filter((file) => knows.test(textOf(file)));
  t.strictSame(
    met.filter((file) => !listed.includes(file)),
    [],
  );
  t.strictSame(
    listed.filter((file) => file.endsWith('.ts') && !met.includes(file)),
    [],
    'and what the list names does',
  );
  // Korean has one file of grammar that others need not have.
  const folder = globSync('src/words/ko/*.ts').filter((file) => !file.endsWith('/particles.ts'));
  t.ok(folder.length + listed.filter((file) => file.endsWith('.ts')).length <= 20, 'at most 20 files');
});
