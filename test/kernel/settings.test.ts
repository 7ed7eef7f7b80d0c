import t from 'tap';
import { planTopology } from '../../src/core/plan/topology.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { inheritedValues, settingsOf, settingsScript } from '../../src/kernel/machine/settings.ts';
import { sh, workplace } from '../support/machines.ts';

t.test("a namespace is given the kernel's own values where the VM has others", async (t) => {
  const debian13 = {
    ...{ 'all/rp_filter': '0', 'all/accept_source_route': '0', 'all/forwarding': '1' },
    ...{ 'default/rp_filter': '2', 'default/accept_source_route': '0', 'default/promote_secondaries': '1' },
    ...{ 'default/forwarding': '1', 'default/accept_redirects': '1', 'default/mc_forwarding': '1' },
  };
  t.strictSame(settingsOf(debian13), [
    { name: 'all/forwarding', own: '0', inherited: '1' },
    { name: 'default/forwarding', own: '0', inherited: '1' },
    { name: 'default/rp_filter', own: '0', inherited: '2' },
    { name: 'default/accept_source_route', own: '1', inherited: '0' },
    { name: 'default/promote_secondaries', own: '0', inherited: '1' },
  ]);
  t.equal(
    settingsScript([{ name: 'default/rp_filter', own: '0', inherited: '2' }]),
    'echo 0 >/proc/sys/net/ipv4/conf/default/rp_filter\necho 0 >/proc/sys/net/ipv4/conf/lo/rp_filter\n',
  );
});

/** Values that no VM has, so that every one of them must be set. */
function unlike(): Record<string, string> {
  const other = (value: string | null) => (value === '1' ? '0' : '1');
  const inherited = inheritedValues();
  return Object.fromEntries(
    ['all/rp_filter', 'default/rp_filter', 'default/promote_secondaries', 'default/arp_ignore'].map(
      (name) => [name, other(inherited[name] ?? null)],
    ),
  );
}

t.test('every namespace of a machine begins alike, in every way of making one', (t) =>
  workplace(t, async ({ root }) => {
    const wanted = unlike();
    const machines = new KernelMachines(root, { wanted });
    await machines.adopt();
    const machine = await machines.create('m');
    const files = Object.keys(wanted).map((name) => `/proc/sys/net/ipv4/conf/${name}`);
    const read = (node: string) =>
      sh(machine, `cat ${files.join(' ')} ${files.at(-1)?.replace('default', 'lo')}`, node);
    const expected = `${[...Object.values(wanted), Object.values(wanted).at(-1)].join('\n')}\n`;
    try {
      await machine.perform(
        planTopology({
          nodes: [bare('host', 'machine'), bare('lan', 'host'), bare('red', 'netns')],
          bridges: [],
          links: [],
        }),
      );
      for (const node of ['host', 'lan', 'red']) t.equal(await read(node), expected, node);
      for (const name of ['blue', 'green', 'blue']) {
        await sh(machine, `ip netns del ${name} 2>/dev/null; ip netns add ${name}`);
        t.equal(await read(name), expected, `${name}, made by hand`);
      }
      await sh(
        machine,
        `ip netns add late; ip link add va type veth peer name vb netns late
         sysctl -qw net.ipv4.conf.va.rp_filter=2; ip netns exec late sysctl -qw net.ipv4.conf.vb.arp_ignore=3`,
      );
      const late = await sh(machine, 'cat /proc/sys/net/ipv4/conf/vb/{rp_filter,arp_ignore}', 'late');
      t.equal(late, `${wanted['default/rp_filter']}\n3\n`, 'what the learner has set stays');
      await sh(
        machine,
        'for i in $(seq 300); do : >/run/netns/plain$i; done; mkfifo /run/netns/fifo; ip netns add last',
      );
      t.equal(await read('last'), expected, 'other things among the names hold nothing up');
    } finally {
      await machine.destroy();
    }
  }),
);

t.test("a learner's names of namespaces do not affect another machine", (t) =>
  workplace(t, async ({ root }) => {
    const wanted = unlike();
    const machines = new KernelMachines(root, { wanted });
    await machines.adopt();
    const [noisy, other] = await Promise.all([machines.create('noisy'), machines.create('other')]);
    const file = '/proc/sys/net/ipv4/conf/default/rp_filter';
    const flood = await noisy.open('host', ['python3', '-c', flooding], { pty: null });
    let output = '';
    flood.onData((_, data) => {
      output += Buffer.from(data).toString();
    });
    while (!output.includes('flooding')) await new Promise(setImmediate);
    try {
      for (let round = 1; round <= 10; round++) {
        const began = performance.now();
        await sh(other, `ip netns del red 2>/dev/null; ip netns add red`);
        const value = await sh(other, `cat ${file}`, 'red');
        t.equal(value, `${wanted['default/rp_filter']}\n`, `round ${round}: ${performance.now() - began} ms`);
      }
      await sh(noisy, 'ip netns add mine; ip netns exec mine true');
      flood.close();
      t.match(await sh(noisy, `ip netns exec mine cat ${file}`), wanted['default/rp_filter'] ?? '');
    } finally {
      for (const each of [noisy, other]) await each.destroy();
    }
  }),
);

/** Names that come and go as fast as they can, by eight processes; a terminal among them that says Control-C. */
const flooding = `
import os, pty
master, slave = pty.openpty()
open('/run/netns/terminal', 'w').close()
os.system('mount --bind ' + os.ttyname(slave) + ' /run/netns/terminal')
os.write(master, b'\\x03')
for one in range(8):
    if os.fork() == 0:
        while True:
            name = '/run/netns/flood%d' % one
            os.close(os.open(name, os.O_CREAT | os.O_WRONLY))
            os.unlink(name)
print('flooding', flush=True)
os.read(0, 1)
`;

t.test('a daemon that begins anew finds what was made meanwhile', (t) =>
  workplace(t, async ({ root }) => {
    const wanted = unlike();
    const first = new KernelMachines(root);
    await first.adopt();
    const machine = await first.create('m');
    await sh(machine, 'ip netns add red');
    const second = new KernelMachines(root, { wanted });
    const [adopted] = await second.adopt();
    if (adopted === undefined) throw new Error('not adopted');
    const file = '/proc/sys/net/ipv4/conf/default/rp_filter';
    t.equal(await sh(adopted, `cat ${file}`, 'red'), `${wanted['default/rp_filter']}\n`);
    await adopted.destroy();
    await machine.destroy();
  }),
);

function bare(name: string, kind: 'machine' | 'host' | 'netns') {
  return { name, kind, title: null, service: null, sysctls: {}, routes: [], run: [] };
}
