import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deserialize } from 'node:v8';
import t from 'tap';

const cli = fileURLToPath(new URL('../../src/cli/', import.meta.url));
const vite = fileURLToPath(new URL('../../node_modules/.bin/vite', import.meta.url));
const place = `${cli}dist/test-${process.pid}`;
const run = promisify(execFile);

/** The output of a command line, and its exit code, without a daemon. */
async function outputOf(main: string, args: readonly string[]) {
  const env = { ...process.env, HOPLAB_RUN: '/nonexistent', COLUMNS: '80' };
  const ran = run(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], { env });
  const { stdout, stderr, code } = await ran.then(
    (good) => ({ ...good, code: 0 }),
    (bad: { stdout: string; stderr: string; code: number }) => bad,
  );
  return { stdout, stderr, code };
}

t.test('the built command line prints the same as its sources', async (t) => {
  t.teardown(() => rmSync(place, { recursive: true, force: true }));
  await run(vite, ['build', '--config', `${cli}vite.config.ts`, '--outDir', place, '--logLevel', 'error']);
  for (const args of [
    ['--version'],
    ['--help'],
    ['trace', '--help', '--lang', 'ko'],
    ['status'],
    ['nothing'],
    ['schema'],
    ['schema', 'nothing'],
    ['doctor', '--nothing'],
  ]) {
    const [built, sources] = await Promise.all([
      outputOf(`${place}/hoplab.cjs`, args),
      outputOf(`${cli}main.ts`, args),
    ]);
    t.strictSame(built, sources, args.join(' '));
    t.ok(built.stdout.length + built.stderr.length > 0);
  }
});

t.test('set-up has read every lab for the first start of the built daemon', async (t) => {
  const dist = fileURLToPath(new URL('../../src/dist/', import.meta.url));
  const { build, readings } = deserialize(readFileSync(`${dist}labs-read`)) as {
    build: string;
    readings: Map<string, unknown>;
  };
  t.ok(readFileSync(`${dist}main.js`, 'utf8').includes(build), 'by this build');
  const labs = fileURLToPath(new URL('../../labs', import.meta.url));
  const files = readdirSync(labs, { recursive: true, withFileTypes: true }).filter(
    ({ name }) => name === 'lab.yaml',
  );
  t.strictSame(
    files.map(({ parentPath }) => parentPath).filter((place) => !readings.has(place)),
    [],
  );
});
