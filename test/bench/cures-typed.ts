/**
 * Types the first cure printed for each failed probe of random wrong states, and counts what it did.
 * Usage, as root: node test/bench/cures-typed.ts [FIRST SEED] [SECONDS]. With SHOW_OPEN each open cure is printed, too.
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
/** Ends whose cure a person must complete, or that have none: how often each. */
const open = new Map<string, number>();
let errors = 0;
let seed = first;

async function next(): Promise<void> {
  while (performance.now() < until) {
    const own = seed++;
    const all = await curesTyped(make, labs, own).catch((error: Error) => {
      errors += 1;
      console.log(`error seed ${own}: ${error.message}`);
      return [];
    });
    for (const typed of all) tell(typed);
  }
}

function tell(typed: CureOutcome): void {
  counts[typed.result] += 1;
  if (typed.result === 'nothing' || typed.result === 'refused') console.log(JSON.stringify(typed));
  if (typed.result !== 'open') return;
  const [kind, reason] = typed.end.split(' ');
  const key = `${kind} ${reason}: ${typed.cure[0]?.replace(/^.* # /, '') ?? '-'}`.replace(
    /\d+(\.\d+){3}/g,
    'A',
  );
  open.set(key, (open.get(key) ?? 0) + 1);
  if (process.env.SHOW_OPEN !== undefined) console.log(JSON.stringify(typed));
}

await Promise.all([next(), next(), next()]);
for (const [key, count] of [...open].sort(([, one], [, other]) => other - one))
  console.log(`open ${count} ${key}`);
const given = Object.values(counts).reduce((sum, one) => sum + one, 0);
console.log(JSON.stringify({ seeds: seed - first, errors, given, ...counts }));
rmSync(root, { recursive: true });
