import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
const text = readFileSync(join(ROOT, 'Vagrantfile'), 'utf8');

/** The lines that it runs at every start. */
export function provisioning(): string {
  const found = /<<~SCRIPT\n([\s\S]*?)\n\s*SCRIPT$/m.exec(text)?.[1];
  assert(found !== undefined, 'the Vagrantfile has no <<~SCRIPT');
  return found;
}

/** What it leaves out of the copy, as arguments of rsync. */
export function excluded(): string[] {
  const found = /rsync__exclude: \[([^\]]*)\]/.exec(text)?.[1];
  assert(found !== undefined, 'the Vagrantfile has no rsync__exclude');
  return [...found.matchAll(/'([^']+)'/g)].map((match) => `--exclude=${match[1]}`);
}
