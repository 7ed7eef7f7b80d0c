import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';

const root = new URL('../', import.meta.url).pathname;
const workspace = new URL('../../../', import.meta.url).pathname;
const env = {
  ...process.env,
  PATH: `${workspace}node_modules/.bin:${process.env.PATH}`,
  npm_config_loglevel: 'error',
};

/** The README's first example, with its promises (`// true`) made into checks. */
function firstExample(): string {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  return code.replace(/^(.+); \/\/ (.+)$/gm, 'same($1, $2);');
}

t.test('the package, as published, works where only it is installed', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'iptables-parser-package-'));
  const run = (cwd: string, file: string, ...argv: string[]): string =>
    // tap adds its hooks to every child's NODE_OPTIONS; npm and tsc are run as a user runs them.
    execFileSync('env', ['-u', 'NODE_OPTIONS', file, ...argv], { cwd, env, encoding: 'utf8' });
  try {
    run(root, 'npm', 'run', 'build');
    run(join(root, 'dist'), 'npm', 'pack', '--pack-destination', folder);
    const [tarball = ''] = readdirSync(folder);
    t.match(tarball, /^iptables-parser-ts-\d+\.\d+\.\d+\.tgz$/);

    writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }');
    run(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', `./${tarball}`);
    const installed = join(folder, 'node_modules', 'iptables-parser-ts');
    for (const file of ['index.js', 'index.d.ts', 'package.json', 'README.md', 'CHANGELOG.md', 'LICENSE']) {
      t.ok(readFileSync(join(installed, file), 'utf8').length > 0, file);
    }
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    const declared = readFileSync(join(installed, 'index.d.ts'), 'utf8');
    t.notMatch(declared, /\.ts'/, 'declarations name what is there');
    t.same(
      files.filter((f) => /(?<!\.d)\.ts$/.test(f) || f.includes('test')),
      [],
      'no sources, no tests',
    );

    const example = firstExample();
    t.equal(example.match(/^same\(/gm)?.length, 5, 'the example has five promises');
    const script = `import { deepStrictEqual as same } from 'node:assert';\n${example}\nconsole.log('done');\n`;
    writeFileSync(join(folder, 'example.js'), script);
    t.equal(run(folder, process.execPath, 'example.js'), 'done\n', 'plain node runs the first example');

    const typed = `import { type Match, parseRule, type Target } from 'iptables-parser-ts';
const port = (m: Match) => (m.kind === 'tcp' ? m.destinationPort?.value.from : undefined);
const to = (t: Target | undefined): string | undefined => (t?.kind === 'DNAT' ? t.to.addresses?.from : undefined);
const mark: Match = { kind: 'mark', mark: { negated: false, value: { value: 1, mask: 1 } } };
const rule = parseRule('-A X -j DROP');
// @ts-expect-error a mark match has its mark
const bad: Match = { kind: 'mark' };
console.log(port(mark), to(rule.target), bad);
`;
    writeFileSync(join(folder, 'user.ts'), typed);
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', ''];
    t.doesNotThrow(() => run(folder, 'tsc', ...flags, 'user.ts'), 'its types serve a strict program');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
