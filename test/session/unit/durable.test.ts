import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { asker } from '../../../src/session/asker.ts';
import { EventLog } from '../../../src/session/event-log.ts';
import { Journal } from '../../../src/session/journal.ts';
import { type Entry, entriesIn, lineOf } from '../../../src/session/journal-line.ts';
import { newProgress } from '../../../src/session/progress.ts';
import { readSession } from '../../../src/session/read-session.ts';
import { unitLab } from '../../support/fake/lab.ts';
import { due, fakePlace } from '../../support/fake/place.ts';

t.test('a journal cut at any place has its machine at the step of its progress', async (t) => {
  const { sessions, machines, directory } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  const session = sessions.of(id);
  const stepOf = new Map([[machines.last.id, 'cable']]);
  const note = (step: string) => stepOf.set(machines.last.id, step);
  await session.enter('green', 'goto');
  note('green');
  await session.enter('forwarding', 'goto');
  note('forwarding');
  await session.undo();
  await session.undo();
  await session.reset();
  note('forwarding');
  await session.break(1);
  note('forwarding');
  const lines = readFileSync(join(directory, `${id}.jsonl`), 'utf8').split(/(?<=\n)/);
  t.ok(lines.length > 6);
  for (let count = 2; count <= lines.length; count++) {
    const cut = t.testdir({ [`${id}.jsonl`]: lines.slice(0, count).join('') });
    const read = await readSession(id, Journal.at(cut, id), unitLab, t.fail);
    t.equal(read?.progress.step, stepOf.get(read?.place?.id ?? ''), `after ${count} lines`);
    t.equal(read?.progress.practice !== null, (read?.place?.mistake ?? null) !== null);
  }
});

t.test('an old session is forgotten event by event, and is where it was after a restart', async (t) => {
  const { sessions, directory, open, warnings } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  await sessions.of(id).apply('all');
  const size = () => readFileSync(join(directory, `${id}.jsonl`)).length;
  let largest = 0;
  for (let round = 0; round < 250; round++) {
    await sessions.of(id).check('all');
    largest = Math.max(largest, size());
  }
  const before = sessions.get(id);
  t.ok(before.lastEvent > 600, `${before.lastEvent} events`);
  t.ok(size() <= largest && largest < 1_000_000, `${largest} bytes at most`);
  const from = sessions.of(id).from(0);
  t.ok(from >= before.lastEvent - 200 && from < before.lastEvent - 80, 'the newest are told again');
  t.equal(sessions.of(id).from(null), before.lastEvent);
  t.equal(sessions.of(id).from(before.lastEvent + 7), before.lastEvent);
  const again = await open();
  // How long it took to make the machine is not on record.
  t.same(again.get(id), { ...before, machine: { ...before.machine, milliseconds: 0 } });
  const numbers: number[] = [];
  again.of(id).subscribe(from, ({ number }) => numbers.push(number))();
  t.same([numbers[0], numbers.at(-1), numbers.length], [from + 1, before.lastEvent, before.lastEvent - from]);
  t.same(warnings, []);
});

t.test('a file nobody can read costs its own session, and is kept', async (t) => {
  const { sessions, directory, open, warnings } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  const file = join(directory, `${id}.jsonl`);
  const good = readFileSync(file, 'utf8');
  writeFileSync(join(directory, 'line.jsonl'), good.slice(1));
  writeFileSync(join(directory, 'none.jsonl'), '');
  mkdirSync(join(directory, 'dir.jsonl'));
  execFileSync('mkfifo', [join(directory, 'fifo.jsonl')]);
  // Their checksums are right.
  const verdict = {
    type: 'verdict',
    verdict: { step: 'cable', check: 'a', status: 'pass', reason: '__proto__' },
  };
  const odd = {
    ...{ event: { kind: 'event', number: 1, at: 1, event: null }, value: null },
    verdict: { kind: 'event', number: 99, at: 1, event: verdict },
    progress: { kind: 'progress', last: 99, progress: { step: 'cable', doneAt: 7 } },
  };
  for (const [name, entry] of Object.entries(odd))
    writeFileSync(
      join(directory, `${name}.jsonl`),
      renamed(good, id, name) + lineOf([entry as unknown as Entry]),
    );
  // The session and machine in it are the other file's.
  writeFileSync(join(directory, 'copy.jsonl'), good);
  const again = await open();
  t.same(
    again.list().map((each) => each.id),
    [id],
  );
  t.same(
    readdirSync(directory).sort(),
    ['copy', 'dir', 'event', 'fifo', 'line', 'none', 'progress', 'value', 'verdict']
      .map((name) => `${name}.jsonl.broken`)
      .concat(`${id}.jsonl`)
      .sort(),
  );
  t.equal(warnings.filter((words) => words.startsWith('a session is left out')).length, 9);
});

