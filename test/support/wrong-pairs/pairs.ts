import type { CheckOf } from '../../../src/core/check/check.ts';
import { HoplabError } from '../../../src/core/errors.ts';
import type { Lab } from '../../../src/core/lab/lab.ts';
import type { Machine } from '../../../src/core/ports.ts';
import type { TraceRequest } from '../../../src/core/probe/trace-probe.ts';
import type { Observation } from '../../../src/core/state/observation.ts';
import type { Verdict } from '../../../src/core/verdict/verdict.ts';
import { machineWith } from '../../../src/session/boot.ts';
import { checkStep } from '../../../src/session/checker.ts';
import { short } from '../judged.ts';
import type { Random } from '../topology/random.ts';
import { everyAddress, ownedTwice } from '../wrong-states/mutate.ts';
import { seenOf } from './seen.ts';
import { drawn, planWrong, together, type WrongThing } from './wrong.ts';

/*
 * Two faults at once: which of them does the failing check name?
 *
 * The kernel decides which comes first, not the state. A packet passes the same places up to the first fault that
 * stops it, so a recording of the machine with both faults equals that of the machine with the first alone: of the
 * two machines with one fault each, the one in which the packet was seen at the same places as in the machine with
 * both has the first fault. The packet never meets the other. So the verdict must be that machine's. The way back
 * (replies, ICMP errors) is compared only if the way there does not distinguish the two.
 * If all three recordings are equal, both faults stop the packet between the same two places (a device, a hook), and
 * the order is the kernel's own affair: either verdict is right, a third is not. If the machine with both equals
 * neither, each fault changes the other's path (a route that leads past it), and the test claims nothing.
 */

export type PairCheck = CheckOf<'ping'> | CheckOf<'tcp'>;
type Found = { verdict: Verdict; seen: string[] };
type Single = Found & { wrong: WrongThing };

export interface Pair {
  seed: number;
  lab: string;
  asked: PairCheck;
  wrong: [string, string];
  alone: [string, string];
  both: string;
  order: 'first' | 'second' | 'same-place' | 'other-way';
  /** Null where nothing is claimed. */
  right: boolean | null;
}

const singles = 3;
const draws = 8;

/** Pairs of a lab's mistakes that break the same question, which its finished machine answers. */
export async function wrongPairs(
  make: () => Promise<Machine>,
  lab: Lab,
  seed: number,
  random: Random,
): Promise<Pair[]> {
  const start = await finished(make, lab, random);
  if (start === null) return [];
  const { asked, observation } = start;
  const found: Single[] = [];
  for (let draw = 0; draw < draws && found.length < singles; draw += 1) {
    const wrong = drawn(lab, observation, random);
    const one = await findIn(make, lab, [wrong], asked);
    if (one !== null) found.push({ ...one, wrong });
  }
  const pairs: Pair[] = [];
  for (const [index, one] of found.entries()) {
    for (const other of found.slice(index + 1)) {
      if (!together(one.wrong, other.wrong)) continue;
      const both = await findIn(make, lab, [one.wrong, other.wrong], asked);
      if (both !== null) pairs.push({ seed, lab: lab.id, asked, ...compared(one, other, both) });
    }
  }
  return pairs;
}

function compared(one: Single, other: Single, both: Found): Omit<Pair, 'seed' | 'lab' | 'asked'> {
  const there = [one, other].every(({ seen }) => onTheWay(seen) === onTheWay(one.seen));
  const way = there ? whole : onTheWay;
  const like = ({ seen }: Found) => way(seen) === way(both.seen);
  const summary = (found: Found) => short(found.verdict);
  const order = like(one) ? (like(other) ? 'same-place' : 'first') : like(other) ? 'second' : 'other-way';
  const allowed = { first: [one], second: [other], 'same-place': [one, other], 'other-way': [] }[order].map(
    summary,
  );
  return {
    wrong: [one.wrong.title, other.wrong.title],
    alone: [summary(one), summary(other)],
    both: summary(both),
    order,
    right: order === 'other-way' ? null : allowed.includes(summary(both)),
  };
}

