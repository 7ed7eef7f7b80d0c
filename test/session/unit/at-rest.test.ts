import t from 'tap';
import { atRest } from '../../../src/session/acceptance/at-rest.ts';
import { observe } from '../../support/observation.ts';

const times = { pace: 5, quiet: 200, longest: 600 };
const withRules = (count: number) =>
  observe({ node01: { rules: { nat: [`-A OUTPUT -p tcp -m tcp --dport ${count} -j ACCEPT`] } } });

t.test('a state is taken when it changes no more', async (t) => {
  let looks = 0;
  const settled = await atRest(async () => withRules(Math.min(++looks, 6)), times);
  t.strictSame(settled, withRules(6));
  t.ok(looks > 8, 'the last state was seen more than once');
});

t.test('a machine that never rests gives its last state', async (t) => {
  let looks = 0;
  const started = performance.now();
  const last = await atRest(async () => withRules(++looks), times);
  t.strictSame(last, withRules(looks));
  t.ok(performance.now() - started >= times.longest);
});
