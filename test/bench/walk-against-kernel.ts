import { mkdtempSync, rmSync } from 'node:fs';
import { diagnose } from '../../src/core/diagnose/packet.ts';
import type { Packet } from '../../src/core/path/model/packet.ts';
import { firstTrouble, walk } from '../../src/core/path/model/walk.ts';
import type { Machine } from '../../src/core/ports.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { sh } from '../support/machines.ts';
import { network, wrongCommands } from './wrong-commands.ts';

/*
 * Random wrong machine states: what the walk predicts from the observation against what the kernel does with
 * real packets. `node test/bench/walk-against-kernel.ts [MACHINES] [SEED]`, as root. Exit code 1 where they differ.
 */

const [count = '50', start = '1'] = process.argv.slice(2);
let seed = Number(start);

/** A linear congruential generator: the same seed tries the same states again. */
function draw<T>(from: readonly T[]): T {
  seed = (seed * 1103515245 + 12345) % 2 ** 31;
  return from[Math.floor(seed / 2 ** 16) % from.length] as T;
}

const senders = ['host', 'red', 'blue', 'blue', 'red', 'lan', 'router'];
const targets = [
  '192.168.15.1',
  '192.168.15.2',
  '192.168.15.5',
  '192.168.1.2',
  '192.168.1.3',
  '192.168.1.1',
  '8.8.8.8',
];
const seen: Record<string, number> = {};
let differences = 0;

/** Sends one packet; what the kernel did and what was predicted, where they differ. */
async function compare(machine: Machine, packet: Packet): Promise<string | null> {
  const observation = await machine.observe();
  const { from, to, protocol } = packet;
  const outcome = await machine.probe(
    protocol === 'tcp' ? { kind: 'http', from, url: `http://${to}/` } : { kind: 'ping', from, to },
  );
  const answered = outcome.result === 'reply' || outcome.result === 'answer';
  const trouble = firstTrouble(walk(observation, packet));
  const reason = answered ? '-' : diagnose(observation, packet, outcome).reason;
  const key = `${outcome.result} ${reason}`;
  seen[key] = (seen[key] ?? 0) + 1;
  if (answered === (trouble === null) && reason !== 'no-answer') return null;
  return `${from} -> ${to} ${protocol}: ${outcome.result}, said ${reason}, predicted ${JSON.stringify(trouble)}`;
}

const root = mkdtempSync('/run/hoplab-bench-');
const machines = new KernelMachines(root);
await machines.adopt();
for (let made = 0; made < Number(count); made += 1) {
  const machine = await machines.create(`m${made}`);
  try {
    await sh(machine, network);
    const wrong = Array.from({ length: draw([1, 2, 3]) }, () => draw(wrongCommands));
    for (const line of wrong) await machine.run('host', ['bash', '-c', line]);
    for (let sent = 0; sent < 6; sent += 1) {
      const protocol = draw(['icmp', 'icmp', 'tcp'] as const);
      const packet = {
        from: draw(senders),
        to: draw(targets),
        protocol,
        port: protocol === 'tcp' ? 80 : null,
      };
      const difference = await compare(machine, packet);
      if (difference === null) continue;
      differences += 1;
      console.log(`${wrong.join(' | ')}\n  ${difference}`);
    }
  } finally {
    await machine.destroy();
  }
}
rmSync(root, { recursive: true });
const probes = Object.values(seen).reduce((sum, one) => sum + one, 0);
for (const [key, times] of Object.entries(seen).sort((a, b) => b[1] - a[1])) console.log(`${times}\t${key}`);
console.log(`${probes} probes in ${count} wrong states, ${differences} differences`);
process.exitCode = differences === 0 ? 0 : 1;
