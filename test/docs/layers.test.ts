import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import t from 'tap';

const web = join(import.meta.dirname, '../../src/web');
const sentence = /Folders of `src\/web`, each importing only those before it: `([^`]+)`/;
const architecture = readFileSync(join(import.meta.dirname, '../../ARCHITECTURE.md'), 'utf8');
const order = sentence.exec(architecture)?.[1]?.split(' < ') ?? [];

const sources = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.tsx?$/.test(path) && !path.startsWith('dist/'),
);

t.test('ARCHITECTURE.md orders every folder of the page that has code', async (t) => {
  const folders = new Set(sources.map((path) => dirname(path)).filter((folder) => folder !== '.'));
  t.same([...order].sort(), [...folders].sort());
});

t.test('no folder of the page imports one above it', async (t) => {
  const against = sources.flatMap((path) =>
    importsOf(path)
      .filter((target) => order.indexOf(dirname(target)) > rank(path))
      .map((target) => `${path} imports ${target}`),
  );
  t.same(against, []);
});

/** The files at the top (the page as a whole) import what they like. */
function rank(path: string): number {
  return dirname(path) === '.' ? order.length : order.indexOf(dirname(path));
}

/** Files of the page that a file imports, types and what is loaded later included. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(web, path), 'utf8');
  return [...text.matchAll(/(?:\bfrom |\bimport |\bimport\()'(\.[^']+)'/g)]
    .map(([, target = '']) => relative(web, join(web, dirname(path), target)))
    .filter((target) => !target.startsWith('..'));
}
