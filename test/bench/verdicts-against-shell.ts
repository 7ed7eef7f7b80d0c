import { mkdtempSync, rmSync } from 'node:fs';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Library } from '../../src/library/library.ts';
import { plainLabs, type WrongState, wrongState } from '../support/wrong-states/campaign.ts';

/*
 * Random wrong machine states of finished labs: hoplab's verdicts against plain ping, curl, dig and getent.
 * `node test/bench/verdicts-against-shell.ts [STATES] [SEED] [AT-ONCE] [MINUTES]`, as root. Exit code 1 where they
 * differ. After so many minutes no further state is begun.
 */

const [count = '50', start = '1', lanes = '3', minutes = '60'] = process.argv.slice(2);
const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
const root = mkdtempSync('/run/hoplab-bench-');
const machines = new KernelMachines(root);
await machines.adopt();

const answers = new Map<string, number>();
const sum = { states: 0, probes: 0, different: 0, unasked: 0, unsteady: 0, twoOwners: 0, errors: 0 };
let next = Number(start);
const end = next + Number(count);
const until = performance.now() + Number(minutes) * 60_000;

function tell({ seed, lab, lines, probes }: WrongState): void {
  sum.states += 1;
  sum.probes += probes.length;
  if (probes.length === 0) sum.twoOwners += 1;
  for (const { asked, verdict, shell, result } of probes) {
    const key = `${asked.kind} ${verdict.status} ${verdict.reason ?? ''}`;
    answers.set(key, (answers.get(key) ?? 0) + 1);
    if (result === 'same' && verdict.reason !== 'no-answer') continue;
    if (result !== 'same') sum[result] += 1;
    const typed = lines.map(({ on, run }) => `${on}# ${run}`).join(' | ');
    console.log(
      `${result} seed ${seed} ${lab}: ${typed}\n  ${JSON.stringify(asked.args)}: ${verdict.status} ${verdict.reason} ${JSON.stringify(verdict.values)} ${JSON.stringify(verdict.evidence)}; shell ${shell}`,
    );
  }
  if (sum.states % 50 === 0) console.log(JSON.stringify(sum));
}

async function lane(): Promise<void> {
  while (next < end && performance.now() < until) {
    const seed = next++;
    let boots = 0;
    const make = () => machines.create(`wrong${seed}-${++boots}`);
    try {
      tell(await wrongState(make, plainLabs(library.list()), seed));
    } catch (error) {
      sum.errors += 1;
      console.log(`error seed ${seed}: ${error}`);
    }
  }
}
await Promise.all(Array.from({ length: Number(lanes) }, lane));
await machines.rest();
rmSync(root, { recursive: true });
for (const [key, times] of [...answers].sort((one, other) => other[1] - one[1]))
  console.log(`${times}\t${key}`);
console.log(JSON.stringify(sum));
process.exitCode = sum.different + sum.errors === 0 ? 0 : 1;
