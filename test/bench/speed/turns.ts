import { setTimeout } from 'node:timers/promises';
import type { Lab } from '../../../src/core/lab/lab.ts';
import type { Machine, Machines } from '../../../src/core/ports.ts';
import { machineAt } from '../../../src/session/boot.ts';
import { median, timed } from '../figures.ts';
import { typeBare, typedLines, typedTopology } from './bare-shell.ts';
import type { Row } from './figures.ts';
import { childrenOf, memoryOf, processorTimeOf } from './memory.ts';

/** A learner reads between two commands; meanwhile the next machine is made ready. */
const reading = 400;

/** start, reset and goto of a lab beside a bare shell that types the same. */
export async function turnRows(machines: Machines, lab: Lab, rounds: number): Promise<Row[]> {
  const [first, last] = [lab.steps[0]?.id ?? '', lab.steps.at(-1)?.id ?? ''];
  const times = { begin: [], whole: [], start: [], reset: [], goto: [] } as Record<string, number[]>;
  let made = 0;
  const entered = (step: string) => {
    made += 1;
    return machineAt(() => machines.create(`turn${made}`), lab, step);
  };
  for (let round = 0; round < rounds; round++) {
    times.begin?.push(await timed(() => typeBare(typedTopology(lab))));
    times.whole?.push(await timed(() => typeBare([...typedTopology(lab), ...typedLines(lab)])));
    let machine = await entered(first);
    const renewed = async (step: string) => {
      const old = machine;
      machine = await entered(step);
      await old.destroy();
    };
    await setTimeout(reading);
    times.reset?.push(await timed(() => renewed(first)));
    await setTimeout(reading);
    times.goto?.push(await timed(() => renewed(last)));
    await machine.destroy();
    await setTimeout(reading);
    let started: Machine | undefined;
    times.start?.push(await timed(async () => (started = await entered(first))));
    await started?.destroy();
  }
  await machines.rest();
  const of = (name: string) => median(times[name] ?? []);
  const topology = { unit: 'ms', baseline: 'a bare shell: the topology', beside: of('begin') } as const;
  const lines = { unit: 'ms', baseline: 'a bare shell: every line', beside: of('whole') } as const;
  const goal = 'at most 1.3 x';
  return [
    { what: `start of ${lab.id}`, figure: of('start'), ...topology, goal },
    { what: `reset to its first step`, figure: of('reset'), ...topology, goal },
    { what: `goto its last step`, figure: of('goto'), ...lines, goal },
  ];
}

/** Machines at rest: the memory of one, and the processor time of all in five seconds. */
export async function restRows(machines: Machines, count: number): Promise<Row[]> {
  const made: Machine[] = [];
  for (let at = 0; at < count; at++) made.push(await machines.create(`rest${at}`));
  const pids = made.flatMap(({ pid }) => [pid, ...childrenOf(pid)]);
  const memory = memoryOf(...pids) / count;
  const before = processorTimeOf(...pids);
  await setTimeout(5000);
  const spent = processorTimeOf(...pids) - before;
  for (const machine of made) await machine.destroy();
  const what = `${count} machines at rest`;
  const nothing = { baseline: '-', beside: null };
  return [
    { what: `${what}: memory of each (Pss)`, figure: memory, unit: 'MiB', ...nothing, goal: 'under 1 MiB' },
    { what: `${what}: processor time of all in 5 s`, figure: spent, unit: 'ms', ...nothing, goal: 'none' },
  ];
}
