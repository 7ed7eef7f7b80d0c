import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { bash, root } from './bash.ts';

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

t.test('Node is the program whose checksum SECURITY.md names', async (t) => {
  const program = readFileSync(join(root, 'node_modules', `node-linux-${process.arch}`, 'bin/node'));
  const sum = createHash('sha256').update(program).digest('hex');
  t.match(readFileSync(join(root, 'SECURITY.md'), 'utf8'), `\`${sum}\` (${process.arch})`);
  t.match(readFileSync(join(root, 'SECURITY.md'), 'utf8'), `archive of ${process.version.slice(1)} must`);
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

t.test(
  'a source newer than what was built of it is built; what is built or compiled is no source',
  async (t) => {
    const folder = t.testdir();
    const stamp = join(folder, 'stamp');
    const source = (path: string, time: number) => {
      const file = join(folder, 'src', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, '');
      utimesSync(file, time, time);
    };
    const outdated = async () => {
      const said = await bash(`outdated ${stamp} ${folder}/src && echo yes || echo no`, {});
      t.equal(said.stderr, '');
      return said.stdout.trim();
    };
    source('py/main.py', 1000);
    t.equal(await outdated(), 'yes', 'nothing was built');
    writeFileSync(stamp, '');
    utimesSync(stamp, 2000, 2000);
    t.equal(await outdated(), 'no');
    source('web/dist/index.html', 3000);
    source('py/__pycache__/main.cpython-313.pyc', 3000);
    t.equal(await outdated(), 'no');
    source('py/main.py', 3000);
    t.equal(await outdated(), 'yes');
    rmSync(join(folder, 'src/py/main.py'));
    t.equal(await outdated(), 'no');
  },
);
