/**
 * The cost of the Docker engine in a machine: seconds until the first step of a lab can be typed, memory of
 * its processes (proportional set size) and of its files, beside a lab without it. Run by hand: `node
 * test/bench/docker.ts [ROUNDS]`, as root.
 */
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import type { Machine } from '../../src/core/ports.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { ReadyMachines } from '../../src/kernel/machine/ready-machines.ts';
import { Library } from '../../src/library/library.ts';
import { machineAt } from '../../src/session/boot.ts';

const rounds = Number(process.argv[2] ?? 10);
const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
const root = mkdtempSync('/run/hoplab-bench-');
const machines = new ReadyMachines(new KernelMachines(root));
await machines.adopt();
let made = 0;

/** MiB of all processes in the machine's PID namespace. */
function memoryOf({ pid }: Machine): number {
  const space = readlinkSync(`/proc/${pid}/ns/pid`);
  const kilobytes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        if (readlinkSync(`/proc/${name}/ns/pid`) !== space) return 0;
        return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
      } catch {
        // It has ended meanwhile.
        return 0;
      }
    });
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

async function filesOf(machine: Machine): Promise<number> {
  const { stdout } = await machine.run('host', ['df', '--output=used', '-k', '/']);
  return Number(stdout.split('\n')[1]) / 1024;
}

const summary = (numbers: number[]) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
    .map((one) => (one ?? 0).toFixed(1).padStart(8))
    .join('');
};

console.log(`${''.padEnd(55)}${'median'.padStart(8)}${'most'.padStart(8)}`);
for (const name of ['network-namespaces', 'container-network', 'published-ports', 'compose']) {
  const lab = library.get(name);
  const seconds: number[] = [];
  const memory: number[] = [];
  const files: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const make = () => machines.create(`bench${++made}`, lab.machine);
    const machine = await machineAt(make, lab, lab.steps[0]?.id ?? '');
    seconds.push((performance.now() - started) / 1000);
    memory.push(memoryOf(machine));
    files.push(await filesOf(machine));
    await machine.destroy();
  }
  const last = await machineAt(
    () => machines.create(`bench${++made}`, lab.machine),
    lab,
    lab.steps.at(-1)?.id ?? '',
  );
  const full = memoryOf(last) + (await filesOf(last));
  await last.destroy();
  console.log(`${`${name}: seconds until ready`.padEnd(55)}${summary(seconds)}`);
  console.log(`${`${name}: MiB of processes`.padEnd(55)}${summary(memory)}`);
  console.log(`${`${name}: MiB of files`.padEnd(55)}${summary(files)}`);
  console.log(`${`${name}: MiB of both as the last step begins`.padEnd(55)}${summary([full])}`);
}
await machines.rest();
rmSync(root, { recursive: true });
