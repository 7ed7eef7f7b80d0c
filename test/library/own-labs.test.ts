import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { OwnLabs } from '../../src/library/own-labs.ts';

const contents = (directory: string) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();

t.test('a saved lab takes the place of the former one, and loses no other', async (t) => {
  const root = join(t.testdir({}), 'labs');
  const own = await OwnLabs.in(root);
  const files = (text: string) => ({ 'lab.yaml': text, 'en.md': text, 'ko.md': text });
  await Promise.all(['first', 'second', 'third'].map((id) => own.keep(id, files(id))));
  await own.keep('first', { 'lab.yaml': 'anew', 'en.md': 'anew', '../../outside': 'never' });
  t.strictSame(contents(join(root, '..')), [
    ...['labs/own/first/en.md', 'labs/own/first/lab.yaml'],
    ...['second', 'third'].flatMap((id) =>
      ['en.md', 'ko.md', 'lab.yaml'].map((name) => `labs/own/${id}/${name}`),
    ),
    'labs/own/track.yaml',
  ]);
  t.equal(readFileSync(join(root, 'own/first/lab.yaml'), 'utf8'), 'anew');
  t.strictSame(parse(readFileSync(join(root, 'own/track.yaml'), 'utf8')).labs, ['first', 'second', 'third']);
});

t.test('there are only so many saved labs', async (t) => {
  const root = join(t.testdir({}), 'labs');
  const own = await OwnLabs.in(root);
  for (let count = 0; count < 499; count++) mkdirSync(join(root, 'own', `lab-${count}`));
  await own.keep('last', { 'lab.yaml': 'x' });
  await t.rejects(own.keep('one-more', { 'lab.yaml': 'x' }), { code: 'argument-invalid' });
  await own.keep('last', { 'lab.yaml': 'y' });
  t.equal(readFileSync(join(root, 'own/last/lab.yaml'), 'utf8'), 'y', 'those that are there can be changed');
  await own.remove('lab-0');
  await own.keep('one-more', { 'lab.yaml': 'x' });
  t.equal(contents(join(root, '..')).length, 3);
});

t.test('a deleted lab is gone with its directory and from its track', async (t) => {
  const root = join(t.testdir({}), 'labs');
  const own = await OwnLabs.in(root);
  for (const id of ['first', 'second']) await own.keep(id, { 'lab.yaml': id });
  t.equal(await own.remove('first'), true);
  t.equal(await own.remove('first'), false, 'once only');
  t.equal(await own.remove('../own'), false, 'no path');
  t.strictSame(contents(join(root, '..')), ['labs/own/second/lab.yaml', 'labs/own/track.yaml']);
  t.strictSame(parse(readFileSync(join(root, 'own/track.yaml'), 'utf8')).labs, ['second']);
});

t.test('where it cannot be written, the former one stays, and the next is kept', async (t) => {
  const directory = t.testdir({ labs: { own: { one: { 'lab.yaml': 'former', 'en.md': { taken: '' } } } } });
  const own = await OwnLabs.in(join(directory, 'labs'));
  await t.rejects(own.keep('one', { 'en.md': 'new' }));
  await own.keep('other', { 'lab.yaml': 'new' });
  t.strictSame(contents(directory), [
    ...[
      'labs/own/one/en.md/taken',
      'labs/own/one/lab.yaml',
      'labs/own/other/lab.yaml',
      'labs/own/track.yaml',
    ],
  ]);
});
