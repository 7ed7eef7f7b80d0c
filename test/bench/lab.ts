/**
 * How long a lab takes: `node test/bench/lab.ts [LAB] [ROUNDS]`, as root. Each figure stands beside the same
 * work done by a bare shell in namespaces made by one `unshare`, one process per command.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { quote } from '../../src/core/text/shell.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { ReadyMachines } from '../../src/kernel/machine/ready-machines.ts';
import { Library } from '../../src/library/library.ts';
import { machineAt } from '../../src/session/boot.ts';
import { checkStep } from '../../src/session/checker.ts';

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

const timed = async (work: () => unknown) => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};
const entered = async (step: string) => {
  made += 1;
  return machineAt(() => machines.create(`bench${made}`), lab, step);
};
const typed = lab.steps
  .flatMap(({ solution }) => solution)
  .filter(({ on, run }) => on === 'host' && !run.endsWith('&'));

/** The same topology and lines, typed by a shell: links as a person makes them, one process each. */
const bareTopology = [
  ...lab.topology.nodes.filter(({ kind }) => kind !== 'machine').map(({ name }) => `ip netns add ${name}`),
  ...lab.topology.links.flatMap(({ ends }) => [
    `ip link add name ${ends[0].link} ${netnsOf(ends[0].node)} type veth peer name ${ends[1].link} ${netnsOf(ends[1].node)}`,
    ...ends.flatMap((end) => [
      ...end.addresses.map((address) => `ip ${dashN(end.node)} address add ${address} dev ${end.link}`),
      `ip ${dashN(end.node)} link set dev ${end.link} up`,
    ]),
  ]),
];
function netnsOf(node: string): string {
  return node === 'host' ? '' : `netns ${node}`;
}
function dashN(node: string): string {
  return node === 'host' ? '' : `-n ${node}`;
}
const bare = (lines: readonly string[]) => {
  const script = `mount -t tmpfs none /run/netns 2>/dev/null || { mkdir -p /run/netns; mount -t tmpfs none /run/netns; }
ip link set dev lo up
${lines.map((line) => `bash -c ${quote(line)} >/dev/null 2>&1 </dev/null || true`).join('\n')}`;
  execFileSync('unshare', ['--net', '--mount', '--pid', '--fork', '--kill-child', 'bash', '-c', script], {
    stdio: 'ignore',
  });
};

/** A learner reads between two commands; meanwhile the next machine is made ready. */
const idle = () => new Promise((resolve) => setTimeout(resolve, 300));

const figures: Record<string, number[]> = {};
const note = (name: string, milliseconds: number) => {
  figures[name] = [...(figures[name] ?? []), milliseconds];
};
for (let round = 0; round < rounds; round++) {
  note('bare shell: start topology', await timed(() => bare(bareTopology)));
  note(
    'bare shell: start topology and every line',
    await timed(() => bare([...bareTopology, ...typed.map(({ run }) => run)])),
  );
  let machine = await machines.create(`empty${round}`);
  note('memory of an idle machine, MiB', memoryOf(machine.pid));
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

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
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

/** Proportional set size of a machine's processes. */
function memoryOf(pid: number): number {
  const pids = [
    pid,
    ...readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  ];
  const kilobytes = pids.map((each) =>
    Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${each}/smaps_rollup`, 'utf8'))?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}