const whole = (seen: readonly string[]) => seen.join();
/** Of the packet itself, before anything came back. */
const onTheWay = (seen: readonly string[]) => whole(seen.filter((place) => place.startsWith('request ')));

/** A question the finished lab answers, and the state of the nodes its packets were seen in. */
async function finished(make: () => Promise<Machine>, lab: Lab, random: Random) {
  const machine = await machineWith(make, lab, planWrong(lab, []));
  try {
    const observation = await machine.observe();
    const asked = random.pick(questions(lab, observation, random));
    const { verdict, seen } = await ask(machine, asked);
    if (verdict.status !== 'pass') return null;
    const nodes = Object.entries(observation.nodes).filter(([name]) =>
      seen.some((place) => place.includes(` ${name} `)),
    );
    return { asked, observation: { ...observation, nodes: Object.fromEntries(nodes) } };
  } finally {
    await machine.destroy();
  }
}

function questions(lab: Lab, { nodes, ...rest }: Observation, random: Random): PairCheck[] {
  const own = lab.steps
    .flatMap(({ checks }) => checks)
    .filter((check) => check.until === null && check.kind === 'ping' && check.args.expect === 'reply')
    .map((check) => ({ ...(check as CheckOf<'ping'>), needs: [] }));
  const from = random.pick(Object.keys(nodes));
  const more = { id: 'any', needs: [], until: null };
  const ping = (to: string): PairCheck => ({ ...more, kind: 'ping', args: { from, to, expect: 'reply' } });
  const connect = (to: string, port: number): PairCheck => ({
    ...{ ...more, kind: 'tcp' },
    args: { from, to, port, expect: 'accepted' },
  });
  const addresses = everyAddress({ nodes, ...rest }, 'ipv4');
  const listening = Object.values(nodes).flatMap(({ listeners, links }) =>
    listeners
      .filter(({ protocol }) => protocol === 'tcp')
      .flatMap(({ port }) =>
        links.flatMap((link) =>
          link.addresses
            .filter(({ family, scope }) => family === 'ipv4' && scope === 'global')
            .map(({ address }) => connect(address, port)),
        ),
      ),
  );
  return [...own, ...addresses.map(ping), ...listening];
}

/** Null where the lab's lines do not all succeed, or the question is answered all the same. */
async function findIn(
  make: () => Promise<Machine>,
  lab: Lab,
  wrong: readonly WrongThing[],
  asked: PairCheck,
): Promise<Found | null> {
  const machine = await machineWith(make, lab, planWrong(lab, wrong)).catch((error: unknown) => {
    if (error instanceof HoplabError && error.code === 'action-failed') return null;
    throw error;
  });
  if (machine === null) return null;
  try {
    // Who answers for an address that two have is chance.
    if (ownedTwice(await machine.observe())) return null;
    const found = await ask(machine, asked);
    return found.verdict.status === 'fail' ? found : null;
  } finally {
    await machine.destroy();
  }
}

async function ask(machine: Machine, asked: PairCheck): Promise<Found> {
  const step = { id: 'any', solution: [], checks: [asked], faults: [], predict: [] };
  const [verdict] = await checkStep(machine, step, [asked]);
  if (verdict === undefined) throw new Error('no verdict');
  const observation = await machine.observe();
  // If the sender is gone there is nothing to see, and the state has the reason.
  const there = asked.args.from in observation.nodes;
  const seen = there ? seenOf(await machine.trace(traced(asked), undefined, observation)) : [];
  return { verdict, seen };
}

function traced(asked: PairCheck): TraceRequest {
  const { from, to } = asked.args;
  return {
    from,
    to,
    probe: asked.kind === 'ping' ? { kind: 'icmp' } : { kind: 'tcp', port: asked.args.port },
  };
}
