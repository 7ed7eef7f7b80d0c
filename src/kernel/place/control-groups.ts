import { access, mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { usualSize } from '../../core/lab/machine-size.ts';
import { innerGroup } from './delegated-group.ts';

/** The limits of one machine, as files of its control group (cgroups(7), version 2). */
const limits = {
  'memory.max': `${usualSize.memory}M`,
  // Memory that is swapped out instead would make the whole VM slow.
  'memory.swap.max': '0',
  'pids.max': '1024',
  // Against 100 of everything beside it, the daemon among them.
  'cpu.weight': '20',
} as const;

const controllers = ['cpu', 'memory', 'pids'];

/** One control group for each machine, below the daemon's own; it is named by the machine's uid range. */
export class ControlGroups {
  readonly #base: string;

  private constructor(base: string) {
    this.#base = base;
  }

  /** @param owner run directory of the daemon; null where this VM has no such control groups. */
  static async open(owner: string): Promise<ControlGroups | null> {
    const place = await placeOf(owner);
    if (place === null || (await lackingControllers()).length > 0) return null;
    const groups = new ControlGroups(place);
    return groups.#prepare().then(
      () => groups,
      () => null,
    );
  }

  /** An empty group with its limits; its path. */
  async create(uidBase: number): Promise<string> {
    // `rest` may have taken the base away.
    await this.#prepare();
    const group = this.#of(uidBase);
    await mkdir(group, { recursive: true });
    for (const [file, value] of Object.entries(limits)) {
      // A kernel without swap accounting has no limit of it.
      if (await there(join(group, file))) await writeFile(join(group, file), value);
    }
    return group;
  }

  /** @param mebibytes of memory that a machine may have. */
  async limitMemory(uidBase: number, mebibytes: number): Promise<void> {
    await writeFile(join(this.#of(uidBase), 'memory.max'), `${mebibytes}M`);
  }

  /** The group that a machine of an earlier daemon is entered by; null where that one had none. */
  async adopt(uidBase: number): Promise<string | null> {
    const group = this.#of(uidBase);
    if (!(await there(group))) return null;
    const inner = join(group, innerGroup);
    return (await there(inner)) ? inner : group;
  }

  /** Ends the processes left in the group, and removes it. */
  async remove(uidBase: number): Promise<void> {
    const group = this.#of(uidBase);
    const started = performance.now();
    while (!(await removed(group))) {
      const waited = performance.now() - started;
      // A process that has just entered ends by itself with the machine; any other is killed.
      if (waited > patience) await writeFile(join(group, 'cgroup.kill'), '1').catch(() => {});
      // The next daemon's sweep removes groups that no kill could end yet.
      if (waited > 5 * patience) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Removes every group but those of these uid ranges. */
  async sweep(kept: ReadonlySet<number>): Promise<void> {
    for (const name of await readdir(this.#base)) {
      const uidBase = Number(/^machine-(\d+)$/.exec(name)?.[1] ?? Number.NaN);
      if (Number.isNaN(uidBase) || kept.has(uidBase)) continue;
      await writeFile(join(this.#base, name, 'cgroup.kill'), '1').catch(() => {});
      await this.remove(uidBase);
    }
  }

  /** No machine is left: gives up the base, which fails where it is still in use. */
  async rest(): Promise<void> {
    await rmdir(this.#base).catch(() => {});
  }

  async #prepare(): Promise<void> {
    await enable(dirname(this.#base));
    await mkdir(this.#base, { recursive: true });
    await enable(this.#base);
  }

  #of(uidBase: number): string {
    return join(this.#base, `machine-${uidBase}`);
  }
}

/** Milliseconds until processes that do not leave a machine's group by themselves are ended. */
const patience = 2000;

/** The limits of machines that this VM cannot enforce; all of them without cgroup v2. */
export async function lackingControllers(): Promise<string[]> {
  const mount = await mountPoint();
  if (mount === null) return controllers;
  const has = await wordsIn(join(mount, 'cgroup.controllers'));
  return controllers.filter((controller) => !has.includes(controller));
}

/**
 * Below the unit, if systemd has put the daemon into a leaf of it (DelegateSubgroup=); elsewhere a group of
 * hoplab's own at the root, because the daemon may have been started from any user's login.
 */
async function placeOf(owner: string): Promise<string | null> {
  const mount = await mountPoint();
  if (mount === null) return null;
  const own = /^0::(.*)$/m.exec(await readFile('/proc/self/cgroup', 'utf8'))?.[1] ?? '/';
  if (/\.service\/daemon$/.test(own)) return join(mount, dirname(own));
  return join(mount, `hoplab${owner.replaceAll('/', '-')}`);
}

async function mountPoint(): Promise<string | null> {
  const mounts = await readFile('/proc/self/mountinfo', 'utf8');
  // Field 5 is the mount point; the type stands behind the separator (proc_pid_mountinfo(5)).
  return /^\S+ \S+ \S+ \S+ (\S+) .* - cgroup2 /m.exec(mounts)?.[1] ?? null;
}

async function enable(group: string): Promise<void> {
  const file = join(group, 'cgroup.subtree_control');
  const enabled = await wordsIn(file);
  const missing = controllers.filter((controller) => !enabled.includes(controller));
  if (missing.length > 0) await writeFile(file, missing.map((controller) => `+${controller}`).join(' '));
}

/** With the groups below it, which an engine has made for its containers. */
async function removed(group: string): Promise<boolean> {
  const below = await readdir(group, { withFileTypes: true }).catch(() => []);
  for (const entry of below) if (entry.isDirectory()) await removed(join(group, entry.name));
  return rmdir(group).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}

const wordsIn = async (file: string) => (await readFile(file, 'utf8').catch(() => '')).trim().split(/\s+/);

const there = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
