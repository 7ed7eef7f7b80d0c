import { existsSync, readFileSync } from 'node:fs';
import t from 'tap';

/** Pages whose file lists people follow. */
const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'labs/README.md'];
const folders =
  'src|test|scripts|labs|findings|core|kernel|session|api|cli|web|protocol|words|library|check|explain';
const path = new RegExp(`\`((?:${folders})/[\\w./{},*-]+)\``, 'g');

for (const page of pages) {
  t.test(`${page} names files that are there`, async (t) => {
    for (const named of pathsIn(readFileSync(page, 'utf8')))
      t.ok(
        ['', 'src/', 'src/core/'].some((root) => existsSync(root + named)),
        named,
      );
  });
}

t.test('braces stand for one path each', async (t) => {
  t.strictSame(pathsIn('`src/words/{en,ko}/cli.ts` and `ip netns`, `src/core/*/x.ts`'), [
    'src/words/en/cli.ts',
    'src/words/ko/cli.ts',
  ]);
});

/** A path with a star or an invented name in capitals stands for many, and is left out. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(path)]
    .map(([, named = '']) => named)
    .filter((named) => !/[*A-Z]/.test(named))
    .flatMap(expanded);
}

function expanded(named: string): string[] {
  const [whole, inside = ''] = /\{([^}]*)\}/.exec(named) ?? [];
  return whole === undefined
    ? [named]
    : inside.split(',').flatMap((one) => expanded(named.replace(whole, one)));
}
