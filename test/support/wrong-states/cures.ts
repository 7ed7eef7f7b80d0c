import { tracedPath } from '../../../src/core/diagnose/trace/trace.ts';
import type { Lab, Line } from '../../../src/core/lab/lab.ts';
import type { TraceEnd } from '../../../src/core/path/recording/hop.ts';
import { planLines } from '../../../src/core/plan/entry.ts';
import type { Machine } from '../../../src/core/ports.ts';
import { machineWith } from '../../../src/session/boot.ts';
import { Random } from '../topology/random.ts';
import { breakIt } from './campaign.ts';
import { everyAddress } from './mutate.ts';

/**
 * A probe that failed in a wrong state, and what typing the first cure printed for it has done.
 * - `helped`: it is delivered now, or ends for another reason or elsewhere.
 * - `nothing`: it ends as before.
 * - `refused`: the shell, or the tool, did not take the line.
 * - `open`: the cure has a place that a person must fill in (GATEWAY, LENGTH), or there is none.
 */
export interface CureOutcome {
  seed: number;
  lab: string;
  lines: Line[];
  probe: string;
  end: string;
  cure: string[];
  result: 'helped' | 'nothing' | 'refused' | 'open';
  /** The tool's error, or the probe's end now. */
  after: string;
}

const probes = 4;

/** A finished lab, one to three things of it changed; then probes are traced, and their cures typed as printed. */
export async function curesTyped(
  make: () => Promise<Machine>,
  labs: readonly Lab[],
  seed: number,
): Promise<CureOutcome[]> {
  const random = new Random(seed);
  const lab = random.pick(labs);
  const solution = lab.steps.flatMap((step) => step.solution);
  const machine = await machineWith(make, lab, planLines(lab, solution));
  const typed: CureOutcome[] = [];
  try {
    const sound = await machine.observe();
    const addresses = everyAddress(sound, 'ipv4');
    const asked = Array.from({ length: addresses.length === 0 ? 0 : probes }, () => ({
      from: random.pick(Object.keys(sound.nodes)),
      to: random.pick(addresses),
    }));
    const working: typeof asked = [];
    for (const one of asked) if ((await ended(machine, one)).kind === 'delivered') working.push(one);
    const lines = await breakIt(machine, 1 + random.below(3), random);
    for (const one of working) {
      const { nodes } = await machine.observe();
      const end = nodes[one.from] === undefined ? null : await ended(machine, one);
      if (end === null || end.kind === 'delivered') continue;
      const cure = firstWay(end);
      const probe = `${one.from} ${one.to}`;
      const base = { seed, lab: lab.id, lines, probe, end: endKey(end), cure: cure.map(({ run }) => run) };
      typed.push({ ...base, ...(await typeIt(machine, one, end, cure)) });
    }
  } finally {
    await machine.destroy();
  }
  return typed;
}

type Pair = { from: string; to: string };

async function ended(machine: Machine, { from, to }: Pair): Promise<TraceEnd> {
  return tracedPath(await machine.trace({ from, to, probe: { kind: 'icmp' } })).end;
}

const endKey = ({ kind, reason, node, object }: TraceEnd): string => [kind, reason, node, object].join(' ');

function firstWay({ cure }: TraceEnd): TraceEnd['cure'] {
  const next = cure.findIndex(({ or }) => or);
  return next === -1 ? cure : cure.slice(0, next);
}

/** Words in capitals stand for what hoplab does not know. */
const placeholder = /\b(GATEWAY|NETWORK|LENGTH|ADDRESS|LINK|PEER|MAC|NUMBER|OTHER-END|CHAIN)\b/;

async function typeIt(
  machine: Machine,
  pair: Pair,
  before: TraceEnd,
  cure: TraceEnd['cure'],
): Promise<Pick<CureOutcome, 'result' | 'after'>> {
  if (cure.length === 0 || cure.some(({ run }) => placeholder.test(run)))
    return { result: 'open', after: '' };
  // A server that stays in the foreground, or a look, is no change of the network.
  if (cure.some(({ run }) => /http\.server|tcpdump|nstat|route get/.test(run)))
    return { result: 'open', after: '' };
  for (const { on, run } of cure) {
    const { exitCode, stderr } = await machine.run(on, ['bash', '-c', run]);
    if (exitCode !== 0) return { result: 'refused', after: stderr.trim() };
  }
  const after = await ended(machine, pair);
  const same = endKey(after) === endKey(before) && after.kind !== 'delivered';
  return { result: same ? 'nothing' : 'helped', after: endKey(after) };
}
