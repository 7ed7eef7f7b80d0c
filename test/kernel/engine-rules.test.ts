import { readFile } from 'node:fs/promises';
import t from 'tap';
import {
  type Column,
  columns,
  compared,
  differences,
  older,
  shapeOf,
  shapesIn,
  written,
} from '../support/docker-rules/differences.ts';
import { rulesHere, scenarios } from '../support/docker-rules/scenarios.ts';
import { sh, workplace } from '../support/machines.ts';

const listed = new Map(differences.flatMap(({ rules }) => rules));

/** The rules that every release writes. */
const common = [...shapesIn('master')].filter((rule) => !listed.has(rule));

const ofColumn = (column: Column): string[] =>
  [...common, ...[...listed].filter(([, those]) => those.includes(column)).map(([rule]) => rule)].sort();

t.test("the table names every difference between moby's own pages", async (t) => {
  for (const column of written) t.strictSame([...shapesIn(column)].sort(), ofColumn(column), column);
});

t.test('the table stands in ARCHITECTURE.md', async (t) => {
  const text = await readFile(new URL('../../ARCHITECTURE.md', import.meta.url), 'utf8');
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const rows = differences.map(({ title, words }) => row([title, ...words]));
  t.match(text, `|${columns.map(() => '---|').join('')}---|\n${rows.join('')}`);
  t.match(text, ` | ${columns.join(' | ')}, August 2026 |`);
});

/** The release whose rules this VM's engine writes: the last one that is not newer. */
function columnOf(version: string): Column {
  const [major = 0, minor = 0, patch = 0] = (/(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
  const place = (a: number, b: number, c: number) => (a * 1000 + b) * 1000 + c;
  const releases = columns.filter((column) => column !== 'master');
  const known = releases.findLast((release) => {
    const [a = 0, b = 0, c = 0] = release.split('.').map(Number);
    return place(a, b, c) <= place(major, minor, patch);
  });
  return major >= 29 ? 'master' : (known ?? older);
}

t.test("this VM's engine writes what the table says of its version", (t) =>
  workplace(t, async ({ machines }) => {
    const made = await Promise.all(
      compared.map((name) => machines.create(`rules-${name}`, { root: 256, memory: 768 })),
    );
    try {
      const rules = await Promise.all(
        compared.map(async (name, at) => {
          const machine = made[at];
          return machine === undefined ? [] : [...(await rulesHere(machine, scenarios[name]))];
        }),
      );
      const [machine] = made;
      const version = machine === undefined ? '' : await sh(machine, 'dockerd --version');
      const here = new Set(rules.flat().map(shapeOf));
      t.strictSame([...here].sort(), ofColumn(columnOf(version)), version);
    } finally {
      await Promise.all(made.map((machine) => machine.destroy()));
    }
  }),
);
