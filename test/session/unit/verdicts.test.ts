import t from 'tap';
import { planEntry } from '../../../src/core/plan/entry.ts';
import type { SessionEvent } from '../../../src/core/session/event.ts';
import type { Verdict } from '../../../src/core/verdict/verdict.ts';
import { nextRung } from '../../../src/session/hint.ts';
import { advance, newProgress } from '../../../src/session/progress.ts';
import { stepIn } from '../../../src/session/steps.ts';
import { Verdicts } from '../../../src/session/verdicts.ts';
import { unitLab } from '../../support/fake/lab.ts';
import { FakeMachine } from '../../support/fake/machine.ts';
import { shapeOf } from '../../support/following.ts';

/** Verdicts of a session that is nothing else, in a machine at its first step. */
async function judged() {
  const lab = unitLab();
  const progress = newProgress('cable');
  const events: SessionEvent[] = [];
  const verdicts = new Verdicts(lab, progress, async (event) => {
    advance(progress, event, 1);
    events.push(event);
  });
  const machine = new FakeMachine('m', 1);
  await machine.perform(planEntry(lab, 'cable')[0]);
  const shapes = () => events.splice(0).map(shapeOf);
  const check = async (...steps: string[]) => {
    await verdicts.check(
      machine,
      steps.map((id) => stepIn(lab, id)),
    );
    return shapes();
  };
  return { lab, progress, verdicts, machine, shapes: shapes, check };
}

t.test('a step is done, breaks, is mended', async (t) => {
  const { machine, progress, check } = await judged();
  const passing = ['cable/link pass', 'cable/red pass', 'cable/reach pass'];
  t.strictSame(await check('cable'), [...passing, 'step-done cable', 'step-entered green']);
  t.strictSame(await check('cable'), passing, 'it is done once');
  machine.change((network) => network.remove('red'));
  const broken = ['cable/link pass', 'cable/red fail netns-missing', 'cable/reach pass'];
  t.strictSame(await check('cable'), [...broken, 'step-broken cable']);
  t.strictSame(await check('cable'), broken, 'and broken once');
  machine.change((network) => network.add('red', 'netns'));
  t.strictSame(await check('cable'), [...passing, 'step-mended cable']);
  t.equal(progress.step, 'green', 'a step behind leads nowhere');
});

t.test('a step ahead has not failed, and may be done before its turn', async (t) => {
  const { machine, check, progress } = await judged();
  t.strictSame(await check('forwarding'), ['forwarding/sysctl not-yet wrong-value']);
  machine.change((network) => {
    network.node('host').sysctls['net.ipv4.ip_forward'] = '1';
  });
  t.strictSame(await check('forwarding'), ['forwarding/sysctl pass', 'step-done forwarding']);
  t.equal(progress.step, 'cable');
});

t.test('a check whose needs do not hold is blocked', async (t) => {
  const { machine, check } = await judged();
  machine.change((network) => {
    network.link('host', 'eth0').up = false;
  });
  const verdict = await check('cable');
  t.match(verdict[0], /^cable\/link fail/);
  t.match(verdict[2], /^cable\/reach blocked/);
  machine.faults.fail('probe', 'interrupted');
  t.strictSame(await check('cable'), verdict, 'and its probe is not sent');
  machine.change((network) => {
    network.link('host', 'eth0').up = true;
  });
  await t.rejects(check('cable'), { code: 'interrupted' }, 'but once the other passes');
});

t.test('nothing is broken where nothing is known', async (t) => {
  const { machine, check, progress } = await judged();
  await check('cable');
  for (const code of ['feature-missing', 'machine-gone'] as const) {
    machine.faults.fail('observe', code);
    t.strictSame(
      await check('cable'),
      ['link', 'red', 'reach'].map((id) => `cable/${id} could-not-check tool-failed`),
      code,
    );
    t.notOk(progress.broken.has('cable'));
  }
  machine.faults.fail('observe', 'interrupted');
  await t.rejects(check('cable'), { code: 'interrupted' }, 'what was given up is no verdict');
  machine.faults.heal();
  t.strictSame(await check('cable'), ['cable/link pass', 'cable/red pass', 'cable/reach pass']);
});

