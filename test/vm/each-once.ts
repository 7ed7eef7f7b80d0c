import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What many cases of a stage need, so that a run that was cut goes on at the case where it stopped. */
export interface Cases {
  /** Keeps the seconds of those that have passed. */
  record: string;
  every: readonly string[];
  /** These alone, and again; none: every one that has not passed. */
  only: readonly string[];
  say(line: string): void;
  /** What is wrong with it, if anything. */
  run(name: string): Promise<string | undefined>;
}

export async function eachOnce({ record, every, only, say, run }: Cases): Promise<void> {
  const unknown = only.filter((name) => !every.includes(name));
  assert.deepEqual(unknown, [], `no such case; expected ${every.join(', ')}`);
  const passed: Record<string, number> = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : {};
  const failed: string[] = [];
  for (const name of only.length > 0 ? only : every.filter((each) => passed[each] === undefined)) {
    const began = performance.now();
    const wrong = await run(name);
    const seconds = Math.round((performance.now() - began) / 1000);
    say(`${name}: ${wrong === undefined ? 'passes' : 'FAILS'}, ${seconds} s`);
    if (wrong === undefined) passed[name] = seconds;
    else {
      delete passed[name];
      failed.push(`${name}\n${wrong}`);
    }
    writeFileSync(record, JSON.stringify(passed));
  }
  say(`${every.filter((name) => passed[name] !== undefined).length} of ${every.length} have passed`);
  if (failed.length > 0) throw new Error(failed.join('\n\n'));
}
