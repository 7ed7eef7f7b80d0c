import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { type Entry, Journal } from '../../src/session/journal.ts';

const first: Entry = { kind: 'session', id: 'abcd', lab: 'lab', startedAt: 1 };
const event = (number: number): Entry => ({
  kind: 'event',
  number,
  at: number,
  event: { type: 'step-done', step: `step ${number}, 단계` },
});

t.test('a full disk is said with its code; when there is room again nothing is missing', async (t) => {
  const directory = t.testdir();
  const file = join(directory, 'abcd.jsonl');
  const journal = Journal.at(directory, 'abcd');
  symlinkSync('/dev/full', file);
  await t.rejects(journal.append([first]), { code: 'journal-failed', message: /ENOSPC/, data: { file } });
  await t.rejects(journal.append([event(1)], true), { code: 'journal-failed' });
  rmSync(file);
  await journal.append([event(2)]);
  t.strictSame(await journal.read(), [first, event(1), event(2)]);
  await journal.append([event(3)]);
  t.strictSame(await journal.read(), [first, event(1), event(2), event(3)], 'each once');
});

t.test('a directory that is gone is said with the same code', async (t) => {
  const directory = join(t.testdir(), 'gone');
  const journal = Journal.at(directory, 'abcd');
  await t.rejects(journal.append([first]), { code: 'journal-failed', message: /ENOENT/ });
  mkdirSync(directory);
  await journal.append([event(1)]);
  t.strictSame(await journal.read(), [first, event(1)]);
});

t.test('what a crash left broken is cut off, and the file goes on from there', async (t) => {
  const good = [first, event(1)].map((entry) => `${JSON.stringify(entry)}\n`).join('');
  for (const [name, broken] of [
    ['half a line', '{"kind":"event","number":2'],
    ['a line of zeros', `${'\0'.repeat(64)}\n`],
    ['a half line that another one followed', `{"kind":"ev${JSON.stringify(event(3))}\n`],
    ['JSON that is no entry', 'null\n'],
    ['an entry of a kind nobody knows', '{"kind":"other"}\n'],
    ['half a character', Buffer.from('{"kind":"단').subarray(0, -1)],
  ] as const) {
    const directory = t.testdir();
    const file = join(directory, 'abcd.jsonl');
    writeFileSync(file, good);
    appendFileSync(file, broken);
    const journal = Journal.at(directory, 'abcd');
    t.strictSame(await journal.read(), [first, event(1)], name);
    t.equal(readFileSync(file, 'utf8'), good);
    await journal.append([event(2)]);
    t.strictSame(await journal.read(), [first, event(1), event(2)]);
  }
});
