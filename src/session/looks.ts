import type { Machine } from '../core/ports.ts';
import type { Observation } from '../core/state/observation.ts';

/** Milliseconds a look is kept for those who ask at the same time: they hear of a change together. */
const kept = 1000;

/**
 * Looks at the machine that more than one may use: a round of checks, and clients whom a look is enough that began
 * after the last change they were told of. With a hundred nodes a look is most of what either costs.
 */
export class Looks {
  #latest: { machine: Machine; observation: Promise<Observation> } | null = null;
  #heard = false;
  /** Settings that every look reads. */
  #usual: ReadonlySet<string> = new Set();

  /** Whether changes are heard: otherwise no look is known to be newer than the last one. */
  set heard(heard: boolean) {
    this.#heard = heard;
    this.changed();
  }

  /** What was seen before is old. */
  changed(): void {
    this.#latest = null;
  }

  /** The look that has begun since the last change, if there is one. */
  latest(machine: Machine | null): Promise<Observation> | null {
    return this.#latest !== null && this.#latest.machine === machine ? this.#latest.observation : null;
  }

  /** @param keys settings to read besides; what others would not see in their own look is not shared. */
  observe(machine: Machine, keys: readonly string[] = []): Promise<Observation> {
    const further = keys.filter((key) => !this.#usual.has(key));
    const there = further.length === 0 ? this.latest(machine) : null;
    return there ?? this.#begin(machine, further);
  }

  /** Whatever has begun before. */
  anew(machine: Machine): Promise<Observation> {
    return this.#begin(machine, []);
  }

  #begin(machine: Machine, further: readonly string[]): Promise<Observation> {
    const observation = machine.observe(further);
    if (further.length > 0) return observation;
    const own = { machine, observation };
    const forget = () => {
      if (this.#latest === own) this.#latest = null;
    };
    if (this.#heard) this.#latest = own;
    observation.then((seen) => {
      this.#usual = new Set(Object.values(seen.nodes).flatMap(({ sysctls }) => Object.keys(sysctls)));
      setTimeout(forget, kept).unref();
    }, forget);
    return observation;
  }
}
