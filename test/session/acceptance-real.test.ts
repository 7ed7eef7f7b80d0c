import t from 'tap';
import type { Lab } from '../../src/core/lab/lab.ts';
import { Library } from '../../src/library/library.ts';
import { testLab } from '../../src/session/acceptance/test-lab.ts';
import { workplace } from '../support/machines.ts';

/** A fault for each step, and the lab treated as a cluster of real components is; their machines rest at once. */
const whole = (await Library.read([new URL('../../labs', import.meta.url).pathname])).get('hosts-file');
const lab: Lab = {
  ...whole,
  topology: { ...whole.topology, engine: 'real' },
  steps: whole.steps.map((step) => ({ ...step, faults: step.faults.slice(0, 1) })),
};

t.test('a fault begins in the machine that was looked at as the state of its step', (t) =>
  workplace(t, async ({ machines }) => {
    const made = t.capture(machines, 'create', machines.create);
    const report = await testLab(
      lab,
      machines,
      () => {},
      undefined,
      [1],
      (observe) => observe(),
    );
    t.same(
      report.parts.filter(({ ok }) => !ok),
      [],
    );
    t.equal(report.parts.filter(({ part }) => part === 'fault').length, lab.steps.length);
    const apart = 3 * lab.steps.length;
    t.ok(made().length < apart, `fewer machines than ${apart}`);
  }),
);

t.test('a trial that is stopped leaves no machine, looked at or not', (t) =>
  workplace(t, async ({ machines }) => {
    const stop = { aborted: false };
    const report = await testLab(
      lab,
      machines,
      (_, __, { part }) => {
        if (part === 'jump') stop.aborted = true;
      },
      stop,
      [1],
      (observe) => observe(),
    );
    t.equal(report.ok, false);
  }),
);
