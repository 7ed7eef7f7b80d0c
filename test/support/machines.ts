import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { MachineSize } from '../../src/core/lab/machine-size.ts';
import type { Machine } from '../../src/core/ports.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { machineProcesses, rangesOf, vmInventory } from './vm.ts';

export interface Workplace {
  root: string;
  machines: KernelMachines;
  /** A machine that the test's end destroys. */
  make(size?: MachineSize): Promise<Machine>;
}

let made = 0;

/**
 * Runs work with machines in a run directory of the test's own. At its end they are destroyed, and it is held
 * to having left nothing: no process, no record, no uid range, and the VM's own network as it was.
 */
export async function workplace(t: Test, work: (place: Workplace) => Promise<void>): Promise<void> {
  t.equal(process.getuid?.(), 0, 'kernel tests need root');
  const before = vmInventory();
  const root = mkdtempSync('/run/hoplab-test-');
  const machines = new KernelMachines(root);
  await machines.adopt();
  const all: Machine[] = [];
  const make = async (size?: MachineSize) => {
    made += 1;
    const machine = await machines.create(`m${made}`, size);
    all.push(machine);
    return machine;
  };
  try {
    await work({ root, machines, make });
  } finally {
    for (const machine of all) await machine.destroy();
  }
  t.strictSame(machineProcesses(root), [], 'no process of a machine is left');
  t.strictSame([...rangesOf(root)], [], 'no uid range is still taken');
  t.strictSame(readdirSync(join(root, 'machines')), [], 'no record is left');
  t.strictSame(vmInventory(), before, "the VM's own network is as it was");
  rmSync(root, { recursive: true });
}

/** Runs a line in a node's shell; its stdout, or an exception with its output. Engines may take minutes. */
export async function sh(machine: Machine, line: string, node = 'host'): Promise<string> {
  const ran = await machine.run(node, ['bash', '-c', line], { timeout: 240_000 });
  if (ran.exitCode !== 0) throw new Error(`${line}: exit ${ran.exitCode}: ${ran.stderr}`);
  return ran.stdout;
}
