import t from 'tap';
import { Library } from '../../src/library/library.ts';
import { inLanes } from '../support/lanes.ts';
import { workplace } from '../support/machines.ts';
import { Random } from '../support/topology/random.ts';
import { type Pair, wrongPairs } from '../support/wrong-pairs/pairs.ts';

/** Of the campaign in test/bench/first-of-two.ts, as many as a suite has time for. */
const seeds = [106, 160, 70103];

t.test('two mistakes at once: the verdict is that of the one which the packet meets first', (t) =>
  workplace(t, async ({ make }) => {
    const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
    // The seeds choose among labs of plain networks; a cluster or a mail server would only take time.
    const plain = library.list().filter(({ track }) => !/^(kubernetes|services)/.test(track));
    const pairs: Pair[] = [];
    await inLanes(2, seeds, async (seed) => {
      const random = new Random(seed);
      pairs.push(...(await wrongPairs(make, random.pick(plain), seed, random)));
    });
    t.strictSame(
      pairs.filter(({ right }) => right === false),
      [],
    );
    t.ok(pairs.length > seeds.length, `${pairs.length} pairs`);
    for (const wanted of ['first', 'second'])
      t.ok(
        pairs.some(({ order, alone: [one, other] }) => order === wanted && one !== other),
        `in the ${wanted} place, and the other's verdict is another`,
      );
  }),
);