t.test('the same verdict again is no news', async (t) => {
  const { machine, verdicts, lab, shapes, check } = await judged();
  await check('cable');
  const [link] = verdicts.known(stepIn(lab, 'cable'));
  if (link === undefined) throw new Error('it has a verdict');
  await verdicts.news(structuredClone(link));
  t.strictSame(shapes(), []);
  await verdicts.news({ ...link, evidence: [{ on: 'host', command: 'ip', output: 'other' }] });
  t.strictSame(shapes(), [], 'evidence differs from look to look');
  await verdicts.news({ ...link, status: 'fail', reason: 'link-down' });
  t.strictSame(shapes(), ['cable/link fail link-down']);
  t.equal(machine.asked.filter((each) => each === 'observe').length, 1);
});

t.test('rechecks the current step, then the done ones before it', async (t) => {
  const { verdicts, progress } = await judged();
  const steps = () => verdicts.steps().map(({ id }) => id);
  t.strictSame(steps(), ['cable']);
  progress.step = 'forwarding';
  progress.doneAt.set('cable', 1);
  t.strictSame(steps(), ['forwarding', 'cable'], 'green was passed over');
  progress.doneAt.set('green', 1);
  t.strictSame(steps(), ['forwarding', 'green', 'cable'], 'the nearest first');
  progress.step = 'cable';
  progress.practice = { seed: 1, state: 'broken' };
  t.strictSame(steps(), ['cable', 'green', 'forwarding'], 'a mistake may be anywhere');
});

t.test('a failure that is known is asked about alone, as long as it is one', async (t) => {
  const { lab, machine, verdicts, check } = await judged();
  machine.change((network) => network.remove('red'));
  await check('cable');
  const steps = [stepIn(lab, 'cable')];
  machine.asked.splice(0);
  t.match(await verdicts.firstFailure(machine, steps), { check: 'red', reason: 'netns-missing' });
  t.strictSame(
    machine.asked.filter((one) => one.startsWith('probe')),
    [],
    'no ping for the others',
  );
  machine.change((network) => network.add('red', 'netns'));
  t.equal(await verdicts.firstFailure(machine, steps), null);
  t.ok(
    machine.asked.some((one) => one.startsWith('probe')),
    'all are asked, where it passes',
  );
});

t.test('a ladder of hints belongs to its cause, and lasts as long', async (t) => {
  const progress = newProgress('cable');
  const none: Verdict = {
    ...{ check: 'route', step: 'cable', status: 'fail', reason: 'no-route', node: 'c', object: '10.0.1.5' },
    ...{
      expected: '10.0.1.5 via 10.0.2.1',
      observed: '-',
      values: { node: 'c', dst: '10.0.1.5' },
      evidence: [],
    },
  };
  const single = { single: '10.0.1.0 via 10.0.2.1', network: '10.0.1.0/24' };
  const alone: Verdict = { ...none, values: { ...none.values, ...single } };
  const judge = (verdict: Verdict) => advance(progress, { type: 'verdict', verdict }, 1);
  const rung = (verdict: Verdict) => {
    judge(verdict);
    const { event, hint } = nextRung(verdict, progress);
    advance(progress, event, 1);
    return hint.rung;
  };
  t.strictSame([rung(none), rung(none)], [1, 2]);
  t.equal(rung(alone), 1, 'a fault of its own, with the same reason');
  t.equal(rung({ ...none, check: 'ping', observed: 'no-route' }), 3, 'another check, the same cause');
  judge({ ...none, check: 'ping', status: 'pass', reason: null });
  t.equal(rung(none), 1, 'it went, and came again');
  advance(progress, { type: 'step-entered', step: 'cable', how: 'reset' }, 1);
  t.equal(rung(none), 1, 'a fresh machine');
});
