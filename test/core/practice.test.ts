import fc from 'fast-check';
import t from 'tap';
import { type CheckKind, kindOf } from '../../src/core/check/check.ts';
import { mistakesOf, planMistake, reveal } from '../../src/core/practice/mistake.ts';
import { symptomsOf } from '../../src/core/practice/symptoms.ts';
import { Library } from '../../src/library/library.ts';

const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
const labs = library.list();

t.test('a seed is an order of all mistakes, each once', async (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...labs), fc.nat(0xffffffff), (lab, seed) => {
      const drawn = mistakesOf(lab, seed);
      t.strictSame(mistakesOf(lab, seed), drawn);
      const names = drawn.map(({ step, fault }) => `${step}/${fault}`);
      t.strictSame(
        names.toSorted(),
        mistakesOf(lab, 0)
          .map(({ step, fault }) => `${step}/${fault}`)
          .toSorted(),
      );
      t.equal(new Set(names).size, names.length);
    }),
    { numRuns: 50 },
  );
  const lab = library.get('network-namespaces');
  const firsts = new Set(Array.from({ length: 60 }, (_, seed) => mistakesOf(lab, seed)[0]?.fault));
  t.ok(firsts.size > 15, `${firsts.size} different mistakes come first`);
});

t.test('two faults of the same lines are one mistake', async (t) => {
  const lab = library.get('network-namespaces');
  const names = mistakesOf(lab, 1).map(({ fault }) => fault);
  t.notSame(names.includes('one-end-down'), names.includes('other-end-down'));
});

t.test('the plan has the mistake and nothing else; a refused line must be refused', async (t) => {
  const lab = library.get('network-namespaces');
  const plan = planMistake(lab, { seed: 1, step: 'being-reached', fault: 'no-protocol' });
  const lines = plan
    .flat()
    .flatMap((action) => (action.kind === 'lines' && 'lines' in action ? action.lines : []));
  const typed = lines.map(({ run }) => run);
  t.ok(
    typed.includes(
      '! { iptables -t nat -A PREROUTING --dport 80 -j DNAT --to-destination 192.168.15.2:80\n} 2>/dev/null',
    ),
  );
  const right = lab.steps.flatMap(({ solution }) => solution.map(({ run }) => run));
  t.equal(right.filter((run) => !typed.includes(run)).length, 1);
});

t.test('reveals the line as typed, the right one, a line left out', async (t) => {
  for (const lab of labs) {
    for (const mistake of mistakesOf(lab, 5)) {
      const { lines, title } = reveal(lab, mistake, []);
      // A right line may be among them: one that is refused because of a wrong one before it.
      t.ok(lines.some(({ typed, meant }) => typed !== meant));
      t.ok(lines.every(({ meant }) => meant !== ''));
      t.not(title.en, mistake.step);
    }
  }
});

t.test('symptoms: what people notice; what only a table shows, where they notice nothing', async (t) => {
  const verdict = (kind: CheckKind, status: 'pass' | 'fail' | 'could-not-check' | 'blocked') => ({
    ...{ kind, status, noticed: kindOf(kind).noticed },
  });
  const ping = verdict('ping', 'fail');
  const route = verdict('route', 'fail');
  t.strictSame(symptomsOf([route, ping, verdict('http', 'pass'), verdict('dns', 'could-not-check')]), {
    ...{ symptoms: [ping], more: 1, unchecked: 1 },
  });
  t.strictSame(symptomsOf([route, verdict('ping', 'blocked')]), { symptoms: [route], more: 0, unchecked: 0 });
});
