import { labSchema } from '../core/lab/schema.ts';
import { trackSchema } from '../core/lab/track.ts';

let done = false;

/**
 * Before the first reading with a limit: what zod reckons at the first use of a schema is reckoned to its end. A limit
 * ends a reading wherever it is, past every `catch`, and zod would take a property that it was reckoning then for one
 * that is undefined, as long as the process lives.
 */
export function settleSchemas(): void {
  if (done) return;
  done = true;
  const seen = new Set<object>();
  for (const schema of [labSchema, trackSchema]) readAll(schema, seen);
}

/** Reads every property of whatever can be reached, also those that are reckoned when they are read. */
function readAll(from: object, seen: Set<object>): void {
  const waiting = [from];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    for (
      let holder = one;
      holder !== null && holder !== Object.prototype;
      holder = Object.getPrototypeOf(holder)
    )
      for (const key of Object.getOwnPropertyNames(holder)) {
        const value: unknown = Reflect.get(one, key);
        if (typeof value === 'object' && value !== null) waiting.push(value);
      }
  }
}
