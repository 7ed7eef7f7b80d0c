import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { Handles } from '../../src/kernel/expose/handles.ts';
import { sh, workplace } from '../support/machines.ts';
import { vmInventory } from '../support/vm.ts';

const two = [
  'ip netns add red',
  'ip link add name v index 100 type veth peer name w index 101 netns red',
  'ip link set v up && ip -n red link set w up',
].join(' && ');

const exec = (name: string, ...argv: string[]) =>
  execFileSync('ip', ['netns', 'exec', name, ...argv], { encoding: 'utf8', stdio: 'pipe' });

let made = 0;
/** A name no other run of the tests has at the same time. */
const handle = (node: string) => `hoplab.t${process.pid}x${made++}.${node}`;

async function gone(file: string): Promise<boolean> {
  for (let look = 0; look < 250 && existsSync(file); look++) await setTimeout(20);
  return !existsSync(file);
}

t.test("the VM's own tools see the node, and nothing of it is left afterwards", (t) =>
  workplace(t, async ({ root, make }) => {
    const before = vmInventory();
    const machine = await make();
    await sh(machine, two);
    const [red, host] = [handle('red'), handle('host')];
    t.equal(await machine.expose('red', red), `/run/netns/${red}`);
    await machine.expose('host', host);
    t.match(exec(red, 'ip', '-br', 'link'), /^w@\S+ +UP/m);
    t.match(exec(host, 'ip', '-br', 'link'), /^v@\S+ +UP/m);
    t.equal(exec(red, 'ls', '/sys/class/net').includes('w\n'), true, 'its own /sys too');
    t.equal(await machine.expose('red', red), `/run/netns/${red}`, 'asked again it is the same');
    t.strictSame(readdirSync(join(root, 'handles')).sort(), [`${red}.json`, `${host}.json`]);
    await machine.conceal();
    t.notOk(existsSync(`/run/netns/${red}`));
    t.strictSame(readdirSync(join(root, 'handles')), []);
    t.strictSame(vmInventory(), before);
    await t.rejects(machine.expose('blue', handle('blue')), { code: 'node-not-found' });
    t.strictSame(vmInventory(), before);
  }),
);

t.test('a handle keeps no node alive: deleted inside, it is gone outside, and its link with it', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, two);
    const file = await machine.expose('red', handle('red'));
    await sh(machine, 'ip netns del red');
    t.ok(await gone(file));
    let links = '';
    for (let look = 0; look < 100; look++) {
      links = await sh(machine, 'ip -br link');
      if (!/^v\b/m.test(links)) break;
      await setTimeout(20);
    }
    t.notMatch(links, /^v\b/m);
  }),
);

t.test('a learner who changes the list of namespaces without end is looked at now and then', (t) =>
  workplace(t, async ({ root, make }) => {
    const machine = await make();
    const handles = new Handles(join(root, 'counted'), t.fail);
    let asked = 0;
    const counted = { id: 'counted', pid: machine.pid, alive: () => ++asked > 0 };
    await sh(machine, 'ip netns add red');
    const file = await handles.expose(counted, 'red', handle('red'));
    await sh(machine, 'for i in $(seq 2000); do : >/run/netns/x; rm /run/netns/x; done');
    await sh(machine, 'ip netns del red');
    t.ok(await gone(file), 'and its change is seen');
    t.ok(asked < 500, `4,000 changes, ${asked} looks`);
  }),
);

t.test('the end of the machine by itself ends its handles', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const file = await machine.expose('host', handle('host'));
    process.kill(machine.pid, 'SIGKILL');
    t.ok(await gone(file));
  }),
);

t.test('hoplab does not remove a foreign file in place of a handle', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const name = handle('host');
    mkdirSync('/run/netns', { recursive: true });
    writeFileSync(`/run/netns/${name}`, '');
    try {
      await t.rejects(machine.expose('host', name), { code: 'argument-invalid' });
      t.ok(existsSync(`/run/netns/${name}`));
    } finally {
      rmSync(`/run/netns/${name}`);
    }
  }),
);

t.test('a symbolic link laid by a learner leads nowhere outside', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, 'ip netns add red && ln -s /proc/1/ns/net /run/netns/trap');
    const own = execFileSync('readlink', ['/proc/self/ns/net'], { encoding: 'utf8' });
    const name = handle('trap');
    const exposed = await machine.expose('trap', name).catch(() => null);
    if (exposed !== null) t.not(exec(name, 'readlink', '/proc/self/ns/net'), own);
    t.not(exposed === null && existsSync(`/run/netns/${name}`), true, 'nothing half made');
    await machine.conceal();
    t.notOk(existsSync(`/run/netns/${name}`));
  }),
);
