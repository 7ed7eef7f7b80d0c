import { chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { enterIn, groupOf } from './enter.ts';

/**
 * Below a machine's group: the group that processes enter, since a group that has groups for controllers
 * holds no process.
 */
export const innerGroup = 'machine';

/** Groups that the engine makes for its containers; dockerd's own name for their parent. */
const enginesGroup = 'docker';

/** Groups that a machine may make in all, and how deep. */
const most = { 'cgroup.max.descendants': '512', 'cgroup.max.depth': '8' } as const;

/**
 * Lets the engine of a machine give containers groups of their own, with limits inside the machine's
 * (cgroups(7), delegation). Only `docker` belongs to the machine's root: the machine's own limits and the
 * group that every process enters stay out of its reach. Does nothing if machines have no groups.
 */
export async function delegateGroup(pid: number): Promise<void> {
  const group = groupOf(pid);
  if (group === null || basename(group) === innerGroup) return;
  const inner = join(group, innerGroup);
  const engines = join(group, enginesGroup);
  for (const [file, value] of Object.entries(most)) await writeFile(join(group, file), value);
  await mkdir(inner, { recursive: true });
  await mkdir(engines, { recursive: true });
  enterIn(pid, inner);
  await controlBelow(group, inner);
  const root = await rootOf(pid);
  // A process that moves another needs write access to cgroup.procs of the group above both places.
  const files = ['cgroup.procs', 'cgroup.threads', 'cgroup.subtree_control'].map((file) =>
    join(engines, file),
  );
  for (const path of [engines, ...files, join(group, 'cgroup.procs')]) await chown(path, root, root);
}

/** EBUSY as long as there are processes in the group itself: one may have entered in this moment. */
async function controlBelow(group: string, inner: string): Promise<void> {
  const controllers = (await readFile(join(group, 'cgroup.controllers'), 'utf8'))
    .trim()
    .split(' ')
    .filter(Boolean);
  const wanted = controllers.map((controller) => `+${controller}`).join(' ');
  for (let tries = 0; ; tries++) {
    const pids = (await readFile(join(group, 'cgroup.procs'), 'utf8')).split('\n').filter(Boolean);
    // ESRCH: it has ended meanwhile.
    for (const one of pids) await writeFile(join(inner, 'cgroup.procs'), one).catch(() => {});
    const done = await writeFile(join(group, 'cgroup.subtree_control'), wanted).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EBUSY' || tries > 1000) throw error;
        return false;
      },
    );
    if (done) return;
  }
}

/** The machine's root, as the VM counts users. */
async function rootOf(pid: number): Promise<number> {
  const [, base = ''] = (await readFile(`/proc/${pid}/uid_map`, 'utf8')).trim().split(/\s+/);
  return Number(base);
}
