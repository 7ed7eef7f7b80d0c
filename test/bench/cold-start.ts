/**
 * The false first ping: `node test/bench/cold-start.ts [STARTS]`, as root. Each start is a fresh machine in which
 * two namespaces are joined by a veth pair whose ends have the same index, the case in which the kernel holds
 * back the carrier for up to a second, and the check that follows at once must pass.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import type { Machine } from '../../src/core/ports.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { checkStep } from '../../src/session/checker.ts';

const starts = Number(process.argv[2] ?? 200);
const root = mkdtempSync('/run/hoplab-bench-');
const machines = new KernelMachines(root);
await machines.adopt();

const lines = [
  'ip netns add red',
  'ip netns add blue',
  'ip link add name eth0 index 2 netns red type veth peer name eth0 index 2 netns blue',
  'ip -n red addr add 192.168.15.1/24 dev eth0',
  'ip -n blue addr add 192.168.15.2/24 dev eth0',
  'ip -n red link set dev eth0 up',
  'ip -n blue link set dev eth0 up',
];
const check = {
  ...{ id: 'reply', kind: 'ping' as const, needs: [], until: null },
  args: { from: 'red', to: '192.168.15.2', expect: 'reply' as const },
};
const step = { id: 'bench', solution: [], checks: [check], predict: [], faults: [] };

async function cold(ask: (machine: Machine) => Promise<boolean>, count: number): Promise<number> {
  let wrong = 0;
  for (let start = 0; start < count; start++) {
    const machine = await machines.create(`cold${performance.now()}`);
    await machine.perform([{ kind: 'lines', lines: lines.map((run) => ({ on: 'host', run })) }]);
    if (!(await ask(machine))) wrong += 1;
    await machine.destroy();
  }
  return wrong;
}

const checked = async (machine: Machine) => (await checkStep(machine, step, [check]))[0]?.status === 'pass';
const pinged = async (machine: Machine) =>
  (await machine.run('red', ['ping', '-c', '1', '-W', '0.5', '192.168.15.2'])).exitCode === 0;
const falseVerdicts = await cold(checked, starts);
const unanswered = await cold(pinged, starts);
rmSync(root, { recursive: true });
console.log(`${starts} cold starts, ends of equal index: ${falseVerdicts} false verdicts`);
console.log(`baseline, one ping at once: ${unanswered} of ${starts} without a reply`);
process.exitCode = falseVerdicts === 0 ? 0 : 1;
