import t from 'tap';
import { Library } from '../../src/library/library.ts';
import { testLab } from '../../src/session/acceptance/test-lab.ts';
import { workplace } from '../support/machines.ts';

const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);

for (const lab of library.list()) {
  t.test(`hoplab test ${lab.id}`, (t) =>
    workplace(t, async ({ machines }) => {
      const report = await testLab(lab, machines, () => {});
      for (const { part, step, fault, round, ok, detail } of report.parts) {
        t.ok(
          ok,
          `${part} of ${step}${fault === null ? '' : ` (${fault})`}, round ${round}`,
          detail === null ? {} : { detail },
        );
      }
      const own = lab.steps.reduce((sum, step) => sum + step.predict.length + step.faults.length, 0);
      t.equal(report.parts.length, 2 * (4 * lab.steps.length + own), 'nothing was left out');
      t.equal(report.ok, true);
    }),
  );
}
