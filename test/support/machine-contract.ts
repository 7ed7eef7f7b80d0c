import type { Test } from 'tap';
import type { ChangeKind } from '../../src/core/check/changes.ts';
import { HoplabError } from '../../src/core/errors.ts';
import type { Action } from '../../src/core/plan/action.ts';
import { planTopology } from '../../src/core/plan/topology.ts';
import type { Machine, Stream } from '../../src/core/ports.ts';
import { liveLab } from './live-lab.ts';
import { watched } from './watched.ts';

export interface Making {
  make(): Promise<Machine>;
  /** Ends its pid 1, as a learner or the kernel may. */
  kill(machine: Machine): Promise<void>;
}

type Place = (t: Test, work: (making: Making) => Promise<void>) => Promise<void>;

/**
 * The contract that sessions rely on, for every machine: the same suite for the real one and for the fake
 * one. Both must handle every kind of line and action that unit tests give to the fake machine.
 */
export function machineContract(t: Test, place: Place): void {
  const inMachine = (what: string, work: (t: Test, machine: Machine, making: Making) => Promise<void>) =>
    t.test(what, (t) => place(t, async (making) => work(t, await making.make(), making)));

  inMachine('a new machine is one node', async (t, machine) => {
    t.ok(machine.alive());
    t.strictSame(await machine.nodes(), ['host']);
    const { nodes } = await machine.observe(['net.ipv4.icmp_echo_ignore_all']);
    t.strictSame(Object.keys(nodes), ['host']);
    t.equal(nodes.host?.kind, 'machine');
    t.strictSame(
      nodes.host?.links.map(({ name, up }) => `${name} ${up}`),
      ['lo true'],
    );
    t.equal(nodes.host?.sysctls['net.ipv4.icmp_echo_ignore_all'], '0', 'a key that was asked for');
    t.ok((await machine.processes()).some(({ node, pids }) => node === 'host' && pids[0] === 1));
  });

  inMachine('a topology is made', async (t, machine) => {
    await machine.perform(topology());
    t.strictSame((await machine.nodes()).sort(), ['far', 'host', 'red']);
    t.equal((await machine.nodes())[0], 'host');
    const { host, far, red } = (await machine.observe()).nodes;
    t.strictSame(
      [host, far, red].map((node) => node?.kind),
      ['machine', 'host', 'netns'],
    );
    const eth0 = host?.links.find(({ name }) => name === 'eth0');
    t.match(eth0, {
      kind: 'veth',
      up: true,
      carrier: true,
      master: null,
      peer: { node: 'far', link: 'eth0' },
    });
    t.match(
      eth0?.addresses.filter(({ family }) => family === 'ipv4'),
      [{ address: '10.0.0.1', prefix: 24 }],
    );
    t.ok(far?.routes.some(({ destination, via }) => destination === 'default' && via === '10.0.0.1'));
    t.equal(host?.sysctls['net.ipv4.ip_forward'], '1');
    t.ok(far?.listeners.some(({ protocol, port }) => protocol === 'tcp' && port === 80));
    t.ok((await machine.processes()).some(({ node, command }) => node === 'far' && /nginx/.test(command)));
  });

  inMachine('lines are typed', async (t, machine) => {
    await machine.perform(topology());
    const type = async (line: string, on = 'host') => machine.run(on, ['bash', '-c', line]);
    t.match(await type('echo one; echo two'), { exitCode: 0, stdout: 'one\ntwo\n', timedOut: false });
    t.match(await type('true && exit 3'), { exitCode: 3, signal: null });
    t.match(await type('hoplab-none'), { exitCode: 127 });
    t.match(await machine.run('host', ['cat'], { input: 'given' }), { exitCode: 0, stdout: 'given' });
    t.match(await type('echo mark >/etc/mark', 'far'), { exitCode: 0 });
    t.match(await type('cat /etc/mark', 'far'), { exitCode: 0, stdout: 'mark\n' });
    t.match(await type('cat /etc/mark'), { exitCode: 1, stdout: '' }, 'files of other hosts are their own');
    for (const line of refused) t.not((await type(line)).exitCode, 0, line);
    for (const line of lines) t.match(await type(line), { exitCode: 0, stderr: '' }, line);
    const { host, green } = (await machine.observe()).nodes;
    t.equal(green?.kind, 'netns');
    t.match(
      host?.links.find(({ name }) => name === 'sw'),
      { kind: 'bridge', up: true },
    );
    t.ok(host?.routes.some(({ destination, via }) => destination === '10.7.0.0/16' && via === '10.0.0.2'));
    t.match(host?.rules.ipv4, /-A FORWARD -s 10\.9\.9\.9\/32 -j DROP/);
    t.equal(host?.sysctls['net.ipv4.ip_forward'], '0');
    t.match(await type('ip link del sw && ip netns del green'), { exitCode: 0 });
    t.notOk('green' in (await machine.observe()).nodes);
  });

  inMachine('a plan ends at the action that fails', async (t, machine) => {
    const plan: Action[] = [
      { kind: 'lines', lines: [{ on: 'host', run: 'ip netns add one' }] },
      { kind: 'lines', lines: [{ on: 'host', run: 'ip link set none up' }] },
      { kind: 'netns', name: 'two' },
    ];
    t.equal(await codeOf(machine.perform(plan)), 'action-failed');
    t.strictSame(await machine.nodes(), ['host', 'one']);
  });

  inMachine('pings', async (t, machine) => {
    await machine.perform(topology());
    const ping = async (to: string, from = 'host') =>
      (await machine.probe({ kind: 'ping', from, to })).result;
    t.equal(await ping('10.0.0.2'), 'reply');
    t.equal(await ping('10.0.0.1'), 'reply', 'to itself');
    t.ok(['silence', 'host-unreachable'].includes(await ping('10.0.0.99')), 'nobody has this address');
    t.equal(await ping('172.16.0.1'), 'no-route');
    await machine.run('host', ['bash', '-c', 'ip link set eth0 down']);
    t.equal(await ping('10.0.0.2'), 'no-route', 'the route goes with the link');
  });

  inMachine('no such node', async (t, machine) => {
    const asked = [
      machine.run('none', ['true']),
      machine.probe({ kind: 'ping', from: 'none', to: '127.0.0.1' }),
      machine.trace({ from: 'none', to: '127.0.0.1', probe: { kind: 'icmp' } }),
      machine.open('none', ['true'], { pty: null }),
      machine.expose('none', 'hoplab.contract.none'),
    ];
    t.strictSame(
      await Promise.all(asked.map(codeOf)),
      asked.map(() => 'node-not-found'),
    );
  });

  inMachine('changes are told', async (t, machine) => {
    await machine.perform(topology());
    const { watch, after, changes: heardKinds, stale } = await watched(machine);
    for (const [line, kind] of changes) {
      const kinds = await after(() => machine.run('host', ['bash', '-c', line]), kind);
      t.ok(kinds.includes(kind), `${line}: ${kinds}`);
    }
    await watch.look();
    await machine.perform([{ kind: 'service', on: 'red', service: 'http' }]);
    t.strictSame((await watch.look()).sort(), ['listeners', 'processes'], 'which no message tells of');
    t.strictSame(await watch.look(), [], 'they are no others than at the last look');
    await watch.stop();
    const before = [heardKinds.length, stale()];
    await machine.run('host', ['bash', '-c', 'ip netns add last']);
    t.strictSame(await watch.look(), []);
    t.strictSame([heardKinds.length, stale()], before, 'nothing is told after its end');
  });

  inMachine('what is being asked is given up', async (t, machine) => {
    const asked = codeOf(machine.run('host', ['sleep', '100']));
    await begun(machine);
    machine.interrupt();
    t.equal(await asked, 'interrupted');
    t.ok(machine.alive());
    t.match(await machine.run('host', ['true']), { exitCode: 0 }, 'and it goes on');
  });

  inMachine('streams', async (t, machine) => {
    t.strictSame(await heard(await machine.open('host', ['bash', '-c', 'echo one; exit 4'], { pty: null })), [
      'one\n',
      4,
      null,
    ]);
    const cat = await machine.open('host', ['cat'], { pty: null });
    const all = heard(cat);
    await cat.write(Buffer.from('typed'));
    cat.end();
    t.strictSame(await all, ['typed', 0, null]);
  });

  inMachine('names for the VM are given and taken away', async (t, machine) => {
    const file = await machine.expose('host', 'hoplab.contract.host');
    t.equal(file, '/run/netns/hoplab.contract.host');
    await machine.conceal();
    await machine.conceal();
  });

  inMachine('files are carried over', async (t, machine, { make }) => {
    await machine.run('host', ['bash', '-c', 'echo kept >/etc/mark; echo lost >/tmp/mark']);
    const other = await make();
    await other.startWithFilesOf(machine);
    t.match(await other.run('host', ['cat', '/etc/mark']), { stdout: 'kept\n' });
    t.match(await other.run('host', ['cat', '/tmp/mark']), { exitCode: 1 });
    t.ok(machine.alive());
  });

  for (const [way, end] of [
    ['destroyed', (machine: Machine) => machine.destroy()],
    ['killed', (machine: Machine, { kill }: Making) => kill(machine)],
  ] as const) {
    inMachine(`a machine that was ${way} answers nothing`, async (t, machine, making) => {
      const { ended } = await watched(machine);
      await end(machine, making);
      // A watch that its machine's `destroy` has ended reports nothing.
      if (way === 'killed') await ended;
      t.notOk(machine.alive());
      const asked = [
        machine.perform([]),
        machine.run('host', ['true']),
        machine.nodes(),
        machine.observe(),
        machine.processes(),
        machine.probe({ kind: 'ping', from: 'host', to: '127.0.0.1' }),
        machine.open('host', null, { pty: null }),
        machine.expose('host', 'hoplab.contract.gone'),
      ];
      t.strictSame(
        await Promise.all(asked.map(codeOf)),
        asked.map(() => 'machine-gone'),
      );
      t.throws(() => machine.watch({ changed() {}, stale() {}, ended() {} }), { code: 'machine-gone' });
      await machine.destroy();
      t.pass('its end may be asked for again');
    });
  }
}

