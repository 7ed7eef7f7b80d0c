import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import t from 'tap';
import type { Lab } from '../../src/core/lab/lab.ts';
import { KeptReadings } from '../../src/library/kept-readings.ts';
import { Library } from '../../src/library/library.ts';
import { ownLab } from '../web/support/own-lab.ts';

const shipped = new URL('../../labs', import.meta.url).pathname;

t.test('labs that were kept are the labs that were read', async (t) => {
  const file = join(t.testdir(), 'labs-read');
  const read = await Library.read([shipped], new KeptReadings(file, 'one'));
  const kept = await Library.read([shipped], new KeptReadings(file, 'one'));
  t.ok(read.list().length > 0);
  t.strictSame(kept.list(), read.list());
  t.strictSame(kept.tracks, read.tracks);
  t.strictSame(kept.broken, read.broken);
});

t.test('they are taken up by the same build, while their files are as they were', async (t) => {
  const root = t.testdir({ labs: { mine: { own: ownLab({ id: 'own', en: 'Own', ko: '내 것' }) } } });
  const [labs, file] = [join(root, 'labs'), join(root, 'labs-read')];
  const titles = async (build: string) =>
    (await Library.read([labs], new KeptReadings(file, build))).list().map(({ title }) => title.en);
  t.strictSame(await titles('one'), ['Own']);
  // The only sign of where a lab comes from.
  const kept = deserialize(readFileSync(file)) as { readings: Map<string, { read: { lab?: Lab } }> };
  for (const { read } of kept.readings.values()) if (read.lab) read.lab.title.en = 'Kept';
  writeFileSync(file, serialize(kept));
  t.strictSame(await titles('one'), ['Kept']);
  t.strictSame(await titles('two'), ['Own'], 'another build reads anew, and keeps that');
  t.strictSame(await titles('two'), ['Own']);
  const yaml = join(labs, 'mine', 'own', 'lab.yaml');
  writeFileSync(yaml, readFileSync(yaml, 'utf8').replace('en: Own', 'en: Edited'));
  t.strictSame(await titles('two'), ['Edited']);
  writeFileSync(file, 'no readings');
  t.strictSame(await titles('two'), ['Edited']);
});

t.test('the first start takes up what set-up has read', async (t) => {
  const root = t.testdir({ labs: { mine: { own: ownLab({ id: 'own', en: 'Own', ko: '내 것' }) } } });
  const [labs, file, ahead] = ['labs', 'labs-read', 'ahead'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  await Library.read([labs], new KeptReadings(ahead, 'one'));
  const kept = deserialize(readFileSync(ahead)) as { readings: Map<string, { read: { lab?: Lab } }> };
  for (const { read } of kept.readings.values()) if (read.lab) read.lab.title.en = 'Ahead';
  writeFileSync(ahead, serialize(kept));
  const titles = async (build: string) =>
    (await Library.read([labs], new KeptReadings(file, build, ahead))).list().map(({ title }) => title.en);
  t.strictSame(await titles('one'), ['Ahead']);
  t.strictSame(await titles('two'), ['Own'], 'another build reads anew');
});
