import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { explain } from '../../src/core/explain/explain.ts';
import type { NumberedEvent } from '../../src/core/session/event.ts';
import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Library } from '../../src/library/library.ts';
import { brokenMachine } from '../../src/session/practice.ts';
import { Sessions } from '../../src/session/sessions.ts';
import { workplace } from '../support/machines.ts';
import { repairOf } from '../support/practice/repair.ts';

const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);

function practising(
  t: Test,
  work: (open: () => Promise<Sessions>, directory: string) => Promise<void>,
): Promise<void> {
  return workplace(t, async ({ root }) => {
    const directory = join(t.testdir(), 'sessions');
    const open = () =>
      Sessions.open({
        machines: new KernelMachines(root),
        labOf: (id) => library.get(id),
        directory,
        limit: 3,
      });
    try {
      await work(open, directory);
    } finally {
      const left = await open();
      for (const { id } of left.list()) await left.stop(id);
    }
  });
}

async function type(sessions: Sessions, id: string, on: string, run: string): Promise<void> {
  const stream = await sessions.of(id).open(on, ['bash', '-c', run], { pty: null });
  await new Promise<void>((resolve) => stream.onExit(() => resolve()));
}

// Each has sessions of its own, and mostly waits.
t.jobs = 2;

for (const lab of ['switching']) {
  t.test(`${lab}: broken, found failing, repaired by hand`, { buffered: true }, (t) =>
    practising(t, async (open) => {
      const sessions = await open();
      const { id } = await sessions.start(lab, null);
      const { practice } = await sessions.of(id).break(1);
      t.strictSame(practice, { seed: 1, state: 'broken' });
      t.ok((await sessions.of(id).check(null)).some(({ status }) => status === 'fail'));
      t.match(sessions.get(id).practice, { state: 'broken' });
      const revealed = await sessions.of(id).reveal();
      t.ok(revealed.verdict !== null, 'something does not hold because of it');
      await sessions.of(id).reset();
      for (const { on, run } of repairOf(revealed)) await type(sessions, id, on, run);
      const after = await sessions.of(id).check(null);
      t.strictSame(
        after.filter(({ status }) => status !== 'pass').map(({ check, reason }) => `${check} ${reason}`),
        [],
        `${revealed.step}/${revealed.fault} is repaired`,
      );
      t.match(sessions.get(id).practice, { state: 'repaired' });
      t.ok(
        sessions.get(id).steps.every(({ doneAt, broken }) => doneAt === null && !broken),
        'practice is nobody else’s progress',
      );
    }),
  );
}

