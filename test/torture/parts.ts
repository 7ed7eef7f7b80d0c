import { Random } from '../support/topology/random.ts';
import { clock } from './clock.ts';
import { disks } from './disks.ts';
import { floods } from './floods.ts';
import { fuzz } from './fuzz.ts';
import { journals } from './journals.ts';
import { boundaryKills, kills } from './kills.ts';
import { labDirectories, labs } from './labs.ts';
import { learner } from './learner.ts';
import { limitsPart } from './limits.ts';
import { docker, kubernetes, machines } from './machines.ts';
import { type Part, Tally } from './part.ts';
import { ways } from './ways.ts';

/** Each part, and how many attempts a whole run has. */
export const parts: readonly [part: Part, whole: number][] = [
  [kills, 300],
  [boundaryKills, 200],
  [machines, 100],
  [docker, 50],
  [kubernetes, 50],
  [journals, 5000],
  [learner, Object.keys(ways).length + 100],
  [limitsPart, 18],
  [fuzz, 50_000],
  [floods, 20],
  [labs, 1000],
  [labDirectories, 100],
  [disks, 20],
  [clock, 50],
];

/** A run that is to end gives up after the attempt at hand, and cleans up. */
let ending = false;
export const end = (): void => {
  ending = true;
};

/** Each part has random numbers of its own, so that it can be repeated alone. */
export async function attempt(part: Part, seed: number, most: number, seconds: number): Promise<Tally> {
  const tally = new Tally();
  // From the first attempt on: the daemon's start is none.
  let until: number | null = null;
  const goesOn = () => {
    until ??= performance.now() + seconds * 1000;
    return !ending && performance.now() < until;
  };
  await part.run({ random: new Random(seed), most, goesOn, tally }).catch((error: Error) => {
    tally.failures.push(`the part ended: ${error.message}`);
  });
  return tally;
}
