/**
 * The cost of a Kubernetes cluster of one control plane and two nodes: seconds until its nodes are ready, seconds of
 * processor time that took (which another program beside it does not change), and MiB (Pss) of all its processes, for
 * one and for ten at once. Needs root: `node test/bench/cluster.ts [COUNT]`.
 */
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { planTopology } from '../../src/core/plan/topology.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { clusterTopology } from '../support/cluster-topology.ts';

const count = Number(process.argv[2] ?? 10);
const root = mkdtempSync('/run/hoplab-bench-');
const machines = new KernelMachines(root);
await machines.adopt();
const plan = planTopology(clusterTopology);

/** What `value` finds in a file of every process in the PID namespace of a machine, added up. */
function sum(pid: number, file: string, value: (text: string) => number): number {
  const own = readlinkSync(`/proc/${pid}/ns/pid`);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        const inside = readlinkSync(`/proc/${name}/ns/pid`) === own;
        return inside ? value(readFileSync(`/proc/${name}/${file}`, 'utf8')) : 0;
      } catch {
        // It has ended meanwhile.
        return 0;
      }
    })
    .reduce((all, one) => all + one, 0);
}

const memory = (pid: number) =>
  sum(pid, 'smaps_rollup', (text) => Number(/^Pss: +(\d+)/m.exec(text)?.[1] ?? 0)) / 1024;

/** Fields 14 to 17 of proc_pid_stat(5): its own time and that of children it waited for, in 1/100 s. */
function processor(text: string): number {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((all, field) => all + Number(field), 0) / 100;
}
const ownProcessor = () => processor(readFileSync('/proc/self/stat', 'utf8'));

function pidOf(name: string): number {
  return JSON.parse(readFileSync(`${root}/machines/${name}.json`, 'utf8')).pid;
}

const seconds: number[] = [];
const spent: number[] = [];
const all = [];
try {
  for (let n = 0; n < count; n++) {
    const machine = await machines.create(`bench-${n}`, { root: 256, memory: 768 });
    all.push(machine);
    const [began, before] = [performance.now(), ownProcessor()];
    await machine.perform(plan);
    seconds.push((performance.now() - began) / 1000);
    spent.push(ownProcessor() - before + sum(pidOf(`bench-${n}`), 'stat', processor));
    if (n === 0 || n === count - 1) {
      const sizes = all.map((_, index) => memory(pidOf(`bench-${index}`)));
      const each = sizes.reduce((one, other) => one + other, 0) / sizes.length;
      console.log(`${n + 1} at once: ${each.toFixed(1)} MiB each (Pss)`);
    }
  }
  for (const [what, some] of [
    ['start', seconds],
    ['processor time', spent],
  ] as const) {
    const sorted = some.toSorted((one, other) => one - other);
    const [least, middle] = [sorted[0] ?? 0, sorted[Math.floor(count / 2)] ?? 0];
    console.log(`${what}: least ${least.toFixed(2)} s, median ${middle.toFixed(2)} s`);
  }
} finally {
  await Promise.all(all.map((machine) => machine.destroy()));
  rmSync(root, { recursive: true });
}