const topology = () => planTopology(liveLab().topology);

const refused = [
  'ip link set none up',
  'ip netns add red',
  'ip netns del none',
  'ip addr add 10.0.0.1/24 dev eth0',
];

const lines = [
  'ip netns add green',
  'ip link add sw type bridge',
  'ip link set sw up',
  'ip addr add 10.5.0.1/24 dev sw',
  'ip addr del 10.5.0.1/24 dev sw',
  'ip route add 10.7.0.0/16 via 10.0.0.2',
  'iptables -A FORWARD -s 10.9.9.9/32 -j DROP',
  'sysctl -qw net.ipv4.ip_forward=0',
];

const changes: [string, ChangeKind][] = [
  ['ip netns add green', 'nodes'],
  ['ip link add sw type bridge', 'links'],
  ['ip addr add 10.5.0.1/24 dev eth0', 'addresses'],
  ['ip route add 10.7.0.0/16 via 10.0.0.2', 'routes'],
  ['iptables -A FORWARD -s 10.9.9.9/32 -j DROP', 'rules'],
  ['sysctl -qw net.ipv4.ip_forward=0', 'sysctls'],
  ['echo mark >/etc/mark', 'files'],
];

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof HoplabError ? error.code : error),
  );

/** Until the program that does not end runs. */
async function begun(machine: Machine): Promise<void> {
  const sleeps = async () => (await machine.processes()).some(({ command }) => /sleep 100/.test(command));
  while (!(await sleeps()));
}

function heard(stream: Stream): Promise<[string, number | null, string | null]> {
  let output = '';
  stream.onData((_, data) => {
    output += Buffer.from(data).toString();
  });
  return new Promise((resolve) => stream.onExit((exitCode, signal) => resolve([output, exitCode, signal])));
}
