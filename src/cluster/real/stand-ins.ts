import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { signal } from '../node/act.ts';
import { imageOf } from '../node/images.ts';
import { listOf, type Resource } from '../objects/kinds.ts';
import { type StandInName, standIns } from '../stand-ins/index.ts';
import { writeStandIn } from '../stand-ins/write.ts';
import type { Mirror } from './mirror.ts';
import { tasksOf } from './places.ts';

/** Milliseconds over which changes are taken together. */
const pause = 50;

/** Programs that no package has: their files are written into their running containers, which read them at SIGHUP. */
export function followStandIns(mirror: Mirror): void {
  const resources = new Set<Resource>(Object.values(standIns).flatMap(({ reads }) => [...reads]));
  let due = false;
  const wake = async () => {
    if (due) return;
    due = true;
    await wait(pause, null, { ref: false });
    due = false;
    for (const pod of listOf(mirror, 'pods'))
      for (const container of pod.spec.containers) {
        const name = imageOf(container.image)?.standIn;
        if (name !== undefined) tryRefresh(mirror, name, pod, container);
      }
  };
  for (const resource of resources) mirror.watch({ resource }, mirror.resourceVersion, () => void wake());
  void wake();
}

/** A container may end at any moment; the next change finds the one after it. */
function tryRefresh(...of: Parameters<typeof refresh>): void {
  try {
    refresh(...of);
  } catch (error) {
    console.error(String(error));
  }
}

function refresh(
  mirror: Mirror,
  name: StandInName,
  pod: ReturnType<typeof listOf<'pods'>>[number],
  container: (typeof pod.spec.containers)[number],
): void {
  const status = pod.status?.containerStatuses?.find((each) => each.name === container.name);
  const id = status?.containerID?.replace('containerd://', '');
  const file = `${tasksOf(pod.spec.nodeName ?? '')}/${id}/init.pid`;
  if (status?.state?.running === undefined || !existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  const root = `/proc/${pid}/root`;
  const resolvConf = readFileSync(`${root}/etc/resolv.conf`, 'utf8');
  const standing = { store: mirror, pod, container, resolvConf };
  if (writeStandIn(name, root, standing)) signal(pid, 'SIGHUP');
  standIns[name].report?.(standing);
}
