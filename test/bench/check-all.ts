import { mkdtempSync, rmSync } from 'node:fs';
import { planEntry } from '../../src/core/plan/entry.ts';
import type { Machine } from '../../src/core/ports.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Library } from '../../src/library/library.ts';
import { machineWith } from '../../src/session/boot.ts';
import { checkSteps } from '../../src/session/checker.ts';
import { checksAt } from '../../src/session/steps.ts';
import { median, timed } from './figures.ts';

/**
 * What `hoplab check --all` asks of a finished lab, all of it passing and with the NAT table of its host flushed, beside
 * its pings in sequence: `node test/bench/check-all.ts [LAB] [ROUNDS]`, as root.
 */
const [, , id = 'network-namespaces', rounds = '5'] = process.argv;
const root = mkdtempSync('/run/hoplab-bench-');
const machines = new KernelMachines(root);
await machines.adopt();
const lab = (await Library.read([new URL('../../labs', import.meta.url).pathname])).get(id);
const last = lab.steps.at(-1)?.id ?? '';
const asked = lab.steps.map((step) => ({ step, checks: checksAt(lab, step, last) }));
const machine = await machineWith(() => machines.create('m1', lab.machine), lab, planEntry(lab, last));
await machine.run('host', ['true']);
const steps = lab.steps.at(-1)?.solution ?? [];
for (const { on, run } of steps) await machine.run(on, ['bash', '-c', `${run} </dev/null >/dev/null 2>&1`]);

async function round(one: Machine): Promise<string> {
  const verdicts = (await checkSteps(one, asked)).flat();
  return `${verdicts.filter(({ status }) => status === 'pass').length} of ${verdicts.length} pass`;
}

const pings = asked.flatMap(({ checks }) =>
  checks.flatMap(({ kind, args }) => (kind === 'ping' && args.expect === 'reply' ? [args] : [])),
);
const figures: Record<string, number[]> = { all: [], flushed: [], bare: [] };
const said: string[] = [];
for (let count = 0; count < Number(rounds); count++) {
  figures.bare?.push(
    await timed(async () => {
      for (const { from, to } of pings) await machine.run(from, ['ping', '-n', '-c', '1', to]);
    }),
  );
  figures.all?.push(await timed(async () => said.push(await round(machine))));
}
await machine.run('host', ['iptables', '-t', 'nat', '-F']);
for (let count = 0; count < Number(rounds); count++)
  figures.flushed?.push(await timed(async () => said.push(await round(machine))));
await machine.destroy();
rmSync(root, { recursive: true });
console.log([...new Set(said)].join('; '));
console.log(`${pings.length} bare pings in sequence: ${median(figures.bare ?? []).toFixed(0)} ms`);
console.log(`check --all, passing: ${median(figures.all ?? []).toFixed(0)} ms`);
console.log(`check --all, NAT flushed: ${median(figures.flushed ?? []).toFixed(0)} ms`);
