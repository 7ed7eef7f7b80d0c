import t, { type Test } from 'tap';
import type { Lab } from '../../src/core/lab/lab.ts';
import { Library } from '../../src/library/library.ts';
import { bothRounds, testLab } from '../../src/session/acceptance/test-lab.ts';
import { type Workplace, workplace } from '../support/machines.ts';

const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);

// A run mostly waits for silence: two of them at a time share the waiting.
t.test('labs', (t) =>
  workplace(t, async (place) => {
    t.jobs = 2;
    await Promise.all(
      library
        .list()
        .filter((lab) => !hasEngine(lab) || isFirst(lab))
        .map((lab) => t.test(`hoplab test ${lab.id}`, { buffered: true }, (t) => accept(t, lab, place))),
    );
  }),
);

/**
 * A machine with an engine, a cluster or servers takes seconds, not tenths: of these labs the first of each track is
 * played here, once; of the others that one twice. `hoplab test --all` plays all of them twice;
 * test/kernel/trace/labs.test.ts walks through each.
 */
const hasEngine = ({ topology, machine }: Lab) =>
  machine.programs !== undefined ||
  topology.nodes.some(({ service }) => service !== null && service !== 'http');

const isFirst = ({ id }: Lab) => library.tracks.some(({ labs }) => labs[0] === id);

async function accept(t: Test, lab: Lab, { machines }: Workplace): Promise<void> {
  const rounds = hasEngine(lab) || !isFirst(lab) ? bothRounds.slice(0, 1) : bothRounds;
  const report = await testLab(lab, machines, () => {}, undefined, rounds);
  for (const { part, step, fault, round, ok, detail } of report.parts) {
    t.ok(
      ok,
      `${part} of ${step}${fault === null ? '' : ` (${fault})`}, round ${round}`,
      detail === null ? {} : { detail },
    );
  }
  const own = lab.steps.reduce((sum, step) => sum + step.predict.length + step.faults.length, 0);
  t.equal(report.parts.length, rounds.length * (4 * lab.steps.length + own), 'nothing was left out');
  t.equal(report.ok, true);
}
