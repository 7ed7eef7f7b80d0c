/**
 * How long a lab takes: `node test/bench/lab.ts [LAB] [ROUNDS]`, as root. Each figure stands beside the same
 * work done by a bare shell in namespaces made by one `unshare`, one process per command.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { ReadyMachines } from '../../src/kernel/machine/ready-machines.ts';
import { Library } from '../../src/library/library.ts';
import { machineAt } from '../../src/session/boot.ts';
import { checkStep } from '../../src/session/checker.ts';
import { median, timed } from './figures.ts';
import { typeBare, typedLines, typedTopology } from './speed/bare-shell.ts';
import { childrenOf, memoryOf } from './speed/memory.ts';

const lab = (await Library.read([new URL('../../labs', import.meta.url).pathname])).get(
  process.argv[2] ?? 'network-namespaces',
);
const rounds = Number(process.argv[3] ?? 10);
const first = lab.steps[0]?.id ?? '';
const last = lab.steps.at(-1)?.id ?? '';
const root = mkdtempSync('/run/hoplab-bench-');
const machines = new ReadyMachines(new KernelMachines(root));
await machines.adopt();
let made = 0;

const entered = async (step: string) => {
  made += 1;
  return machineAt(() => machines.create(`bench${made}`), lab, step);
};
const bareTopology = typedTopology(lab);

/** A learner reads between two commands; meanwhile the next machine is made ready. */
const idle = () => new Promise((resolve) => setTimeout(resolve, 300));

const figures: Record<string, number[]> = {};
const note = (name: string, milliseconds: number) => {
  figures[name] = [...(figures[name] ?? []), milliseconds];
};
for (let round = 0; round < rounds; round++) {
  note('bare shell: start topology', await timed(() => typeBare(bareTopology)));
  note(
    'bare shell: start topology and every line',
    await timed(() => typeBare([...bareTopology, ...typedLines(lab)])),
  );
  let machine = await machines.create(`empty${round}`);
  note('memory of an idle machine, MiB', memoryOf(machine.pid, ...childrenOf(machine.pid)));
  await machine.destroy();
  await idle();
  note('start', await timed(async () => (machine = await entered(first))));
  await idle();
  note(
    'reset (new machine, old one removed)',
    await timed(async () => {
      const old = machine;
      machine = await entered(first);
      await old.destroy();
    }),
  );
  note('observe', await timed(() => machine.observe()));
  await machine.destroy();
  await idle();
  note('goto the last step', await timed(async () => (machine = await entered(last))));
  const step = lab.steps.at(-1);
  if (step)
    note('check of the last step, on entry', await timed(() => checkStep(machine, step, step.checks)));
  note('remove', await timed(() => machine.destroy()));
}
await machines.rest();
rmSync(root, { recursive: true });

const base: Record<string, string> = {
  start: 'bare shell: start topology',
  'reset (new machine, old one removed)': 'bare shell: start topology',
  'goto the last step': 'bare shell: start topology and every line',
};
console.log(`${lab.id}, medians of ${rounds}`);
for (const [name, values] of Object.entries(figures)) {
  const beside = base[name];
  const ratio =
    beside === undefined
      ? ''
      : `  ${(median(values) / median(figures[beside] ?? [])).toFixed(2)} times "${beside}"`;
  console.log(
    `  ${name.padEnd(44)} ${median(values).toFixed(1).padStart(7)}${name.includes('MiB') ? '    ' : ' ms '}${ratio}`,
  );
}
console.log(
  `  ${'memory of this process, MiB'.padEnd(44)} ${(process.memoryUsage().rss / 2 ** 20).toFixed(1).padStart(7)}`,
);
