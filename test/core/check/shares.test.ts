import fc from 'fast-check';
import t from 'tap';
import { binomial, usual } from '../../../src/core/check/kinds/distribution/binomial.ts';
import { boundsOf, rarity, type Spread, tells } from '../../../src/core/check/kinds/distribution/shares.ts';

const near = (actual: number, expected: number) => Math.abs(actual / expected - 1) < 1e-9;
const three: Spread = {
  ...{ requests: 2000, backends: { a: 1, b: 1, c: 1 }, spread: 'shares', falseAlarm: 1e-6 },
};

t.test('tails that can be counted by hand', async (t) => {
  const coin = binomial(10, 0.5);
  t.ok(near(coin.atMost(0), 1 / 1024));
  t.ok(near(coin.atMost(2), 56 / 1024));
  t.ok(near(coin.atLeast(8), 56 / 1024));
  t.ok(near(coin.at(5), 252 / 1024));
  const die = binomial(4, 1 / 6);
  t.ok(near(die.atLeast(1), 671 / 1296), 'the Chevalier de Méré’s bet');
  t.ok(near(binomial(1000, 0.3).atMost(0), Math.exp(1000 * Math.log(0.7))), 'far below what 1 - x can hold');
  t.equal(binomial(7, 0).atMost(0), 1);
  t.equal(binomial(7, 1).atLeast(7), 1);
  t.equal(binomial(7, 1).atMost(6), 0);
});

/** P(X <= k) by exact integers: of m^n equally likely outcomes, how many have at most k of the first kind? */
function counted(n: number, m: number, k: number): number {
  let outcomes = 0n;
  let ways = 1n;
  for (let i = 0n; i <= BigInt(k); i++) {
    outcomes += ways * BigInt(m - 1) ** (BigInt(n) - i);
    ways = (ways * (BigInt(n) - i)) / (i + 1n);
  }
  return Number((outcomes * 10n ** 40n) / BigInt(m) ** BigInt(n)) / 1e40;
}

t.test('tails as integers count them', async (t) => {
  for (const [n, m, k] of [
    [200, 3, 40],
    [300, 3, 70],
    [2000, 3, 560],
    [1000, 5, 150],
  ] as const) {
    t.ok(near(binomial(n, 1 / m).atMost(k), counted(n, m, k)), `${n} 1/${m} ${k}`);
  }
});

t.test('counts outside the bounds are rarer than the chance, and no others are left out', async () => {
  const cases = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }));
  fc.assert(
    fc.property(cases, fc.constantFrom(1e-3, 1e-6, 1e-9), ([n, p], chance) => {
      const { least, most } = usual(n, p, chance);
      const { atMost, atLeast } = binomial(n, p);
      const slack = 1 + 1e-9;
      return (
        atMost(least - 1) <= chance * slack &&
        atLeast(most + 1) <= chance * slack &&
        (least === n || atMost(least) * slack > chance) &&
        (most === 0 || atLeast(most) * slack > chance)
      );
    }),
  );
});

t.test(
  'the false alarm is below the one asked for; the well-known wrong probabilities are found',
  async (t) => {
    const { shares, chance } = boundsOf(three);
    t.ok(chance < 1e-6 && chance > 1e-7, String(chance));
    // 1/n for each rule but the last: 1/3, 2/9, 4/9 of the requests.
    const [, second, third] = shares;
    if (second === undefined || third === undefined) throw new Error('three shares');
    const missed = Math.min(
      binomial(2000, 2 / 9).atLeast(second.least),
      binomial(2000, 4 / 9).atMost(third.most),
    );
    t.ok(missed < 1e-6, String(missed));
    t.ok(rarity(2000, second, 444) < 1e-20);
  },
);

t.test('a client with a right service fails no more often than the false alarm', async (t) => {
  // A bound that can be reached: 1 in 20.
  const asked: Spread = { ...three, requests: 60, falseAlarm: 0.05 };
  const { shares, chance } = boundsOf(asked);
  t.ok(chance > 0.01, String(chance));
  let random = 12345;
  const next = () => {
    random = (random * 1103515245 + 12345) % 2147483648;
    return random / 2147483648;
  };
  let refused = 0;
  for (let trial = 0; trial < 20_000; trial++) {
    const counts = [0, 0, 0];
    for (let one = 0; one < 60; one++) {
      const at = Math.floor(next() * 3);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    if (shares.some(({ least, most }, at) => (counts[at] ?? 0) < least || (counts[at] ?? 0) > most))
      refused++;
  }
  t.ok(refused / 20_000 <= chance * 1.1, `${refused / 20_000} ${chance}`);
  t.ok(refused / 20_000 > chance * 0.6, 'the bound is not an empty one');
});

t.test('too few requests decide nothing', async (t) => {
  t.notOk(tells({ ...three, requests: 30 }));
  t.ok(tells({ ...three, requests: 60 }));
  t.notOk(tells({ ...three, spread: 'every', requests: 30 }));
  t.ok(tells({ ...three, spread: 'every', requests: 40 }));
  t.notOk(tells({ ...three, spread: 'one', backends: { a: 1, b: 1 }, requests: 20 }));
  t.ok(tells({ ...three, spread: 'one', backends: { a: 1, b: 1 }, requests: 21 }));
});
