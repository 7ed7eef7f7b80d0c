import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { sh, workplace } from '../support/machines.ts';

t.test('a link made by the learner leads the daemon nowhere outside the machine', (t) =>
  workplace(t, async ({ make, root }) => {
    mkdirSync(join(root, 'bait', 'netns', 'secret'), { recursive: true });
    const machine = await make();
    await sh(machine, 'ip netns add red');
    t.strictSame(await machine.nodes(), ['host', 'red']);
    for (const [way, line] of [
      ['a directory on the way', `mv /run /run.mine && ln -s ${root}/bait /run`],
      ['the directory itself', `rm /run && mkdir /run && ln -s ${root}/bait/netns /run/netns`],
      ['relative, from the top', 'rm /run/netns && ln -s ../../../../../etc /run/netns'],
      ['the hosts of the lab', `rm -rf /.hoplab/nodes && ln -s ${root}/bait/netns /.hoplab/nodes`],
    ] as const) {
      await sh(machine, line);
      // The namespace is still held by its mount, wherever that is now; of the bait nothing is seen.
      t.strictSame(await machine.nodes(), ['host', 'red'], way);
    }
    await sh(machine, 'rm -rf /run && mv /run.mine /run');
    t.strictSame(await machine.nodes(), ['host', 'red'], 'what is really there is seen again');
  }),
);

t.test('names that are commands, options or screens are nobody', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(
      machine,
      `ip netns add red
      for name in -x 'a b' "it's" 'a=b' $'line\\nbreak' $'\\e]0;title\\a' '$(reboot)' '*'; do
        : >"/run/netns/$name"
      done
      ip netns add 빨강; ip netns add pod-a.1`,
    );
    t.strictSame((await machine.nodes()).sort(), ['host', 'pod-a.1', 'red', '빨강'].sort());
    const { nodes } = await machine.observe();
    t.strictSame(Object.keys(nodes).sort(), ['host', 'pod-a.1', 'red', '빨강'].sort());
    await t.rejects(machine.run('-x', ['true']), { code: 'node-not-found' });
  }),
);

t.test('more names than are looked at leave the state unknown', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, 'ip netns add red; cd /run/netns && seq -f f%g 1201 | xargs touch');
    await t.rejects(machine.observe(), { code: 'feature-missing', message: /more than 1200 nodes/ });
    await sh(machine, 'cd /run/netns && rm f*');
    t.strictSame(Object.keys((await machine.observe()).nodes), ['host', 'red']);
  }),
);

t.test('/usr stays read-only, and so does every other mount of it', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    for (const [way, line] of [
      ['the mount', 'mount -o remount,rw,bind /usr'],
      ['a bind mount of it', 'mount --bind /usr /mnt && mount -o remount,rw,bind /mnt'],
      ['all that is mounted', 'mount --rbind / /mnt && mount -o remount,rw,bind /mnt/usr'],
    ] as const) {
      const { exitCode, stderr } = await machine.run('host', ['sh', '-c', line]);
      t.not(exitCode, 0, way);
      t.match(stderr, /permission denied|not permitted/i, way);
    }
  }),
);

t.test('a machine without /root is entered at its root', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    t.equal((await machine.run('host', ['pwd'])).stdout, '/root\n');
    await sh(machine, 'rm -r /root');
    t.equal((await machine.run('host', ['pwd'])).stdout, '/\n');
    await sh(machine, 'ln -s /proc/self/cwd /root');
    t.equal((await machine.run('host', ['pwd'])).stdout, '/\n', 'nor is a link followed');
    t.ok((await machine.observe()).nodes.host, 'its state is known');
  }),
);

t.test('a node with the name of a property of every object is a node', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, 'ip netns add __proto__; ip netns add constructor; ip -n __proto__ link set lo up');
    const { nodes } = await machine.observe();
    t.strictSame(Object.keys(nodes).sort(), ['__proto__', 'constructor', 'host']);
    t.match(Object.entries(nodes).find(([name]) => name === '__proto__')?.[1].links, [
      { name: 'lo', up: true },
    ]);
  }),
);
