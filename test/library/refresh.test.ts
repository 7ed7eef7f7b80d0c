import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { Library } from '../../src/library/library.ts';

const shipped = new URL('../../labs/switching-routing/default-gateway', import.meta.url).pathname;

t.test('reads the files that an author edits again, and no others', async (t) => {
  const root = t.testdir({ mine: {} });
  const place = join(root, 'mine', 'default-gateway');
  const library = await Library.read([root]);
  t.strictSame(library.list(), []);
  await cp(shipped, place, { recursive: true });
  await library.refresh();
  const first = library.get('default-gateway');
  await library.refresh();
  t.equal(library.get('default-gateway'), first, 'unchanged files are not read again');

  const yaml = join(place, 'lab.yaml');
  const before = await readFile(yaml, 'utf8');
  await writeFile(yaml, before.replace(/^minutes: .*$/m, 'minutes: 77'));
  await library.refresh();
  t.equal(library.get('default-gateway').minutes, 77);

  await writeFile(yaml, before.replace(/^minutes: .*$/m, 'minuts: 77'));
  await library.refresh();
  t.throws(() => library.get('default-gateway'), {
    code: 'lab-broken',
    message: /lab\.yaml:\d+:\d+: unknown key minuts; did you mean minutes\?; see hoplab lint/,
  });
  t.match(library.broken, [{ id: 'default-gateway', track: 'mine', directory: place }]);
  await writeFile(yaml, before);
  await library.refresh();
  t.equal(library.get('default-gateway').minutes, first.minutes);
  // Its prerequisite is missing here; that makes no lab unusable.
  t.notOk(library.broken.some(({ id }) => id !== null));
  await rm(place, { recursive: true });
  await library.refresh();
  t.throws(() => library.get('default-gateway'), { code: 'lab-not-found' });
});
