import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import t from 'tap';
import { tracedPath } from '../../../src/core/diagnose/trace/trace.ts';
import type { Recording } from '../../../src/core/path/recording/recording.ts';
import type { Machine } from '../../../src/core/ports.ts';
import type { Observation } from '../../../src/core/state/observation.ts';
import { python } from '../../../src/kernel/exec/python.ts';
import { childrenOf } from '../../../src/kernel/place/process.ts';
import { Drops } from '../../../src/kernel/trace/drops.ts';
import { sh, workplace } from '../../support/machines.ts';
import { machineProcesses } from '../../support/vm.ts';
import { wayOf } from '../../support/way.ts';

const two = [
  'ip netns add red',
  'ip link add name v index 100 type veth peer name w index 101 netns red',
  'ip addr add 10.0.0.1/24 dev v',
  'ip -n red addr add 10.0.0.2/24 dev w',
  'ip link set v up',
  'ip -n red link set w up',
].join(' && ');

/**
 * The nft tables of both nodes with this in their names, until there are none: the kernel takes them away with their
 * process.
 */
async function tablesGone(machine: Machine, name = ''): Promise<string> {
  for (let look = 0; ; look++) {
    const tables = await sh(
      machine,
      `(nft list tables; ip netns exec red nft list tables) | grep '${name}' || :`,
    );
    if (tables === '' || look === 50) return tables;
    await setTimeout(20);
  }
}

/** Without iptables-save's comments, which contain the time. */
const rulesOf = ({ nodes }: Observation) =>
  Object.values(nodes).map(({ rules }) => `${rules.ipv4}${rules.ipv6}`.replaceAll(/^#.*$/gm, ''));

const nftOf = ({ nodes }: Observation) =>
  Object.values(nodes).flatMap(({ nft }) => nft?.map(({ text }) => text) ?? []);

const probe = { kind: 'icmp' } as const;

t.test('the rules are as they were, and the tracer is in none of them', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, `${two} && iptables -A FORWARD -j ACCEPT`);
    const before = await machine.observe();
    const recording = await machine.trace({ from: 'host', to: '10.0.0.2', probe });
    t.equal(wayOf(tracedPath(recording)), 'host red | red host: delivered');
    t.strictSame(rulesOf(recording.observation), rulesOf(before));
    await sh(machine, 'iptables -D FORWARD 1; nft delete table ip filter');
    t.equal(await tablesGone(machine), '');
  }),
);

t.test('the state asked for during a trace has nothing of the tracer', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, `${two} && iptables -A FORWARD -j ACCEPT`);
    const before = await machine.observe();
    // No node has this address: it takes seconds until the probe gives up.
    const http = { kind: 'http', url: 'http://10.0.0.9/', port: 80 } as const;
    const seen: Recording[] = [];
    const tracing = machine.trace({ from: 'host', to: '10.0.0.9', probe: http }, (soFar) => seen.push(soFar));
    const tables = () => sh(machine, 'nft list tables');
    while (!(await tables()).includes('hoplab_trace'));
    const during = await machine.observe();
    t.match(await tables(), /hoplab_trace/, 'it was there all the time');
    t.strictSame(rulesOf(during), rulesOf(before));
    t.strictSame(nftOf(during), nftOf(before));
    await sh(machine, 'iptables -A FORWARD -s 10.9.9.9 -j DROP');
    const changed = await machine.observe();
    t.match(await tables(), /hoplab_trace/, 'and still is');
    t.match(rulesOf(changed).join(), /10\.9\.9\.9/);
    t.notMatch(nftOf(changed).join(), /hoplab_trace/);
    await tracing;
    t.equal(await tablesGone(machine, 'hoplab_trace'), '');
    t.strictSame(nftOf(await machine.observe()), nftOf(changed));
    t.ok(
      seen.some(({ frames }) => frames.length > 0),
      'it is told while it grows',
    );
  }),
);

t.test('rules that nobody changed are not read again because of a trace', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const counting = '#!/bin/sh\\necho >>/root/runs\\nexec /root/nft "$@"\\n';
    const put = `cp /usr/sbin/nft /root/nft; printf '${counting}' >/root/counting; chmod +x /root/counting`;
    await sh(machine, `${put}; mount --bind /root/counting /usr/sbin/nft`);
    await sh(machine, `${two} && iptables -A FORWARD -j ACCEPT && ip -n red link add br0 type bridge`);
    const runs = async () => (await sh(machine, 'wc -l </root/runs')).trim();
    const before = await machine.observe();
    t.equal(await runs(), '1');
    const { observation } = await machine.trace({ from: 'host', to: '10.0.0.2', probe });
    const after = await machine.observe();
    t.equal(await runs(), '1');
    t.strictSame([nftOf(observation), nftOf(after)], [nftOf(before), nftOf(before)]);
    await sh(machine, 'iptables -D FORWARD 1');
    t.notSame(rulesOf(await machine.observe()), rulesOf(after));
    t.equal(await runs(), '2', 'a change is');
  }),
);

