import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { LearnedSteps } from '../../src/session/learned-steps.ts';

t.test('keeps each done step once, over restarts and a truncated line', async (t) => {
  const file = join(t.testdir(), 'state', 'learned.jsonl');
  const first = await LearnedSteps.open(file);
  t.strictSame(first.of('lab'), []);
  first.note('lab', 'one');
  first.note('lab', 'one');
  first.note('lab', 'two');
  await first.written();
  t.equal(readFileSync(file, 'utf8').split('\n').length, 3, 'two lines');
  appendFileSync(file, '{"lab":"la');
  const second = await LearnedSteps.open(file);
  t.strictSame(second.of('lab'), ['one', 'two']);
  second.note('lab', 'three');
  await second.written();
  t.strictSame((await LearnedSteps.open(file)).of('lab'), ['one', 'two', 'three']);
  t.strictSame((await LearnedSteps.open(file)).of('other'), []);
});

t.test('labs go on if the disk cannot be written', async (t) => {
  const directory = t.testdir({ file: '' });
  const learned = await LearnedSteps.open(join(directory, 'file', 'learned.jsonl'));
  learned.note('lab', 'one');
  await learned.written();
  t.strictSame(learned.of('lab'), ['one']);
});