/** A fault of a route and one of a prefix: found by checks, cured by what the hints type. */
for (const [lab, seed] of [
  ['default-gateway', 1],
  ['switching', 3],
  ['router', 1],
  ['hosts-file', 15],
  ['hosts-file', 6],
] as const) {
  t.test(
    `${lab}, seed ${seed}: the hints say where before what, and their last lines repair it`,
    { buffered: true },
    (t) =>
      practising(t, async (open) => {
        const sessions = await open();
        const { id } = await sessions.start(lab, null);
        const session = sessions.of(id);
        await session.break(seed);
        const rungs = [
          await session.hint(),
          await session.hint(),
          await session.hint(),
          await session.hint(),
        ];
        const [where, what, , cure] = rungs.map((rung) => rung?.text.en ?? '');
        t.match(where, new RegExp(`^${rungs[0]?.verdict.node}: `), 'where');
        t.equal(what, explain(rungs[1]?.verdict as Verdict, 'en').what, 'what');
        t.match(cure, /^# type:.*\n/);
        for (const line of (cure ?? '')
          .split('\n')
          .slice(1)
          .filter((one) => !one.startsWith('#')))
          await type(sessions, id, ...(line.split(' # ') as [string, string]));
        t.strictSame(
          (await session.check(null))
            .filter(({ status }) => status !== 'pass')
            .map(({ check, reason }) => `${check} ${reason}`),
          [],
        );
      }),
  );
}

t.test('what fails is an event as soon as there is something to practise', { buffered: true }, (t) =>
  practising(t, async (open) => {
    const sessions = await open();
    const { id } = await sessions.start('switching', null);
    const { lastEvent: before } = sessions.get(id);
    const { lastEvent } = await sessions.of(id).break(1);
    const events: NumberedEvent[] = [];
    const end = sessions.of(id).hear(before, (event) => events.push(event));
    end();
    t.equal(events.at(-1)?.number, lastEvent);
    t.match(events.at(-1)?.event, { type: 'verdict' });
    t.ok(events.some(({ event }) => event.type === 'verdict' && event.verdict.status === 'fail'));
  }),
);

t.test('a mistake that shows nothing is made once and not again', { buffered: true }, (t) =>
  workplace(t, async ({ make }) => {
    const lab = library.get('linux-router');
    const tries = async () => {
      let made = 0;
      const counting = () => {
        made += 1;
        return make(lab.machine);
      };
      const { machine, mistake } = await brokenMachine(lab, 4, counting, () => {});
      await machine.destroy();
      return { made, mistake };
    };
    const first = await tries();
    // One of the two shows nothing once the lab is finished; this lab takes two machines, for it restarts.
    t.equal(first.made, 4);
    t.strictSame(await tries(), { ...first, made: 2 });
  }),
);

t.test('a subscriber hears of a repair at once, without a request', { buffered: true }, (t) =>
  practising(t, async (open) => {
    const sessions = await open();
    const { id } = await sessions.start('switching', null);
    await sessions.of(id).break(1);
    const revealed = await sessions.of(id).reveal();
    await sessions.of(id).reset();
    t.match(sessions.get(id).practice, { state: 'broken' });
    const repaired = Promise.withResolvers<void>();
    const failing = Promise.withResolvers<void>();
    const end = sessions.of(id).subscribe(sessions.get(id).lastEvent, ({ event }) => {
      if (event.type === 'verdict' && event.verdict.status === 'fail') failing.resolve();
      if (event.type === 'practice' && event.state === 'repaired') repaired.resolve();
    });
    await failing.promise;
    t.match(sessions.get(id).practice, { state: 'broken' });
    for (const { on, run } of repairOf(revealed)) await type(sessions, id, on, run);
    await repaired.promise;
    t.ok((await sessions.of(id).check(null)).every(({ status }) => status === 'pass'));
    end();
  }),
);

t.test('no event names the mistake; it outlives the daemon and the machine', { buffered: true }, (t) =>
  practising(t, async (open, directory) => {
    const first = await open();
    const { id } = await first.start('switching', null);
    await t.rejects(first.of(id).reveal(), { code: 'nothing-broken' });
    const { step } = await first.of(id).break(7);
    t.equal(step, library.get('switching').steps.at(-1)?.id, 'a finished lab: at its last step');
    const { fault, step: where } = await first.of(id).reveal();
    t.match(first.get(id).practice, { state: 'shown' });
    const events: NumberedEvent[] = [];
    first.of(id).subscribe(0, (event) => events.push(event));
    t.notOk(JSON.stringify(events).includes(`"${fault}"`), 'no event names the fault');
    t.ok(readFileSync(join(directory, `${id}.jsonl`), 'utf8').includes(`"fault":"${fault}"`));

    const second = await open();
    t.match(second.get(id).practice, { seed: 7, state: 'shown' });
    t.match(await second.of(id).reveal(), { step: where, fault });
    process.kill(second.get(id).machine.pid, 'SIGKILL');
    const third = await open();
    t.match(third.get(id), { practice: { seed: 7, state: 'broken' }, machine: { state: 'ready' } });
    t.match(await third.of(id).reveal(), { step: where, fault }, 'the fresh machine has the same mistake');
    const same = await third.of(id).preview('reset');
    t.same(same.differences, [], 'nothing done yet, nothing a reset would change');
    t.match(await third.of(id).reset(), { practice: { seed: 7, state: 'broken' } }, 'so has a reset one');
    t.match(await third.of(id).enter('one-address', 'goto'), { practice: null });
    t.match(await third.of(id).undo(), { practice: { seed: 7, state: 'broken' } });
    const rungs = [];
    for (let count = 0; count < 4; count++) rungs.push(await third.of(id).hint());
    t.strictSame(
      rungs.map((hint) => hint?.rung),
      [1, 2, 3, 4],
    );
  }),
);
