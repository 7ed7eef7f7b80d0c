import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { NumberedEvent } from '../../src/core/session/event.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Library } from '../../src/library/library.ts';
import { entriesIn } from '../../src/session/journal-line.ts';
import { Sessions } from '../../src/session/sessions.ts';
import { workplace } from '../support/machines.ts';

const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
const lab = 'network-namespaces';
const steps = library.get(lab).steps.map(({ id }) => id);
const last = steps.at(-1) ?? '';

/** Runs work with a way to open sessions as a daemon start does; every session is stopped at the end. */
function withSessions(
  t: Test,
  work: (open: () => Promise<Sessions>, directory: string) => Promise<void>,
): Promise<void> {
  return workplace(t, async ({ root }) => {
    const directory = join(t.testdir(), 'sessions');
    let sessions: Sessions | null = null;
    const open = async () => {
      sessions = await Sessions.open({
        machines: new KernelMachines(root),
        labOf: (id) => library.get(id),
        directory,
        limit: 3,
      });
      return sessions;
    };
    try {
      await work(open, directory);
    } finally {
      const left = await open();
      for (const { id } of left.list()) await left.stop(id);
    }
    const journals = readdirSync(directory).filter((name) => !name.endsWith('.broken'));
    t.strictSame(journals, [], 'no journal is left');
  });
}

t.test('a whole lab: checks fail, the solution is typed, they pass, reset, undo', (t) =>
  withSessions(t, async (open) => {
    const sessions = await open();
    const { id, step } = await sessions.start(lab, null);
    t.equal(step, steps[0]);
    const before = await sessions.of(id).check(null);
    t.ok(before.some(({ status, reason }) => status === 'fail' && reason === 'netns-missing'));
    t.ok(before.every(({ status }) => status !== 'could-not-check'));

    const applied = await sessions.of(id).apply('all');
    t.strictSame(applied.steps, steps);
    t.strictSame(
      applied.lines.filter(({ exitCode }) => exitCode !== 0),
      [],
    );
    const after = await sessions.of(id).check('all');
    t.strictSame(
      after.filter(({ status }) => status !== 'pass').map(({ check, reason }) => `${check} ${reason}`),
      [],
    );
    t.ok(sessions.get(id).steps.every(({ doneAt, broken }) => doneAt !== null && !broken));

    const full = await sessions.of(id).topology();
    t.ok('gray' in full.nodes);
    const lost = await sessions.of(id).preview({ step: steps[0] ?? '' });
    t.ok(lost.differences.some(({ kind, change, text }) => `${change} ${kind} ${text}` === 'lost node red'));
    t.ok('red' in (await sessions.of(id).topology()).nodes, 'a preview changes nothing');
    await sessions.of(id).enter(steps[0] ?? '', 'goto');
    t.notOk('red' in (await sessions.of(id).topology()).nodes, 'the first step begins without namespaces');
    t.same((await sessions.of(id).preview({ step: steps[0] ?? '' })).differences, [], 'as on entry');
    const back = await sessions.of(id).preview('undo');
    t.equal(back.step, last);
    t.ok(
      back.differences.some(({ kind, change, text }) => `${change} ${kind} ${text}` === 'gained node red'),
    );
    const undone = await sessions.of(id).undo();
    t.equal(undone.step, last);
    t.strictSame(
      Object.keys((await sessions.of(id).topology()).nodes),
      Object.keys(full.nodes),
      'undo brings the machine back',
    );
    t.ok(
      sessions.get(id).steps.every(({ doneAt }) => doneAt !== null),
      'what was done stays done',
    );
  }),
);

