import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './said.ts';
import type { Vm } from './vm.ts';

/** `hoplab test` of each lab on its own: what passed is kept, and is not done again unless it is named. */
export async function testLabs(vm: Vm, say: (line: string) => void, only: readonly string[]): Promise<void> {
  const { tracks } = JSON.parse((await must(vm, 'hoplab labs --json')).text) as {
    tracks: { labs: string[] }[];
  };
  const every = tracks.flatMap(({ labs }) => labs);
  const unknown = only.filter((lab) => !every.includes(lab));
  assert.deepEqual(unknown, [], 'there are no such labs');
  const record = join(vm.folder, 'labs.json');
  const passed: Record<string, number> = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : {};
  const failed: string[] = [];
  for (const lab of only.length > 0 ? only : every.filter((lab) => passed[lab] === undefined)) {
    const { code, text, seconds } = await vm.run(`hoplab test ${lab}`, 7200);
    writeFileSync(join(vm.folder, `lab-${lab}.log`), text);
    say(`${lab}: ${code === 0 ? 'passes' : `FAILS (exit code ${code})`}, ${seconds.toFixed(0)} s`);
    if (code === 0) passed[lab] = Math.round(seconds);
    else failed.push(`${lab}\n${text.split('\n').slice(-25).join('\n')}`);
    writeFileSync(record, JSON.stringify(passed));
  }
  say(`${Object.keys(passed).length} of ${every.length} labs have passed`);
  assert.equal(failed.length, 0, failed.join('\n\n'));
}