const entriesOf = (text: string): Entry[] => text.split('\n').flatMap((line) => entriesIn(line) ?? []);

/** A journal as that of another session. */
const renamed = (text: string, from: string, to: string): string =>
  entriesOf(text)
    .map((entry) => lineOf([JSON.parse(JSON.stringify(entry).replaceAll(from, to))]))
    .join('');

t.test('if nothing can be written: checks are answered, a stop ends, and reports the rest', async (t) => {
  const { sessions, machines, directory, warnings } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  const file = join(directory, `${id}.jsonl`);
  renameSync(file, `${file}.away`);
  mkdirSync(file);
  t.ok((await sessions.of(id).check(null)).every(({ status }) => status === 'pass'));
  await t.rejects(sessions.of(id).reset(), { code: 'journal-failed' });
  await t.rejects(sessions.stop(id), { code: 'journal-failed', data: { file } });
  t.same([sessions.list(), machines.alive], [[], []]);
  t.equal(warnings.length, 1, 'told once');
});

t.test('what a full disk refuses for long is kept once, and written when there is room again', async (t) => {
  const { sessions, directory, open, warnings } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  await sessions.of(id).apply('all');
  const file = join(directory, `${id}.jsonl`);
  renameSync(file, `${file}.away`);
  mkdirSync(file);
  while (sessions.get(id).lastEvent < 800) await sessions.of(id).check('all');
  rmdirSync(file);
  renameSync(`${file}.away`, file);
  await sessions.of(id).check('all');
  const entries = entriesOf(readFileSync(file, 'utf8'));
  t.ok(entries.length < 220, `${entries.length} entries`);
  t.equal(warnings.filter((words) => /could not be written/.test(words)).length, 1);
  const before = sessions.get(id);
  t.same((await open()).get(id), { ...before, machine: { ...before.machine, milliseconds: 0 } });
});

t.test('events of long output are forgotten earlier than others', async (t) => {
  const directory = t.testdir();
  const journal = Journal.at(directory, 'long');
  await journal.append([{ kind: 'session', id: 'long', lab: 'unit', startedAt: 1 }]);
  const log = new EventLog(journal, newProgress('cable'));
  const line = { type: 'line', step: 'cable', on: 'host', run: 'true', exitCode: 0 } as const;
  for (let count = 0; count < 400; count++) await log.add({ ...line, output: 'x'.repeat(60_000) });
  await log.add({ ...line, output: 'x'.repeat(5_000_000) });
  t.equal(log.from(0), 400, 'the newest is there, however long it is');
  for (let count = 0; count < 40; count++) await log.add({ ...line, output: 'x'.repeat(60_000) });
  t.ok(readFileSync(join(directory, 'long.jsonl')).length < 2_300_000);
  const numbers: number[] = [];
  log.subscribe(0, ({ number }) => numbers.push(number))();
  t.ok(numbers.length >= 17 && numbers.length < 40, `${numbers.length} events`);
  t.equal(numbers.at(-1), 441);
});

t.test('a session that has ended takes no more work', async (t) => {
  const { sessions, machines } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  const session = sessions.of(id);
  const behind = [
    session.check(null),
    sessions.stop(id),
    session.reset(),
    session.enter('green', 'goto'),
    session.check(null),
    sessions.stop(id),
  ].map((work) =>
    work.then(
      () => 'done',
      ({ code }) => code,
    ),
  );
  const gone = 'session-not-found';
  t.match(await Promise.all(behind), [/interrupted|done/, 'done', gone, gone, gone, gone]);
  t.same([machines.made.length, machines.alive], [1, []]);
});

t.test('work that waits for a client that has gone does not begin', async (t) => {
  const { sessions, machines } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  const client = new AbortController();
  const first = sessions.of(id).check(null);
  const its = asker.run(client.signal, () => sessions.of(id).hint());
  const other = sessions.of(id).topology();
  client.abort();
  await t.rejects(its, { code: 'interrupted', message: /client has gone/ });
  await Promise.all([first, other]);
  await due();
  t.equal(machines.alive.length, 1);
});

t.test('sessions keep their order over a restart, also where the clock was set back', async (t) => {
  const { sessions, open } = await fakePlace(t);
  const { now } = Date;
  t.teardown(() => {
    Date.now = now;
  });
  const first = await sessions.start('unit', null);
  Date.now = () => now() - 3_600_000;
  const second = await sessions.start('unit', null);
  const again = await open();
  t.strictSame(
    again.list().map(({ id }) => id),
    [first.id, second.id],
  );
});
