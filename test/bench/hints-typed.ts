/**
 * Hides every fault of the labs, one after the other, types what the hints' last rung says is typed, and counts the
 * faults that are repaired so.
 * Usage, as root: node test/bench/hints-typed.ts [LAB...]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Library } from '../../src/library/library.ts';
import { type Repair, repairedByHints } from '../support/practice/by-hints.ts';

const wanted = process.argv.slice(2);
const root = mkdtempSync('/run/hoplab-test-');
const machines = new KernelMachines(root);
await machines.adopt();
const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
const labs = library
  .list()
  .filter(({ id, requires, machine }) =>
    wanted.length > 0
      ? wanted.includes(id)
      : !/docker|kubernetes|services/.test(JSON.stringify([requires, machine])),
  );
let made = 0;
const counts: Record<Repair['result'], number> = { repaired: 0, unrepaired: 0, hidden: 0 };
for (const lab of labs) {
  for await (const one of repairedByHints(lab, () => machines.create(`h${++made}`, lab.machine))) {
    counts[one.result] += 1;
    console.log(`${lab.id} ${one.step}/${one.fault} ${one.result}`);
    if (one.result === 'unrepaired')
      for (const { failing, hint } of one.rounds)
        console.log(`  ${failing}\n    ${hint.replaceAll('\n', '\n    ')}`);
  }
}
console.log(JSON.stringify(counts));
rmSync(root, { recursive: true });
