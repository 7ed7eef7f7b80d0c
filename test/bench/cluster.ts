/**
 * The cost of a Kubernetes cluster of one control plane and two nodes: seconds until its nodes are ready, and
 * MiB (Pss) of all its processes, for one and for ten at once. Needs root: `node test/bench/cluster.ts
 * [COUNT]`.
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

/** Pss of every process in the PID namespace of a machine. */
function memory(pid: number): number {
  const own = readlinkSync(`/proc/${pid}/ns/pid`);
  const kibibytes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        const inside = readlinkSync(`/proc/${name}/ns/pid`) === own;
        return inside ? /^Pss: +(\d+)/m.exec(readFileSync(`/proc/${name}/smaps_rollup`, 'utf8')) : null;
      } catch {
        // It has ended meanwhile.
        return null;
      }
    })
    .reduce((sum, match) => sum + Number(match?.[1] ?? 0), 0);
  return kibibytes / 1024;
}

const seconds: number[] = [];
const all = [];
try {
  for (let n = 0; n < count; n++) {
    const machine = await machines.create(`bench-${n}`, { root: 256, memory: 768 });
    all.push(machine);
    const began = performance.now();
    await machine.perform(plan);
    seconds.push((performance.now() - began) / 1000);
    if (n === 0 || n === count - 1) {
      const pids = readdirSync(`${root}/machines`).map(
        (name): number => JSON.parse(readFileSync(`${root}/machines/${name}`, 'utf8')).pid,
      );
      const sizes = pids.map(memory);
      const each = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
      console.log(`${n + 1} at once: ${each.toFixed(1)} MiB each (Pss)`);
    }
  }
  const sorted = [...seconds].sort((one, other) => one - other);
  console.log(
    `start: fastest ${sorted[0]?.toFixed(2)} s, median ${sorted[Math.floor(count / 2)]?.toFixed(2)} s`,
  );
} finally {
  await Promise.all(all.map((machine) => machine.destroy()));
  rmSync(root, { recursive: true });
}
