import { type Hook, type Passage, passHook } from './netfilter.ts';
import type { Ruleset } from './ruleset.ts';
import type { Sighting } from './sighting.ts';

/** All ways a packet may pass a hook: one for every outcome of the matches that depend on chance. */
export function passages(rules: Ruleset, hook: Hook, sighting: Sighting): Passage[] {
  const found: Passage[] = [];
  let outcomes: boolean[] = [];
  do {
    let asked = 0;
    const taken = outcomes;
    const chance = () => {
      const outcome = taken[asked] ?? false;
      taken[asked] = outcome;
      asked += 1;
      return outcome;
    };
    found.push(passHook(rules, hook, { ...sighting, chance }));
    outcomes = next(taken);
  } while (outcomes.length > 0);
  return found;
}

/** The outcomes to try after these: the last that failed holds instead; none once all have held. */
function next(outcomes: readonly boolean[]): boolean[] {
  const last = outcomes.lastIndexOf(false);
  return last < 0 ? [] : [...outcomes.slice(0, last), true];
}
