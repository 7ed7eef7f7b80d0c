/**
 * How fast hoplab is: every figure beside another one of the same run. `sudo scripts/bench`, with fewer rounds and a
 * small network only: `--short`; with networks of up to so many hosts: `--most 100`. The rows are those of a table in Markdown (README.md here).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, release } from 'node:os';
import { parseArgs } from 'node:util';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Library } from '../../src/library/library.ts';
import { checkRows } from './speed/checks.ts';
import { daemonRows } from './speed/daemon.ts';
import { print, type Row } from './speed/figures.ts';
import { observationRows, pingRow } from './speed/observation.ts';
import { pairsRow } from './speed/pairs.ts';

const { values } = parseArgs({
  options: { short: { type: 'boolean', default: false }, most: { type: 'string', default: '1000' } },
});
const rounds = values.short ? 3 : 9;
const load = () => loadavg()[0]?.toFixed(1) ?? '';
console.log(`Linux ${release()}, ${cpus().length} processors, load ${load()} at the start\n`);
console.log('| what | figure | beside it | ratio | goal |\n|---|---|---|---|---|');
const tell = (rows: readonly Row[]) => {
  for (const row of rows) print(row);
};
const root = mkdtempSync('/run/hoplab-bench-');
const machines = new KernelMachines(root);
await machines.adopt();
const sizes = [5, 100, 300, 1000].filter((hosts) => hosts <= Number(values.most));
for (const hosts of values.short ? [5] : sizes) {
  const machine = await machines.create(`star${hosts}`, { root: 64, memory: 2048 });
  tell(await observationRows(machine, hosts, hosts > 300 ? 3 : rounds));
  if (hosts === 100) tell([await pingRow(machine, hosts, rounds)]);
  if (hosts <= 100) tell([await pairsRow(machine, hosts, 3)]);
  await machine.destroy();
}
const lab = (await Library.read([new URL('../../labs', import.meta.url).pathname])).get('network-namespaces');
let made = 0;
const make = () => {
  made += 1;
  return machines.create(`lab${made}`, lab.machine);
};
tell(await checkRows(make, lab, values.short ? 1 : 5));
rmSync(root, { recursive: true });
tell(await daemonRows(values.short ? 1 : 5));
console.log(`\nload ${load()} at the end`);
