import t from 'tap';
import { runningAs } from '../../src/core/check/kinds/process/judge.ts';
import type { Machine } from '../../src/core/ports.ts';
import { sh, workplace } from '../support/machines.ts';

/** In red: sleep 1001 as root without NET_ADMIN, sleep 1002 as user 1010 with NET_BIND_SERVICE only. */
async function withProcesses(machine: Machine): Promise<void> {
  await sh(
    machine,
    `ip netns add red; ip -n red link set lo up
    inside() { ip netns exec red setsid "$@" </dev/null >/dev/null 2>&1 & }
    inside capsh --drop=cap_net_admin -- -c 'exec sleep 1001'
    inside setpriv --reuid 1010 --regid 1010 --clear-groups \
      --inh-caps +net_bind_service --ambient-caps +net_bind_service sleep 1002
    until pgrep -f '^sleep 1001' && pgrep -f '^sleep 1002'; do sleep 0.05; done >/dev/null`,
  );
}

const run = (machine: Machine, line: string, as: string | null) =>
  machine.probe({ kind: 'command', from: 'red', run: line, as });

t.test('processes have a user and capabilities', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await withProcesses(machine);
    const processes = await machine.processes();
    const [root] = runningAs(processes, 'red', 'sleep 1001');
    const [user] = runningAs(processes, 'red', 'sleep 1002');
    t.equal(root?.uid, 0);
    t.notOk(root?.capabilities?.includes('net_admin'));
    t.ok(root?.capabilities?.includes('net_raw'));
    t.equal(user?.uid, 1010);
    t.same(user?.capabilities, ['net_bind_service']);
  }),
);

t.test('a command with the rights of a process may what the process may', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await withProcesses(machine);
    const set = 'ip link set lo down';
    t.match(await run(machine, set, 'sleep 1001'), {
      result: 'answer',
      status: 2,
      body: /Operation not permitted/,
      evidence: { on: 'red', command: set },
    });
    t.match(await run(machine, 'id -u', 'sleep 1001'), { status: 0, body: '0\n' });
    t.match(await run(machine, 'id -u; id -G', 'sleep 1002'), { status: 0, body: '1010\n1010\n' });
    t.match(await run(machine, 'grep CapEff /proc/self/status', 'sleep 1002'), { body: /0000000000000400/ });
    t.match(await run(machine, set, null), { status: 0 });
    await sh(
      machine,
      "ip netns exec red setsid capsh --drop=cap_net_raw -- -c 'exec sleep 1004' </dev/null >/dev/null 2>&1 &",
    );
    await sh(machine, "until pgrep -f '^sleep 1004'; do sleep 0.05; done");
    t.match(await run(machine, 'ping -c 1 127.0.0.1', 'sleep 1004'), {
      result: 'answer',
      body: /Operation not permitted/,
    });
  }),
);

t.test('a command that waits for ever is no failure of the tool', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await withProcesses(machine);
    const endless = await run(machine, 'cat /dev/zero >/dev/null', null);
    t.match(endless, { result: 'silence', status: null, evidence: { on: 'red' } });
    t.notMatch(endless.evidence.output, /@hoplab/);
  }),
);

t.test('the process that a machine waits with is not taken for one of the learner', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await withProcesses(machine);
    const names = (await machine.processes()).map(({ command }) => command);
    t.notOk(names.some((name) => name.startsWith('sleep infinity')));
    t.ok(names.some((name) => name.startsWith('sleep 365d')));
  }),
);

t.test('no such process, no such program: the tool failed', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await withProcesses(machine);
    t.match(await run(machine, 'true', 'sleep 1003'), { result: 'tool-failed' });
    t.match(await run(machine, 'no-such-program', null), { result: 'tool-failed' });
    await sh(machine, 'mount --bind /usr/bin/false /usr/bin/setpriv');
    t.not((await run(machine, 'true', 'sleep 1001')).status, 0);
  }),
);
