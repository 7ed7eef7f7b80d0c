import t from 'tap';
import type { Lab } from '../../src/core/lab/lab.ts';
import { Library } from '../../src/library/library.ts';
import { testLab } from '../../src/session/acceptance/test-lab.ts';
import { workplace } from '../support/machines.ts';

const lab = (await Library.read([new URL('../../labs', import.meta.url).pathname])).get('router');
const [first, second, ...steps] = lab.steps;

t.test('a solution line that fails is a finding of its step, and of each that begins behind it', (t) =>
  workplace(t, async ({ machines }) => {
    if (first === undefined || second === undefined) throw new Error('the lab has no steps');
    const run = 'ip route add 192.168.2.0/24 via 192.168.2.1';
    const solution = second.solution.map((line) => ({ ...line, run }));
    const bare = [first, { ...second, solution }, ...steps].map((step) => ({
      ...step,
      faults: [],
      predict: [],
    }));
    const broken: Lab = { ...lab, steps: bare };
    const { ok, parts } = await testLab(broken, machines, () => {}, undefined, [1]);
    t.equal(ok, false);
    const failed = parts.filter((part) => !part.ok).map(({ step, part }) => `${step} ${part}`);
    t.strictSame(
      failed.filter((one) => one.endsWith('entry') || one.endsWith('solution')),
      ['way-there solution', 'way-back entry', 'everybody entry', 'ipv6 entry'],
    );
    for (const { step, part, detail } of parts.filter((one) => !one.ok && one.part !== 'jump'))
      t.match(detail, /on b: ip route add 192\.168\.2\.0.*invalid gateway/s, `${step} ${part}`);
  }),
);
