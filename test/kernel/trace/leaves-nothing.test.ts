import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
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

/** Instances of tracefs in this VM, and whether the VM's own buffer records dropped packets. */
function tracing(): { instances: string[]; own: string } {
  const lines = 'mount -t tracefs none "$0" && ls "$0/instances" && cat "$0/events/skb/kfree_skb/enable"';
  const args = ['--mount', '--propagation', 'private', 'sh', '-c', lines, '/sys/kernel/tracing'];
  const words = execFileSync('unshare', args, { encoding: 'utf8' }).trim().split('\n');
  return { instances: words.slice(0, -1), own: words.at(-1) ?? '' };
}

t.test(
  "the kernel's reasons come from an instance of their own, for as long as they are heard",
  async (t) => {
    const before = tracing();
    const drops = await Drops.start();
    t.equal(await drops.ready(), true);
    // Others may trace at the same time: ours is a copy of this process's interpreter.
    const ours = tracing().instances.filter((name) => isBelow(Number(/^hoplab-(\d+)$/.exec(name)?.[1])));
    t.equal(ours.length, 1);
    t.equal(tracing().own, before.own, "the VM's own buffer records nothing for us");
    await drops.stop();
    const isThere = () => tracing().instances.includes(ours[0] ?? '');
    for (let look = 0; isThere() && look < 250; look++) await setTimeout(20);
    t.notOk(isThere());
  },
);

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