t.test('nothing is left when the watching process is killed while it watches', (t) =>
  workplace(t, async ({ make, root }) => {
    const machine = await make();
    await sh(machine, two);
    let during = '';
    // No process inside sees it.
    const watchers = () =>
      machineProcesses(root)
        .filter((line) => line.includes(python('serve').join(' ')))
        .map((line) => Number(line.split(' ')[0]));
    // No node has this address: it takes seconds until the probe gives up.
    const http = { kind: 'http', url: 'http://10.0.0.9/', port: 80 } as const;
    const tracing = machine.trace({ from: 'host', to: '10.0.0.9', probe: http });
    while (!during.includes('hoplab_trace')) during = await sh(machine, 'nft list ruleset');
    t.match(during, /table inet hoplab_trace/, 'it was there');
    t.equal(watchers().length, 1);
    for (const pid of watchers()) process.kill(pid, 'SIGKILL');
    await t.rejects(tracing, { code: 'feature-missing' }, 'what was not seen to its end is no answer');
    t.strictSame(watchers(), []);
    t.equal(await tablesGone(machine), '');
    t.equal((await childrenOf(machine.pid)).length > 0, true, 'the machine lives');
  }),
);

/** Lines of tracefs, which this VM may not have mounted: of what a shell says there. */
function tracefs(script: string): string[] {
  const lines = `mount -t tracefs none "$0" && cd "$0" && ${script}`;
  const args = ['--mount', '--propagation', 'private', 'sh', '-c', lines, '/sys/kernel/tracing'];
  return execFileSync('unshare', args, { encoding: 'utf8' }).trim().split('\n');
}

/** Others may trace at the same time: ours is a copy of this process's interpreter. */
const ours = () =>
  tracefs('ls instances').filter((name) => isBelow(Number(/^hoplab-(\d+)$/.exec(name)?.[1])));

const isRecording = (name: string) => tracefs(`cat instances/${name}/events/skb/kfree_skb/enable`)[0] === '1';

async function gone(name: string): Promise<boolean> {
  const isThere = () => tracefs('ls instances').includes(name);
  for (let look = 0; isThere() && look < 250; look++) await setTimeout(20);
  return !isThere();
}

async function begun(): Promise<Drops> {
  const drops = await Drops.begin();
  t.equal(await drops.ready(), true);
  return drops;
}

t.test("the kernel's reasons come from an instance of their own, which is kept", async (t) => {
  const recorded = () => tracefs('cat events/skb/kfree_skb/enable');
  const before = recorded();
  // Of the tests above the one or other may still go.
  for (let look = 0; ours().length > 1 && look < 250; look++) await setTimeout(20);
  const one = await begun();
  const [kept = ''] = ours();
  t.strictSame([ours().length, isRecording(kept)], [1, true]);
  t.strictSame(recorded(), before, "the VM's own buffer records nothing for us");
  const other = await begun();
  const second = ours().find((name) => name !== kept) ?? '';
  t.equal(ours().length, 2, 'each of two at a time has its own');
  await one.stop();
  t.strictSame([isRecording(kept), isRecording(second)], [false, true]);
  await other.stop();
  t.ok(await gone(second), 'one waits for the next');
  t.strictSame(ours(), [kept]);
});

t.test('what one has heard, the next does not', async (t) => {
  const sender = createSocket('udp4');
  // The kernel drops it before the call returns.
  const toClosedPort = promisify<Uint8Array, number, string>(sender.send.bind(sender));
  const size = 1187;
  const heard = async (drops: Drops) =>
    (await drops.stop())?.drops.filter(({ link, length }) => link === 'lo' && length === size + 28).length;
  const first = await begun();
  // Three times as many as the kernel's buffer holds.
  for (let sent = 0; sent < 50_000; sent++) {
    await toClosedPort(new Uint8Array(sent % 100 === 0 ? size : 1), 9, '127.0.0.1');
    if (sent % 1000 === 0) await setTimeout(20);
  }
  t.equal(await heard(first), 500, 'all of a flood');
  const next = await begun();
  t.equal(await heard(next), 0);
  sender.close();
});

t.test('the instance goes with its daemon, however that ends', async (t) => {
  const words =
    'const { Drops } = await import(process.argv[1]); await (await Drops.begin()).ready(); console.log("heard"); setInterval(() => {}, 1000)';
  const daemon = spawn(process.execPath, [
    '-e',
    words,
    import.meta.resolve('../../../src/kernel/trace/drops.ts'),
  ]);
  t.teardown(() => daemon.kill('SIGKILL'));
  const before = ours();
  await once(daemon.stdout, 'data');
  const its = ours().filter((name) => !before.includes(name));
  t.equal(its.length, 1);
  daemon.kill('SIGKILL');
  t.ok(await gone(its[0] ?? ''));
});

t.test('a reporter ends when it is asked to, and is killed where it cannot', async (t) => {
  const recording = () => ours().filter(isRecording);
  const asked = await begun();
  const [name = ''] = recording();
  process.kill(pidOf(name), 'SIGTERM');
  t.ok(await gone(name));
  t.equal(await asked.stop(), null);

  const hung = await begun();
  const [left = ''] = recording();
  process.kill(pidOf(left), 'SIGSTOP');
  t.equal(await hung.stop(), null, 'its words are not waited for');
  for (let look = 0; isBelow(pidOf(left)) && look < 500; look++) await setTimeout(20);
  t.notOk(isBelow(pidOf(left)));
  await (await begun()).stop();
  t.ok(await gone(left), 'the next one removes its instance');
});

/** @throws for a name of none: a signal to process 0 is one to this process and all beside it */
function pidOf(instance: string): number {
  const pid = Number(/^hoplab-([1-9]\d*)$/.exec(instance)?.[1]);
  if (!pid) throw new Error(`no instance: ${instance}`);
  return pid;
}

/** A descendant of this process. */
function isBelow(pid: number): boolean {
  if (!(pid > 1)) return false;
  if (pid === process.pid) return true;
  try {
    return isBelow(Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]));
  } catch {
    // It has ended.
    return false;
  }
}
