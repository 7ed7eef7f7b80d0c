import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { Journal } from '../../src/session/journal.ts';
import { type Entry, lineOf } from '../../src/session/journal-line.ts';
import { newProgress } from '../../src/session/progress.ts';
import { storeProgress } from '../../src/session/stored-progress.ts';

const first: Entry = { kind: 'session', id: 'abcd', lab: 'lab', startedAt: 1 };
const event = (number: number): Entry => ({
  kind: 'event',
  number,
  at: number,
  event: { type: 'step-done', step: `step ${number}, 단계` },
});

t.test('a full disk rejects with its code; when there is room again nothing is missing', async (t) => {
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

t.test('a missing directory rejects with the same code', async (t) => {
  const directory = join(t.testdir(), 'gone');
  const journal = Journal.at(directory, 'abcd');
  await t.rejects(journal.append([first]), { code: 'journal-failed', message: /ENOENT/ });
  mkdirSync(directory);
  await journal.append([event(1)]);
  t.strictSame(await journal.read(), [first, event(1)]);
});

t.test(
  'a broken end is left out, copied beside the file before it is cut, and the file goes on',
  async (t) => {
    const good = lineOf([first]) + lineOf([event(1)]);
    const [changed] = lineOf([event(2)]).split('"at":2');
    for (const [name, broken] of [
      ['half a line', lineOf([event(2)]).slice(0, 30)],
      ['a line of zeros', `${'\0'.repeat(64)}\n`],
      ['a half line that another one followed', `${lineOf([event(2)]).slice(0, 30)}${lineOf([event(3)])}`],
      ['a line that says something else', `${changed}"at":7${lineOf([event(2)]).split('"at":2')[1]}`],
      ['a line without its sum', `${JSON.stringify([event(2)])}\n`],
      ['half a character', Buffer.from('{"kind":"단').subarray(0, -1)],
    ] as const) {
      const directory = t.testdir();
      const file = join(directory, 'abcd.jsonl');
      writeFileSync(file, good);
      appendFileSync(file, broken);
      const all = readFileSync(file);
      const warnings: string[] = [];
      const journal = Journal.at(directory, 'abcd', (words) => warnings.push(words));
      t.strictSame(await journal.read(), [first, event(1)], name);
      t.match(warnings, [/broken end/]);
      t.same(readFileSync(file), all, 'reading changes nothing');
      await journal.append([event(2)]);
      t.equal(readFileSync(file, 'utf8'), good + lineOf([event(2)]));
      t.same(readFileSync(`${file}.broken`), all);
      t.strictSame(await Journal.at(directory, 'abcd').read(), [first, event(1), event(2)]);
    }
  },
);

t.test('entries of one moment make one line: it is there as a whole, or not at all', async (t) => {
  const directory = t.testdir();
  const journal = Journal.at(directory, 'abcd');
  await journal.append([first]);
  await Promise.all([
    journal.append([event(1)]),
    journal.append([event(2)], true),
    journal.append([event(3)]),
  ]);
  const file = join(directory, 'abcd.jsonl');
  t.equal(readFileSync(file, 'utf8'), lineOf([first]) + lineOf([event(1), event(2), event(3)]));
});

const progress = { kind: 'progress', last: 9, progress: storeProgress(newProgress('one')) } as const;

t.test(
  'a shortened file has the session, its machine and the kept events; entries appended meanwhile come after',
  async (t) => {
    const directory = t.testdir();
    const machine: Entry = { kind: 'machine', id: 'm', previous: null };
    const kept = { ...event(9), kind: 'event' } as Entry & { kind: 'event' };
    const journal = Journal.at(directory, 'abcd');
    await journal.append([first, { ...machine, id: 'older' }]);
    const writing = journal.append([event(1)]);
    await new Promise(setImmediate);
    await Promise.all([
      writing,
      journal.append([machine, kept]),
      journal.shorten(progress, [kept]),
      journal.append([event(10)]),
    ]);
    t.strictSame(await Journal.at(directory, 'abcd').read(), [first, progress, machine, kept, event(10)]);
  },
);

t.test('a file that cannot be written anew stays as it is, and is appended to', async (t) => {
  const directory = t.testdir();
  mkdirSync(join(directory, 'abcd.jsonl.new'));
  const warnings: string[] = [];
  const journal = Journal.at(directory, 'abcd', (words) => warnings.push(words));
  await journal.append([first]);
  await Promise.all([journal.append([event(1)]), journal.shorten(progress, [])]);
  t.match(warnings, [/could not be shortened/]);
  t.strictSame(await journal.read(), [first, event(1)]);
});
