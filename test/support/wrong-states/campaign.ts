import type { Lab, Line } from '../../../src/core/lab/lab.ts';
import { planLines } from '../../../src/core/plan/entry.ts';
import type { Machine } from '../../../src/core/ports.ts';
import type { Verdict } from '../../../src/core/verdict/verdict.ts';
import { machineWith } from '../../../src/session/boot.ts';
import { checkStep } from '../../../src/session/checker.ts';
import { Random } from '../topology/random.ts';
import { everyAddress, mutation, ownedTwice } from './mutate.ts';
import { type ShellCheck, worksInTheShell } from './shell.ts';

/**
 * One probe in one wrong state: hoplab's result, the shell's before it, and the shell's after it if they
 * differ.
 */
export interface Compared {
  asked: ShellCheck;
  verdict: Verdict;
  shell: boolean;
  /**
   * `unasked`: hoplab could not check, as where a program took too long on a busy machine. `unsteady`: the shell
   * itself did not find the same twice.
   */
  result: 'same' | 'different' | 'unasked' | 'unsteady';
}

export interface WrongState {
  seed: number;
  lab: string;
  lines: Line[];
  probes: Compared[];
}

const probesAtOnce = 6;

/** A finished lab, one to three things of it changed; then the same questions to hoplab and to a shell. */
export async function wrongState(
  make: () => Promise<Machine>,
  labs: readonly Lab[],
  seed: number,
): Promise<WrongState> {
  const random = new Random(seed);
  const lab = random.pick(labs);
  const solution = lab.steps.flatMap((step) => step.solution);
  const machine = await machineWith(make, lab, planLines(lab, solution));
  try {
    const lines = await breakIt(machine, 1 + random.below(3), random);
    const observation = await machine.observe();
    const asked = [
      ...askedBy(lab, random),
      ...pings(Object.keys(observation.nodes), everyAddress(observation, 'ipv4'), random),
    ];
    const probes = ownedTwice(observation) ? [] : await compareAll(machine, asked);
    return { seed, lab: lab.id, lines, probes };
  } finally {
    await machine.destroy();
  }
}

/** The same where it is known what is wrong. */
export async function knownState(
  make: () => Promise<Machine>,
  lab: Lab,
  lines: readonly Line[],
  asked: readonly ShellCheck[],
): Promise<Compared[]> {
  const solution = lab.steps.flatMap((step) => step.solution);
  const machine = await machineWith(make, lab, planLines(lab, solution));
  try {
    for (const { on, run } of lines) {
      const { exitCode, stderr } = await machine.run(on, ['bash', '-c', run]);
      if (exitCode !== 0) throw new Error(`${run}: ${stderr}`);
    }
    return await compareAll(machine, asked);
  } finally {
    await machine.destroy();
  }
}

/** Changes one thing after the other, of those that `change` finds for the state at that time. */
export async function breakIt(
  machine: Machine,
  count: number,
  random: Random,
  change = mutation,
): Promise<Line[]> {
  const lines: Line[] = [];
  for (let tries = 0; lines.length < count && tries < 5; tries += 1) {
    const observation = await machine.observe();
    let line: Line | null = null;
    while (line === null) line = change(observation, random);
    const { exitCode } = await machine.run(line.on, ['bash', '-c', line.run]);
    if (exitCode === 0) lines.push(line);
  }
  return lines;
}

async function compareAll(machine: Machine, asked: readonly ShellCheck[]): Promise<Compared[]> {
  const found = await Promise.all(asked.map((one) => worksInTheShell(machine, one)));
  const step = { id: 'any', solution: [], checks: [...asked], faults: [], predict: [] };
  const verdicts = await checkStep(machine, step, asked);
  const compared: Compared[] = [];
  for (const [index, one] of asked.entries()) {
    const verdict = verdicts[index];
    const shell = found[index] ?? false;
    if (verdict === undefined) throw new Error(`no verdict for ${one.id}`);
    const result = resultOf(verdict, shell);
    const again = result === 'different' ? await worksInTheShell(machine, one) : shell;
    compared.push({ asked: one, verdict, shell, result: again === shell ? result : 'unsteady' });
  }
  return compared;
}

function resultOf({ status }: Verdict, shell: boolean): 'same' | 'different' | 'unasked' {
  if (status === 'could-not-check') return 'unasked';
  return status === (shell ? 'pass' : 'fail') ? 'same' : 'different';
}

/** Questions the finished lab answers. */
function askedBy(lab: Lab, random: Random): ShellCheck[] {
  const all = lab.steps
    .flatMap(({ checks }) => checks)
    .filter((check) => check.until === null)
    .filter((check): check is ShellCheck => ['ping', 'http', 'tcp', 'dns', 'resolve'].includes(check.kind))
    .filter(({ args }) => ['reply', 'answer', 'accepted'].includes(args.expect));
  const chosen = Array.from({ length: Math.min(all.length, probesAtOnce / 2) }, () => random.pick(all));
  return [...new Set(chosen)].map((check, index) => ({ ...check, id: `own-${index}`, needs: [] }));
}

function pings(nodes: readonly string[], addresses: readonly string[], random: Random): ShellCheck[] {
  if (addresses.length === 0) return [];
  return Array.from({ length: probesAtOnce / 2 }, (_, index) => ({
    id: `ping-${index}`,
    kind: 'ping',
    args: { from: random.pick(nodes), to: random.pick(addresses), expect: 'reply' },
    needs: [],
    until: null,
  }));
}

/**
 * What an engine or a cluster does meanwhile is not of the kernel's state alone, and a plain shell does not get into a
 * container.
 */
export const plainLabs = (labs: readonly Lab[]): Lab[] =>
  labs.filter(
    ({ topology, machine }) =>
      machine.programs === undefined &&
      topology.nodes.every(({ service }) => service === null || service === 'http'),
  );
