import { mkdtempSync, rmSync } from 'node:fs';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Library } from '../../src/library/library.ts';
import { Random } from '../support/topology/random.ts';
import { type Pair, wrongPairs } from '../support/wrong-pairs/pairs.ts';

/*
 * Two mistakes at once in finished labs: is the first on the packet's way the one that is named?
 * `node test/bench/first-of-two.ts [PAIRS] [SEED] [AT-ONCE] [MINUTES]`, as root. Exit code 1 where it is not.
 * After so many minutes no further lab is begun.
 */

const [count = '50', start = '1', lanes = '2', minutes = '30'] = process.argv.slice(2);
const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
const root = mkdtempSync('/run/hoplab-bench-');
const machines = new KernelMachines(root);
await machines.adopt();

const sum = { pairs: 0, first: 0, second: 0, 'same-place': 0, 'other-way': 0, wrong: 0, errors: 0 };
const until = performance.now() + Number(minutes) * 60_000;
let next = Number(start);

function tell({ seed, lab, asked, wrong, alone, both, order, right }: Pair): void {
  sum.pairs += 1;
  sum[order] += 1;
  if (right === false) sum.wrong += 1;
  const { from, to } = asked.args;
  console.log(
    `${right === null ? 'no claim' : right ? 'right' : 'WRONG'} seed ${seed} ${lab} ${asked.kind} ${from} ${to}: ${order}\n  ${wrong[0]}: ${alone[0]}\n  ${wrong[1]}: ${alone[1]}\n  both: ${both}`,
  );
}

async function lane(): Promise<void> {
  while (sum.pairs < Number(count) && performance.now() < until) {
    const seed = next++;
    const random = new Random(seed);
    const lab = random.pick(library.list());
    let made = 0;
    try {
      const make = () => machines.create(`pair${seed}-${++made}`);
      for (const pair of await wrongPairs(make, lab, seed, random)) tell(pair);
    } catch (error) {
      sum.errors += 1;
      console.log(`error seed ${seed}: ${error}`);
    }
  }
}
await Promise.all(Array.from({ length: Number(lanes) }, lane));
await machines.rest();
rmSync(root, { recursive: true });
console.log(JSON.stringify(sum));
process.exitCode = sum.wrong + sum.errors === 0 ? 0 : 1;
