import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { root } from './bash.ts';

t.test('installing the node modules runs no program of theirs', async (t) => {
  const scripts = readdirSync(join(root, 'scripts'), {
    recursive: true,
    encoding: 'utf8',
    withFileTypes: true,
  });
  const lines = scripts
    .filter((entry) => entry.isFile() && !/\.(txt|service)$/.test(entry.name))
    .flatMap(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8').split('\n'))
    .filter((line) => /\bnpm (ci|i|install)\b/.test(line));
  t.ok(lines.length > 0);
  for (const line of lines) t.match(line, '--ignore-scripts');
});

t.test('no package needs one', async (t) => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  t.ok(Object.keys(packages).length > 100);
  t.strictSame(
    Object.keys(packages).filter((name) => packages[name]?.hasInstallScript),
    [],
  );
});