t.test('a done step that breaks is broken, and mended again', (t) =>
  withSessions(t, async (open) => {
    const sessions = await open();
    const { id } = await sessions.start(lab, 'virtual-switch');
    await sessions.of(id).apply(null);
    await sessions.of(id).check(null);
    const state = () => sessions.get(id).steps.find((each) => each.id === 'virtual-switch');
    t.match(state(), { doneAt: Number, broken: false });
    t.equal(
      sessions.get(id).step,
      steps[steps.indexOf('virtual-switch') + 1],
      'passing leads to the next step',
    );
    const type = async (run: string) => {
      const stream = await sessions.of(id).open('host', ['bash', '-c', run], { pty: null });
      stream.onData(() => {});
      await new Promise<void>((resolve) => stream.onExit(() => resolve()));
    };
    await type('ip link set dev veth-red-br down');
    const verdicts = await sessions.of(id).check('virtual-switch');
    t.ok(verdicts.some(({ status, reason }) => status === 'fail' && reason === 'link-down'));
    t.match(state(), { doneAt: Number, broken: true });
    await type('ip link set dev veth-red-br up');
    await sessions.of(id).check('virtual-switch');
    t.match(state(), { broken: false });
  }),
);

t.test('steps ahead are not yet, never failures', (t) =>
  withSessions(t, async (open) => {
    const sessions = await open();
    const { id } = await sessions.start(lab, null);
    const ahead = await sessions.of(id).check(last);
    t.ok(ahead.some(({ status }) => status === 'not-yet'));
    t.ok(ahead.every(({ status }) => status !== 'fail'));
    t.equal(sessions.get(id).step, steps[0]);
  }),
);

t.test('two sessions of one lab at once', (t) =>
  withSessions(t, async (open) => {
    const sessions = await open();
    const [one, other] = await Promise.all([sessions.start(lab, null), sessions.start(lab, 'host-joins')]);
    t.notOk('red' in (await sessions.of(one.id).topology()).nodes);
    t.ok('red' in (await sessions.of(other.id).topology()).nodes);
    await sessions.start(lab, null);
    await t.rejects(sessions.start(lab, null), { code: 'session-limit' });
  }),
);

t.test('the limit holds also for those who come at the same time', (t) =>
  withSessions(t, async (open) => {
    const sessions = await open();
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => sessions.start(lab, null)));
    const refused = all.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
    t.strictSame(refused, ['session-limit', 'session-limit']);
    t.equal(sessions.list().length, 3);
  }),
);

t.test('apply types nothing that is already so', (t) =>
  withSessions(t, async (open) => {
    const sessions = await open();
    const { id } = await sessions.start(lab, 'lan-masquerade');
    const first = await sessions.of(id).apply(null);
    t.match(first, { steps: ['lan-masquerade'], already: [], ok: true });
    const second = await sessions.of(id).apply('lan-masquerade');
    t.strictSame(
      second,
      { steps: [], lines: [], already: ['lan-masquerade'], ok: true },
      'typed before, and it holds',
    );
    const rules = (await sessions.of(id).topology()).nodes.host?.rules.ipv4 ?? '';
    t.equal(rules.match(/MASQUERADE/g)?.length, 1, 'no rule is there twice');
    t.equal(sessions.get(id).step, steps[steps.indexOf('lan-masquerade') + 1], 'it counts as done');

    await sessions.of(id).enter('isolation', 'goto');
    const lines = library.get(lab).steps[0]?.solution.map(({ run }) => run) ?? [];
    const stream = await sessions
      .of(id)
      .open('host', ['bash', '-c', `{ ${lines.join('\n')}\n} &>/dev/null`], {
        pty: null,
      });
    await new Promise<void>((resolve) => stream.onExit(() => resolve()));
    const byHand = await sessions.of(id).apply(null);
    t.match(byHand, { already: ['isolation'], ok: true }, 'done by hand');
    t.equal(byHand.lines.length, 1, 'the first line failed, and then it was looked');

    await sessions.of(id).enter('lan-masquerade', 'goto');
    t.match(await sessions.of(id).apply(null), { steps: ['lan-masquerade'], already: [] }, 'a fresh machine');
  }),
);

