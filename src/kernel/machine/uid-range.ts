import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoplabError } from '../../core/errors.ts';
import { readPlain } from '../place/plain-file.ts';

/**
 * Uid ranges of machines: 65,536 each, in a span that no distribution hands out (systemd's table of
 * uid ranges leaves 1879048192 up to 2147352575 unused; /etc/subuid starts at 100000).
 */
const first = 0x7000_0000;
const size = 0x1_0000;
const count = 4000;
// Behind the last range, py/hoplab_kernel/inotify.py has one user for each range.

/** A range belongs to the daemon that made this file; several daemons on one VM never share one. */
const registry = '/run/hoplab-uids';

/** Takes a free range. @param owner run directory of the daemon; @throws `session-limit`, `machine-failed` */
export async function takeUidBase(owner: string, directory = registry): Promise<number> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  // The name of a range comes with its owner or not at all: a daemon may be killed, and a disk full, in between.
  const written = join(directory, `new-${process.pid}-${randomInt(2 ** 32)}`);
  try {
    await writeFile(written, owner, { flag: 'wx' });
    const start = randomInt(count);
    for (let index = 0; index < count; index++) {
      const base = first + ((start + index) % count) * size;
      if (await linked(written, join(directory, String(base)))) return base;
    }
  } catch (error) {
    const words = (error as Error).message;
    throw new HoplabError('machine-failed', `no uid range could be taken: ${words}`, { directory });
  } finally {
    await rm(written, { force: true }).catch(() => {});
  }
  throw new HoplabError('session-limit', 'no uid range is free for another machine', { limit: count });
}

/** False where there is a file of that name. */
async function linked(file: string, name: string): Promise<boolean> {
  try {
    await link(file, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * The ranges that were given out to a daemon with this run directory. Once as it starts: clears ranges that a
 * killed one half took.
 */
export async function uidBasesOf(owner: string): Promise<number[]> {
  const names = await readdir(registry).catch(() => [] as string[]);
  const bases: number[] = [];
  for (const name of names) {
    const file = join(registry, name);
    if ((await readFile(file, 'utf8').catch(() => '')) !== owner) continue;
    if (/^\d+$/.test(name)) bases.push(Number(name));
    else await rm(file, { force: true });
  }
  return bases;
}

export async function giveBackUidBase(base: number): Promise<void> {
  await rm(join(registry, String(base)), { force: true });
}

export const mapOf = (uidBase: number): string => `0 ${uidBase} ${size}\n`;

/** The range a uid of the VM's is in, by its first uid; null for all others. */
const rangeOf = (uid: number): number | null =>
  uid >= first && uid < first + count * size ? uid - ((uid - first) % size) : null;

/**
 * PIDs of the VM by machine (uid range). A process belongs to a range by its users (real, effective, saved
 * and of the file system), which no process inside can change to one of another range; a process that has
 * just joined by the map of its user namespace.
 */
export function processesByUidBase(): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const range = usersOf(name)
      .map(rangeOf)
      .find((each) => each !== null);
    if (range !== undefined && range !== null) found.set(range, [...(found.get(range) ?? []), Number(name)]);
  }
  return found;
}

/** Empty for a process that has ended meanwhile, and for a zombie: nothing of it is left but its end. */
function usersOf(pid: string): number[] {
  const status = readPlain(`/proc/${pid}/status`) ?? '';
  const map = readPlain(`/proc/${pid}/uid_map`);
  if (map === null || /^State:\s+[ZX]/m.test(status)) return [];
  const users = /^Uid:\s+(.*)$/m.exec(status)?.[1]?.split('\t') ?? [];
  const [, outside = ''] = map.trim().split(/\s+/);
  return [...users, ...(outside === '' ? [] : [outside])].map(Number);
}
