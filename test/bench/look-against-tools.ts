import { mkdtempSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { MachineSize } from '../../src/core/lab/machine-size.ts';
import { planEntry } from '../../src/core/plan/entry.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Library } from '../../src/library/library.ts';
import { machineWith } from '../../src/session/boot.ts';
import { compared } from '../support/by-tools/compared.ts';
import { topologyOf } from '../support/topology/generate.ts';

/**
 * The comparison of test/kernel/look.test.ts at every step of every lab and on as many random networks as are asked
 * for: `node test/bench/look-against-tools.ts --first 1 --count 1000`. Exit code 1 when any look is not the same.
 */
const { values } = parseArgs({
  options: { first: { type: 'string', default: '1' }, count: { type: 'string', default: '100' } },
});
const root = mkdtempSync('/run/hoplab-bench-');
const machines = new KernelMachines(root);
await machines.adopt();
let [looks, unlike, made] = [0, 0, 0];
const tell = (where: string, found: string[]) => {
  looks += 1;
  if (found.length === 0) return;
  unlike += 1;
  console.log(where, found);
};
const make = (size?: MachineSize) => {
  made += 1;
  return machines.create(`l${made}`, size);
};
const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
for (const { id } of library.list()) {
  const lab = library.get(id);
  for (const step of lab.steps) {
    const machine = await machineWith(() => make(lab.machine), lab, planEntry(lab, step.id));
    tell(`${id} ${step.id}`, await compared(machine));
    await machine.destroy();
  }
  console.log(`${id}: ${looks} looks, ${unlike} unlike`);
}
const machine = await make();
for (let seed = Number(values.first); seed < Number(values.first) + Number(values.count); seed++) {
  await machine.run('host', ['bash', '-s'], { input: topologyOf(seed, 1).script });
  tell(`seed ${seed}`, await compared(machine));
  await machine.run('host', ['sh', '-c', 'ip -all netns delete']);
}
await machine.destroy();
rmSync(root, { recursive: true });
console.log(`${looks} looks, ${unlike} unlike`);
process.exitCode = unlike === 0 ? 0 : 1;
