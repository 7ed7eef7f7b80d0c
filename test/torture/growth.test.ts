import t from 'tap';
import { judged } from './growth.ts';

/** A look each 30 s; memory goes up and down by 20 MiB. */
const looks = (end: number, at: (seconds: number) => number) =>
  Array.from({ length: end / 30 + 1 }, (_, index) => {
    const seconds = index * 30;
    return { seconds, resident: at(seconds) + (index % 2 === 0 ? -10 : 10) };
  });

t.test('growth counts from 600 s on, whatever memory does before', async (t) => {
  const flat = judged(looks(3600, (seconds) => (seconds < 600 ? seconds / 3 : 200)));
  t.strictSame(flat, {
    words:
      'growth 0.0 %, less than 5 % wanted: from 199.5 MiB (190.0 to 210.0) in the 600 s after 600 s to 199.5 MiB (190.0 to 210.0) in the last',
    tooMuch: false,
  });
});

t.test('5 % and more fail a soak of more than 1,200 s', async (t) => {
  const rising = (seconds: number) => 200 + (seconds - 600) / 200;
  t.equal(judged(looks(3600, rising)).tooMuch, true);
  t.equal(judged(looks(3600, (seconds) => 200 + (seconds - 600) / 400)).tooMuch, false);
  t.equal(judged(looks(1200, (seconds) => (seconds < 900 ? 200 : 300))).tooMuch, false);
});

t.test('a soak without a figure fails, and one that ends early has no growth', async (t) => {
  t.equal(judged(looks(3600, (seconds) => (seconds > 3500 ? NaN : 200))).tooMuch, true);
  t.match(judged(looks(600, () => 200)), { words: /too short/, tooMuch: false });
  t.match(judged([]), { words: /too short/, tooMuch: false });
});
