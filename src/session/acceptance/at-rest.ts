import { setTimeout as wait } from 'node:timers/promises';
import type { Observation } from '../../core/state/observation.ts';
import { differences } from './same-state.ts';

/** Milliseconds between two looks, without a change until a machine is at rest, and until that is given up. */
const times = { pace: 500, quiet: 4_000, longest: 60_000 };

/**
 * The state of a machine once it changes no more by itself: real components of a cluster follow the API server, so
 * rules, sockets and pods come seconds after the command. The last state where it never rests.
 */
export async function atRest(
  observe: () => Promise<Observation>,
  { pace, quiet, longest } = times,
): Promise<Observation> {
  const started = performance.now();
  let state = await observe();
  let since = performance.now();
  while (performance.now() - since < quiet && performance.now() - started < longest) {
    await wait(pace);
    const next = await observe();
    if (differences(state, next).length > 0) since = performance.now();
    state = next;
  }
  return state;
}
