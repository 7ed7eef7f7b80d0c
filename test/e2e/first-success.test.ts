import t from 'tap';
import { type Daemon, withDaemon } from '../support/daemon.ts';
import { machineProcesses, rangesOf, vmInventory } from '../support/vm.ts';

t.test("a new user's first hour: the README's commands, in order", (t) =>
  withDaemon(async (daemon) => {
    const before = vmInventory();
    await daemon.start();

    const labs = await daemon.hoplab('labs');
    t.match(labs.stdout, /network-namespaces/);
    t.match((await daemon.hoplab('start', 'network-namespaces')).stdout, /isolation/);

    const failing = await daemon.hoplab('check');
    t.equal(failing.exitCode, 1);
    t.match(failing.stdout, /no network namespace red/);
    t.match((await daemon.hoplab('check', '--lang', 'ko')).stdout, /네임스페이스/);

    for (const line of ['ip netns add red', 'ip netns add blue']) {
      t.equal((await daemon.hoplab('exec', 'host', '--', 'sh', '-c', line)).exitCode, 0, line);
    }
    t.match((await daemon.hoplab('exec', 'red', '--', 'ip', 'link')).stdout, /lo: <LOOPBACK>/);
    t.equal((await daemon.hoplab('exec', 'red', '--', 'sh', '-c', 'exit 7')).exitCode, 7);
    t.strictSame(vmInventory(), before, 'the VM has not noticed');

    t.equal((await daemon.hoplab('reset')).exitCode, 0);
    t.equal((await daemon.hoplab('apply', '--all')).exitCode, 0);
    const all = await daemon.hoplab('check', '--all');
    t.equal(all.exitCode, 0, all.stdout);
    t.match(all.stdout, /checks of earlier steps were not asked/);
    t.match((await daemon.hoplab('topology')).stdout, /v-net-0/);
    t.match((await daemon.hoplab('status')).stdout, /being-reached/);
    t.match(
      (await daemon.hoplab('show', 'veth-pair')).stdout,
      /ip link add veth-red type veth peer name veth-blue/,
    );
    t.equal((await daemon.hoplab('reset')).exitCode, 0);
    t.equal((await daemon.hoplab('undo')).exitCode, 0);
    t.equal((await daemon.hoplab('stop', '--all')).exitCode, 0);
    t.strictSame(machineProcesses(daemon.run), []);
    t.strictSame([...rangesOf(daemon.run)], []);
    t.strictSame(vmInventory(), before, 'the VM is as it was');
  }),
);

t.test('kill -9 of the daemon in the middle of a step', (t) =>
  withDaemon(async (daemon) => {
    const before = vmInventory();
    await daemon.start();
    await daemon.hoplab('start', 'network-namespaces', '--step', 'virtual-switch');
    const { session } = await firstSession(daemon);
    const applying = daemon.started('apply');
    await until(
      async () => (await daemon.hoplab('exec', 'host', '--', 'ip', 'link', 'show', 'v-net-0')).exitCode === 0,
    );
    await daemon.kill('SIGKILL');
    t.not((await applying.ended).exitCode, 0, 'the client is told');
    t.ok(machineProcesses(daemon.run).length > 0, 'machines outlive the daemon');

    await daemon.start();
    const again = await firstSession(daemon);
    t.equal(again.session, session);
    t.equal(again.step, 'virtual-switch');
    t.equal(
      (await daemon.hoplab('exec', 'host', '--', 'ip', 'link', 'show', 'v-net-0')).exitCode,
      0,
      'in its machine',
    );
    t.equal((await daemon.hoplab('reset')).exitCode, 0);
    t.equal((await daemon.hoplab('apply')).exitCode, 0);
    t.equal((await daemon.hoplab('check')).exitCode, 0);
    await daemon.hoplab('stop', '--all');
    t.strictSame(machineProcesses(daemon.run), [], 'nothing leaked');
    t.strictSame(vmInventory(), before);
  }),
);

t.test('kill -9 while a machine is being made leaves nothing', (t) =>
  withDaemon(async (daemon) => {
    await daemon.start();
    const starting = daemon.started('start', 'network-namespaces');
    await until(async () => rangesOf(daemon.run).size > 0);
    await daemon.kill('SIGKILL');
    await starting.ended;
    await daemon.start();
    await daemon.hoplab('stop', '--all');
    t.strictSame(machineProcesses(daemon.run), []);
    t.strictSame([...rangesOf(daemon.run)], []);
  }),
);

t.test('a command that cannot be done prints an error code, and nothing is lost', (t) =>
  withDaemon(async (daemon) => {
    t.match(await daemon.json('sessions'), { error: { code: 'daemon-unreachable' } });
    await daemon.start();
    await daemon.hoplab('start', 'network-namespaces');
    for (const [args, code] of [
      [['start', 'network-namespace'], 'lab-not-found'],
      [['goto', 'veth-par'], 'step-not-found'],
      [['exec', 'reed', '--', 'true'], 'node-not-found'],
      [['status', '--session', 'zzzz'], 'session-not-found'],
      [['undo'], 'nothing-to-undo'],
      [['lint', '/nowhere'], 'labs-directory-missing'],
    ] as const) {
      const { exitCode } = await daemon.hoplab(...args);
      t.not(exitCode, 0, args.join(' '));
      t.match(await daemon.json(...args), { error: { code, message: String } });
    }
    const second = await daemon.hoplab('daemon');
    t.not(second.exitCode, 0);
    t.match(`${second.stdout}${second.stderr}`, /another daemon runs in/);
    await withDaemon(
      async (neighbour) => {
        await t.rejects(neighbour.start(), { message: /HOPLAB_LISTEN=127\.0\.0\.1:\d+: .*EADDRINUSE/ });
      },
      { HOPLAB_LISTEN: daemon.url.replace('http://', '') },
    );
    t.equal((await daemon.hoplab('status')).exitCode, 0, 'the session is still there');
  }),
);

t.test('a lab directory that is not there stops the daemon with a clear error', (t) =>
  withDaemon(
    async (daemon) => {
      await t.rejects(daemon.start(), {
        message: /labs-directory-missing|cannot read the lab directory \/nowhere\/labs/,
      });
    },
    { HOPLAB_LABS: '/nowhere/labs' },
  ),
);

t.test('doctor reports the state of this VM', (t) =>
  withDaemon(async (daemon) => {
    const { exitCode, stdout } = await daemon.hoplab('doctor');
    t.equal(exitCode, 0, stdout);
    t.match(stdout, /kernel +veth +ok/);
  }),
);

async function firstSession(daemon: Daemon): Promise<{ session: string; step: string }> {
  const { sessions } = await daemon.json<{ sessions: { id: string; step: string }[] }>('sessions');
  const [first] = sessions;
  return { session: first?.id ?? '', step: first?.step ?? '' };
}

/** Looks until it is so; after a minute it never will be. */
async function until(so: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await so())) {
    if (performance.now() > end) throw new Error('it did not become so');
    await new Promise(setImmediate);
  }
}
