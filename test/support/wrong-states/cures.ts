import { tracedPath } from '../../../src/core/diagnose/trace/trace.ts';
import type { Lab, Line } from '../../../src/core/lab/lab.ts';
import type { TraceEnd } from '../../../src/core/path/recording/hop.ts';
import { planLines } from '../../../src/core/plan/entry.ts';
import type { Machine } from '../../../src/core/ports.ts';
import type { TraceProbe, TraceRequest } from '../../../src/core/probe/trace-probe.ts';
import type { Observation } from '../../../src/core/state/observation.ts';
import { machineWith } from '../../../src/session/boot.ts';
import { Random } from '../topology/random.ts';
import { breakIt } from './campaign.ts';
import { everyAddress } from './mutate.ts';
import { deeperMutation } from './mutate-deeper.ts';

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
/** A wrong state has one to three faults; what a cure uncovers is cured as well. */
const curesOfOne = 5;

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
    const working: TraceRequest[] = [];
    for (const one of asked(sound, random))
      if ((await ended(machine, one)).kind === 'delivered') working.push(one);
    const lines = await breakIt(machine, 1 + random.below(3), random, deeperMutation);
    for (const one of working) {
      const probe = `${one.from} ${one.to} ${JSON.stringify(one.probe)}`;
      for (const each of await cureAll(machine, one))
        typed.push({ seed, lab: lab.id, lines, probe, ...each });
    }
  } finally {
    await machine.destroy();
  }
  return typed;
}

/** Probes of all kinds, to addresses of both families and to programs that listen. */
function asked(observation: Observation, random: Random): TraceRequest[] {
  const nodes = Object.keys(observation.nodes);
  const addresses = [...everyAddress(observation, 'ipv4'), ...everyAddress(observation, 'ipv6')];
  return Array.from({ length: addresses.length === 0 ? 0 : probes }, () => {
    const to = random.pick(addresses);
    const listeners = Object.values(observation.nodes)
      .filter(({ links }) => links.some((link) => link.addresses.some(({ address }) => address === to)))
      .flatMap((state) => state.listeners.filter(({ protocol }) => protocol === 'tcp'));
    const ports: TraceProbe[] = listeners.map(({ port }) => ({ kind: 'tcp', port }));
    const probe = random.pick<TraceProbe>([{ kind: 'icmp' }, { kind: 'icmp', mtu: 1400 }, ...ports]);
    return { from: random.pick(nodes), to, probe: random.chance(0.5) ? { kind: 'icmp' } : probe };
  });
}

type Typed = Pick<CureOutcome, 'end' | 'cure' | 'result' | 'after'>;

/** One cure after the other, until the probe is delivered or there is none to type. */
async function cureAll(machine: Machine, request: TraceRequest): Promise<Typed[]> {
  const typed: Typed[] = [];
  while (typed.length < curesOfOne) {
    const { nodes } = await machine.observe();
    const end = nodes[request.from] === undefined ? null : await ended(machine, request);
    if (end === null || end.kind === 'delivered') break;
    const cure = firstWay(end);
    const one = await typeIt(machine, request, end, cure);
    typed.push({ end: endKey(end), cure: cure.map(({ on, run }) => `${on} # ${run}`), ...one });
    if (one.result !== 'helped') break;
  }
  return typed;
}

async function ended(machine: Machine, request: TraceRequest): Promise<TraceEnd> {
  return tracedPath(await machine.trace(request)).end;
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
  request: TraceRequest,
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
  const after = await ended(machine, request);
  const same = endKey(after) === endKey(before) && after.kind !== 'delivered';
  return { result: same ? 'nothing' : 'helped', after: endKey(after) };
}
