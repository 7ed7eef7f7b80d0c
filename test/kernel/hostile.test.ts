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
