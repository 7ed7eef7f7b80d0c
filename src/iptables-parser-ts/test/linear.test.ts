import t from 'tap';
import { parseSave, serializeSave } from '../src/index.ts';
import { saved } from './support/corpus.ts';

const rules = saved()
  .flatMap(({ text }) => text.split('\n'))
  .filter((line) => line.startsWith('-A ') && !line.includes('! -i +'));

/** A save of so many rules, of every kind in turn. */
function saveOf(count: number): string {
  const lines = Array.from({ length: count }, (_, i) => rules[i % rules.length]);
  return `*filter\n${lines.join('\n')}\nCOMMIT\n`;
}

/** CPU time is counted in ticks of up to 10 ms; so much of it is worth dividing, in microseconds. */
const worth = 80_000;

/**
 * CPU time of this thread for one run, in microseconds, the lesser of two trials: the other met the garbage
 * collector. Not the clock's time, which other programs on the machine share.
 */
function cost(run: () => void): number {
  const trial = () => {
    const before = process.threadCpuUsage();
    for (let runs = 1; ; runs++) {
      run();
      const { user, system } = process.threadCpuUsage(before);
      if (user + system >= worth) return (user + system) / runs;
    }
  };
  return Math.min(trial(), trial());
}

/** How much longer each unit takes in a text eight times as long: 1 when time is linear, 8 when quadratic. */
function growth(text: (size: number) => string, size: number, run: (text: string) => void): number {
  const small = text(size);
  const large = text(size * 8);
  run(small);
  return cost(() => run(large)) / cost(() => run(small)) / 8;
}

const swallow = (text: string): void => {
  try {
    parseSave(text);
  } catch {
    // Refusing must be as quick as reading.
  }
};

const SHAPES: Record<string, [(size: number) => string, number]> = {
  'a comment of one word': [
    (n) => `*filter\n-A X -m comment --comment "${'a '.repeat(n)}"\nCOMMIT\n`,
    20_000,
  ],
  'a line of many words': [(n) => `*filter\n-A X ${'-m tcp --dpor 80 '.repeat(n)}\nCOMMIT\n`, 5000],
  'lines of blanks': [(n) => `*filter\n${' \n'.repeat(n)}COMMIT\n`, 20_000],
  'an unclosed quote': [(n) => `*filter\n-A X -m comment --comment "${'\\"\n'.repeat(n)}`, 20_000],
  'a list of ports': [
    (n) => `*filter\n-A X -p tcp -m multiport --dports ${'80,'.repeat(n)}80\nCOMMIT\n`,
    20_000,
  ],
  'u32 tests': [(n) => `*filter\n-A X -m u32 --u32 "0=1${'&&0=1'.repeat(n)}"\nCOMMIT\n`, 20_000],
  'many tables': [(n) => '*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n'.repeat(n), 3000],
};

t.test('10,000 rules and more take time in step with their number', async (t) => {
  const read = growth(saveOf, 2500, (text) => void parseSave(text));
  t.ok(read < 4, 'reading', { read });
  const both = growth(saveOf, 2500, (text) => void serializeSave(parseSave(text)));
  t.ok(both < 4, 'reading and printing', { both });
});

for (const [name, [shape, size]] of Object.entries(SHAPES)) {
  t.test(name, async (t) => {
    const factor = growth(shape, size, swallow);
    t.ok(factor < 4, 'eight times the length, eight times the time', { factor });
  });
}
