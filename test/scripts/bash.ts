import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type CommandResult, saidBy } from '../support/daemon.ts';

export const root = join(import.meta.dirname, '../..');

/** Lines that bring in the scripts' own libraries. */
export const libraries = ['say', 'places', 'outdated', 'daemon', 'machines']
  .map((name) => `. ${root}/scripts/lib/${name}.sh`)
  .join('\n');

/** Runs lines of bash behind the scripts' own libraries, as scripts/up has them. */
export function bash(lines: string, environment: Record<string, string>): Promise<CommandResult> {
  const child = spawn('bash', ['-c', ['set -euo pipefail', libraries, lines].join('\n')], {
    env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return saidBy(child);
}
