import t, { type Test } from 'tap';
import type { Lab } from '../../src/core/lab/lab.ts';
import { planEntry } from '../../src/core/plan/entry.ts';
import { type Act, linesOf } from '../../src/core/play/act.ts';
import type { Machine } from '../../src/core/ports.ts';
import type { OneSession } from '../../src/core/session/control.ts';
import { readLab } from '../../src/library/read.ts';
import { exportNetwork } from '../../src/network-export.ts';
import { differences } from '../../src/session/acceptance/same-state.ts';
import { machineWith } from '../../src/session/boot.ts';
import { checkStep } from '../../src/session/checker.ts';
import { pingAll } from '../../src/session/ping-all.ts';
import { brokenMachine } from '../../src/session/practice.ts';
import { sh, workplace } from '../support/machines.ts';

const host = (bridge: string | null = null) => ({ node: 'host', bridge });
const at = (node: string) => ({ node, bridge: null });
const add = (kind: 'host' | 'bridge' | 'router' | 'container', name: string): Act => ({
  act: 'add',
  kind,
  name,
});
const address = (node: string, link: string, given: string): Act => ({
  ...{ act: 'address', node, link, address: given },
});

/** Two networks with a router between them; a container in the second. */
const acts: Act[] = [
  ...[add('host', 'h1'), add('router', 'r1'), add('container', 'web')],
  ...[add('bridge', 's1'), add('bridge', 's2')],
  { act: 'cable', from: at('h1'), to: host('s1') },
  { act: 'cable', from: at('r1'), to: host('s1') },
  { act: 'cable', from: at('r1'), to: host('s2') },
  { act: 'cable', from: host('s2'), to: at('web') },
  address('h1', 'eth0', '10.0.0.1/24'),
  address('r1', 'eth0', '10.0.0.254/24'),
  address('r1', 'eth1', '10.0.1.254/24'),
  address('web', 'eth0', '10.0.1.1/24'),
  { act: 'route', node: 'h1', to: 'default', via: '10.0.0.254' },
  { act: 'route', node: 'web', to: 'default', via: '10.0.1.254' },
];

async function built(machine: Machine): Promise<void> {
  for (const act of acts)
    for (const { on, run } of linesOf(await machine.observe(), act)) await sh(machine, run, on);
}

/** The part of a session that an export uses. */
const sessionOf = (machine: Machine) =>
  ({
    topology: () => machine.observe(),
    pingAll: (asked) => pingAll(machine, asked),
  }) as Pick<OneSession, 'topology' | 'pingAll'> as OneSession;

t.test('every act works on the kernel, and what was built can be made again', async (t) => {
  await workplace(t, async ({ make: fresh }) => {
    const machine = await fresh();
    await built(machine);
    await sh(
      machine,
      'iptables -A FORWARD -m comment --comment "not this one" -p tcp --dport 81 -j DROP',
      'r1',
    );
    const pinged = await pingAll(machine, { nodes: null, family: 'ipv4' });
    t.equal(pinged.replies, pinged.pairs, 'every pair of the network replies');
    const before = await machine.observe();

    const asked = { name: 'mine', title: 'My network' };
    const script =
      (await exportNetwork(sessionOf(machine), { ...asked, as: 'script' })).files['mine.sh'] ?? '';
    const second = await fresh();
    await sh(second, `cat > /root/mine.sh <<'END'\n${script}END\nsh /root/mine.sh`);
    const alike = (lines: string[]) => lines.filter((line) => !/: kind |listener/.test(line));
    t.same(alike(differences(before, await second.observe())), [], 'the script makes the same network');

    const { files } = await exportNetwork(sessionOf(machine), { ...asked, as: 'lab' });
    const { lab, problems } = readLab(files, 'own');
    t.same(problems, []);
    await labStarts(t, lab as Lab, fresh, before);
  });
});

async function labStarts(
  t: Test,
  lab: Lab,
  make: () => Promise<Machine>,
  before: Awaited<ReturnType<Machine['observe']>>,
): Promise<void> {
  const [step] = lab.steps;
  if (step === undefined) throw new Error('a lab without a step');
  const machine = await machineWith(make, lab, planEntry(lab, step.id));
  const alike = (lines: string[]) => lines.filter((line) => !/: kind /.test(line));
  t.same(alike(differences(before, await machine.observe())), [], 'the lab starts to the same network');
  const verdicts = await checkStep(machine, step, step.checks);
  t.same(
    verdicts.filter(({ status }) => status !== 'pass'),
    [],
    'what worked works',
  );
  const broken = await brokenMachine(lab, 3, make, () => {});
  const failing = await checkStep(broken.machine, step, step.checks);
  t.ok(
    failing.some(({ status }) => status === 'fail'),
    `${broken.mistake.fault} shows`,
  );
}
