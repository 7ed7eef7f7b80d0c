import { join } from 'node:path';
import t, { type Test } from 'tap';
import { HoplabError } from '../../src/core/errors.ts';
import type { Machine } from '../../src/core/ports.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Sessions } from '../../src/session/sessions.ts';
import { CountedMachines } from '../support/counted.ts';
import { Following } from '../support/following.ts';
import { inPlaceOf } from '../support/in-place-of.ts';
import { liveLab } from '../support/live-lab.ts';
import { sh, workplace } from '../support/machines.ts';

/** Milliseconds: a machine is made in a tenth, and what is asked of the stuck one would take 60 s. */
const soon = 15_000;

const never = "trap '' TERM HUP INT; while :; do sleep 1; done";

interface Place {
  sessions: Sessions;
  start(): Promise<{ id: string; machine: Machine }>;
}

function inSessions(t: Test, work: (place: Place) => Promise<void>): Promise<void> {
  return workplace(t, async ({ root }) => {
    const made: Machine[] = [];
    const counted = new CountedMachines(new KernelMachines(root));
    const machines = Object.assign(Object.create(counted), {
      adopt: () => counted.adopt(),
      lacks: (features: string[]) => counted.lacks(features),
      rest: () => counted.rest(),
      create: async (id: string) => {
        const machine = await counted.create(id);
        made.push(machine);
        return machine;
      },
    });
    const directory = join(t.testdir(), 'sessions');
    const sessions = await Sessions.open({ machines, labOf: liveLab, directory, limit: 3 });
    const start = async () => {
      const { id } = await sessions.start('live', null);
      return { id, machine: made.at(-1) as Machine };
    };
    try {
      await work({ sessions, start });
    } finally {
      for (const { id } of sessions.list()) await sessions.stop(id);
    }
  });
}

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof HoplabError ? error.code : error),
  );

/** Until a program runs in the machine. */
async function running(machine: Machine, program: string): Promise<void> {
  while (
    !(await machine.processes()).some(
      ({ command }) => command.includes(`${program}.instead`) || command.includes(`/usr/bin/${program}`),
    )
  );
}

async function quickly(t: Test, what: string, work: Promise<unknown>): Promise<void> {
  const started = performance.now();
  t.equal(await codeOf(work), 'done', what);
  t.ok(performance.now() - started < soon, `${what}: ${Math.round(performance.now() - started)} ms`);
}

t.test('leaving a machine never waits for it', (t) =>
  inSessions(t, async ({ sessions, start }) => {
    const other = await start();
    for (const [way, leave] of [
      ['reset', (id: string) => sessions.of(id).reset()],
      ['goto', (id: string) => sessions.of(id).enter('later', 'goto')],
      ['stop', (id: string) => sessions.stop(id)],
    ] as const) {
      const { id, machine } = await start();
      // A look at this state has to read its rules.
      await sh(machine, 'iptables -A INPUT -j ACCEPT');
      await inPlaceOf(machine, 'iptables-save', never);
      const verdictsBefore = sessions.get(id).lastEvent;
      const checking = codeOf(sessions.of(id).check(null));
      const tracing = codeOf(
        sessions.of(id).trace({ from: 'host', to: '10.0.0.2', probe: { kind: 'icmp' } }),
      );
      const looking = codeOf(sessions.of(id).topology());
      t.ok(
        (await sessions.of(other.id).check('built')).every(({ status }) => status === 'pass'),
        'another session goes on',
      );
      const events: string[] = [];
      const end = sessions.of(id).subscribe(verdictsBefore, ({ event }) => events.push(event.type));
      await quickly(t, way, leave(id));
      end();
      t.strictSame(await Promise.all([checking, tracing, looking]), [
        'interrupted',
        'interrupted',
        'interrupted',
      ]);
      t.notOk(events.includes('verdict'), 'no verdict is recorded');
      if (way === 'stop') continue;
      const unchecked = (await sessions.of(id).check(null)).filter(
        ({ status }) => status === 'could-not-check',
      );
      t.strictSame(unchecked, [], 'the next machine works');
      await sessions.stop(id);
    }
  }),
);

t.test('a restart that cannot read the files gives way as well', (t) =>
  inSessions(t, async ({ sessions, start }) => {
    const { id, machine } = await start();
    await inPlaceOf(machine, 'tar', never);
    const restarting = codeOf(sessions.of(id).reboot());
    await running(machine, 'tar');
    await quickly(t, 'reset', sessions.of(id).reset());
    t.equal(await restarting, 'interrupted');
  }),
);

t.test('a request after a request to leave goes to the next machine', (t) =>
  inSessions(t, async ({ sessions, start }) => {
    const { id } = await start();
    const both = [
      sessions.of(id).reset(),
      sessions.of(id).check('built'),
      sessions.of(id).enter('later', 'goto'),
      sessions.of(id).check(null),
    ];
    t.strictSame(await Promise.all(both.map(codeOf)), ['done', 'done', 'done', 'done']);
    await sessions.of(id).topology();
    t.pass('and the session goes on');
  }),
);

t.test('a request to leave that cannot be met leaves everything as it is', (t) =>
  inSessions(t, async ({ sessions, start }) => {
    const { id } = await start();
    await t.rejects(sessions.of(id).enter('nowhere', 'goto'), { code: 'step-not-found' });
    await t.rejects(sessions.of(id).undo(), { code: 'nothing-to-undo' });
    t.ok((await sessions.of(id).check(null)).every(({ status }) => status === 'pass'));
  }),
);

t.test('a followed machine that is stuck delays no client, and gets no false verdict', (t) =>
  inSessions(t, async ({ sessions, start }) => {
    const { id, machine } = await start();
    const following = new Following(sessions, id);
    await following.next('step-done built');
    await inPlaceOf(machine, 'iptables-save', never);
    await following.type('host', 'ip link add new type bridge');
    const before = following.events.length;
    await quickly(t, 'reset', sessions.of(id).reset());
    const fresh = following.events.slice(before);
    t.notOk(fresh.some((event) => event.type === 'verdict' && event.verdict.status === 'fail'));
    following.stop();
  }),
);
