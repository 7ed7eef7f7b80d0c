import { execFileSync } from 'node:child_process';
import t from 'tap';

const source = new URL('../../src/kernel/machine/uid-range.ts', import.meta.url).href;

/** Takes a range of a registry with so many inodes, then with room again; says what came of it and what is there. */
const tries = `
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
const { takeUidBase } = await import('${source}');
const [, directory = ''] = process.argv;
const take = () => takeUidBase('/run/nobody', directory).then(() => 'taken', ({ code }) => code);
const said = [await take(), readdirSync(directory).length];
execFileSync('mount', ['-o', 'remount,nr_inodes=10', directory]);
said.push(await take(), readdirSync(directory).length);
console.log(JSON.stringify(said));
`;

t.test('a full registry burns no range', (t) => {
  const directory = t.testdir();
  // The name that is written aside takes the second inode, and its link would take a third.
  const lines = `mount -t tmpfs -o nr_inodes=2 none ${directory} && exec "$0" --input-type=module -e "$1" ${directory}`;
  const args = ['--mount', '--propagation', 'private', 'sh', '-c', lines, process.execPath, tries];
  const said = execFileSync('unshare', args, { encoding: 'utf8' });
  t.strictSame(JSON.parse(said), ['machine-failed', 0, 'taken', 1]);
  t.end();
});
