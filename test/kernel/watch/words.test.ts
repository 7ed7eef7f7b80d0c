import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import t from 'tap';
import { changeKinds } from '../../../src/core/check/changes.ts';
import { Malformed } from '../../../src/kernel/exec/untrusted.ts';
import { Words } from '../../../src/kernel/watch/words.ts';

function heard() {
  const spoken: string[] = [];
  const words = new Words({
    ready: () => spoken.push('ready'),
    changed: (kinds) => spoken.push(`changed ${kinds.join(' ')}`),
    stale: () => spoken.push('stale'),
    looked: (kinds) => spoken.push(`looked ${kinds.join(' ')}`.trim()),
  });
  return { spoken, take: (text: string) => words.take(Buffer.from(text)), end: () => words.end() };
}

t.test('reports lines however they are cut, and joins those that come quickly', async (t) => {
  const { spoken, take, end } = heard();
  for (const letter of 'ready\nchanged links\n') take(letter);
  t.strictSame(spoken, ['ready', 'changed links']);
  take('changed routes\nchanged rules routes\nstale\n');
  t.strictSame(spoken.splice(0), ['ready', 'changed links']);
  while (spoken.length < 2) await setTimeout(5);
  t.strictSame(spoken.splice(0), ['changed routes rules', 'stale']);
  take('changed files\nlooked\nlooked processes\n');
  t.strictSame(
    spoken,
    ['changed files', 'looked', 'looked processes'],
    'before the answer comes what was before it',
  );
  end();
});

t.test('reports nothing after the end', async (t) => {
  const { spoken, take, end } = heard();
  take('changed links\nchanged routes\n');
  end();
  await setTimeout(120);
  t.strictSame(spoken, ['changed links']);
});

t.test('a line that no watch prints is malformed', async (t) => {
  for (const text of [
    'hello\n',
    'changed\n',
    'changed __proto__\n',
    'looked links nonsense\n',
    'ready now\n',
    '\n',
  ])
    t.throws(() => heard().take(text), Malformed, JSON.stringify(text));
  t.throws(() => heard().take('changed'.padEnd(5000, ' ')), Malformed, 'a line without an end');
});

t.test('ends a flood, and reports hardly any of it', async (t) => {
  const { spoken, take, end } = heard();
  let lines = 0;
  t.throws(() => {
    for (; lines < 1e6; lines++) take('changed rules\nstale\n');
  }, Malformed);
  t.ok(lines < 3000, `${spoken} lines were read`);
  t.ok(spoken.length < 10, `${spoken.length} were told`);
  end();
});

t.test('no bytes lead to anything but that', async () => {
  const line = fc.oneof(
    fc.subarray([...changeKinds]).map((kinds) => `changed ${kinds.join(' ')}\n`),
    fc.constantFrom('ready\n', 'stale\n', 'looked\n', 'looked listeners\n'),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (spoken) => {
      const { take, end } = heard();
      try {
        for (const each of spoken) take(each);
      } catch (error) {
        return error instanceof Malformed;
      } finally {
        end();
      }
      return true;
    }),
  );
});
