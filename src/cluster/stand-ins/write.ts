import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type StandInName, standIns } from './index.ts';
import type { Standing } from './stand-in.ts';

/** Writes the files of a stand-in under the root of its container; true where one of them has changed. */
export function writeStandIn(name: StandInName, root: string, standing: Standing): boolean {
  let changed = false;
  for (const [path, text] of Object.entries(standIns[name].files(standing))) {
    const file = `${root}${path}`;
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    changed = true;
  }
  return changed;
}