t.test('hints climb the ladder', (t) =>
  withSessions(t, async (open) => {
    const sessions = await open();
    const { id } = await sessions.start(lab, null);
    const rungs = [];
    for (let count = 0; count < 5; count++) rungs.push(await sessions.of(id).hint());
    t.strictSame(
      rungs.map((hint) => hint?.rung),
      [1, 2, 3, 4, 4],
    );
    t.match(rungs[3]?.text.en, /ip netns add red/);
    t.ok(rungs.every((hint) => hint && hint.text.en !== '' && hint.text.ko !== ''));
  }),
);

t.test('a daemon that comes again goes on where the learner was', (t) =>
  withSessions(t, async (open) => {
    const first = await open();
    const { id } = await first.start(lab, null);
    await first.of(id).apply(null);
    await first.of(id).check(null);
    await first.of(id).enter('host-joins', 'goto');
    const before = first.get(id);
    const events: NumberedEvent[] = [];
    first.of(id).subscribe(0, (event) => events.push(event))();
    t.strictSame(
      events.map(({ number }) => number),
      events.map((_, index) => index + 1),
      'numbered without gaps',
    );

    const second = await open();
    t.equal(second.current(), id);
    t.match(second.get(id), {
      step: 'host-joins',
      machine: { state: 'ready', pid: before.machine.pid },
      canUndo: true,
    });
    t.equal(second.get(id).lastEvent, before.lastEvent);
    const missed: NumberedEvent[] = [];
    second.of(id).subscribe(2, (event) => missed.push(event))();
    t.strictSame(missed, events.slice(2), 'a client that saw two events gets the rest');
    t.equal((await second.of(id).undo()).step, steps[1]);
  }),
);

t.test('after a reboot the machine is gone and the step is not', (t) =>
  withSessions(t, async (open, directory) => {
    const first = await open();
    const { id } = await first.start(lab, 'host-joins');
    process.kill(first.get(id).machine.pid, 'SIGKILL');
    // A line that a daemon killed while writing leaves behind.
    appendFileSync(join(directory, `${id}.jsonl`), '{"kind":"event","number":99');
    const second = await open();
    t.match(second.get(id), { step: 'host-joins', machine: { state: 'ready' } });
    t.ok(
      'red' in (await second.of(id).topology()).nodes,
      'a fresh machine, in the state the step begins with',
    );
    for (const line of readFileSync(join(directory, `${id}.jsonl`), 'utf8')
      .trim()
      .split('\n'))
      t.ok(entriesIn(line), 'the broken line is gone');
  }),
);

t.test('a machine that was ended is reported, and reset makes a new one', (t) =>
  withSessions(t, async (open) => {
    const sessions = await open();
    const { id } = await sessions.start(lab, null);
    process.kill(sessions.get(id).machine.pid, 'SIGKILL');
    // A signal is delivered when the kernel comes to it.
    while (sessions.get(id).machine.state !== 'gone') await new Promise(setImmediate);
    await t.rejects(sessions.of(id).check(null), { code: 'machine-gone' });
    t.equal((await sessions.of(id).reset()).machine.state, 'ready');
  }),
);

t.test('the error for an unknown name suggests the nearest one', (t) =>
  withSessions(t, async (open) => {
    const sessions = await open();
    const { id } = await sessions.start(lab, null);
    await t.rejects(sessions.of(id).enter('veth-par', 'goto'), {
      code: 'step-not-found',
      message: /did you mean veth-pair\?/,
    });
    await t.rejects(sessions.start('network-namespace', null), { code: 'lab-not-found' });
    t.throws(() => sessions.get('zzzzzz'), { code: 'session-not-found' });
    await t.rejects(sessions.of(id).undo(), { code: 'nothing-to-undo' });
    await t.rejects(sessions.of(id).preview('undo'), { code: 'nothing-to-undo' });
    await t.rejects(sessions.of(id).open('reed', ['true'], { pty: null }), { code: 'node-not-found' });
  }),
);
