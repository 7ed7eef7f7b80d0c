import { execFileSync } from 'node:child_process';
import t from 'tap';

const source = new URL('../../src/kernel/place/record.ts', import.meta.url).href;

/** Writes a record on a full disk, then with room again; says what came of it and what is there. */
const tries = `
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
const { writeRecord } = await import('${source}');
const [, directory = ''] = process.argv;
const write = () =>
  writeRecord(directory, { id: 'one', uidBase: 1, pid: null, startTime: null }).then(
    () => 'written',
    ({ code, message, data }) => [code, message, data.file],
  );
const filler = directory + '/filler';
try { writeFileSync(filler, Buffer.alloc(1 << 20)); } catch {}
const said = [await write(), readdirSync(directory)];
rmSync(filler);
said.push(await write(), readdirSync(directory));
console.log(JSON.stringify(said));
`;

t.test('a full run directory refuses a record with its code, and keeps no half of it', (t) => {
  const directory = t.testdir();
  const lines = `mount -t tmpfs -o size=16k none ${directory} && exec "$0" --input-type=module -e "$1" ${directory}`;
  const args = ['--mount', '--propagation', 'private', 'sh', '-c', lines, process.execPath, tries];
  const said = JSON.parse(execFileSync('unshare', args, { encoding: 'utf8' }));
  const file = `${directory}/one.json`;
  t.match(said, [
    ['machine-failed', /one\.json could not be written: ENOSPC/, file],
    ['filler'],
    'written',
    ['one.json'],
  ]);
  t.end();
});
