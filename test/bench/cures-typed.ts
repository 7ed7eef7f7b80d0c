/**
 * Types the first cure printed for each failed probe of random wrong states, and counts what it did.
 * Usage, as root: node test/bench/cures-typed.ts [FIRST SEED] [SECONDS]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import type { Machine } from '../../src/core/ports.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Library } from '../../src/library/library.ts';
import { type CureOutcome, curesTyped } from '../support/wrong-states/cures.ts';

const [first = 1, seconds = 60] = process.argv.slice(2).map(Number);
const root = mkdtempSync('/run/hoplab-test-');
const machines = new KernelMachines(root);
await machines.adopt();
const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
// Engines and lent programs need more than a checkout.
const labs = library
  .list()
  .filter(
    (lab) => !/docker|kubernetes|services/.test(JSON.stringify([lab.requires, lab.machine, lab.topology])),
  );
let made = 0;
const make = (): Promise<Machine> => machines.create(`c${++made}`);
const until = performance.now() + seconds * 1000;
const counts: Record<CureOutcome['result'], number> = { helped: 0, nothing: 0, refused: 0, open: 0 };
let errors = 0;
let seed = first;
for (; performance.now() < until; seed += 1) {
  const all = await curesTyped(make, labs, seed).catch((error: Error) => {
    errors += 1;
    console.log(`error seed ${seed}: ${error.message}`);
    return [];
  });
  for (const typed of all) {
    counts[typed.result] += 1;
    if (typed.result === 'nothing' || typed.result === 'refused') console.log(JSON.stringify(typed));
  }
}
console.log(JSON.stringify({ seeds: seed - first, errors, ...counts }));
rmSync(root, { recursive: true });
