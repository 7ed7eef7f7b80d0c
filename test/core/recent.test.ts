import t from 'tap';
import { Recent } from '../../src/core/traffic/recent.ts';

t.test('the newest are kept, and at most twice as many', async (t) => {
  const recent = new Recent<number>(10);
  for (let each = 0; each < 40; each++) {
    recent.set(`${each}`, each);
    const kept = Array.from({ length: each + 1 }, (_, key) => recent.get(`${key}`)).filter(
      (value) => value !== undefined,
    );
    const newest = Array.from({ length: Math.min(10, each + 1) }, (_, back) => each - back);
    t.ok(
      newest.every((value) => recent.get(`${value}`) === value),
      `${each}`,
    );
    t.ok(kept.length <= 22);
  }
  recent.forget((value) => value === 39);
  t.equal(recent.get('39'), undefined);
  t.equal(recent.get('38'), 38);
});
