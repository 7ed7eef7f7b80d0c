import { setTimeout as wait } from 'node:timers/promises';
import { signal } from '../node/act.ts';
import { firstProcess, type Running, rootOf } from '../node/container.ts';
import type { Resource } from '../objects/kinds.ts';
import type { Store } from '../store/store.ts';
import { type StandInName, standIns } from './index.ts';
import type { Standing } from './stand-in.ts';
import { writeStandIn } from './write.ts';

/** One container whose program is a stand-in. */
export interface Stander {
  name: StandInName;
  running: Running;
  standing: Standing;
}

/** Milliseconds over which changes are taken together. */
const pause = 20;

/** Lets running stand-ins follow the objects that their files are made from. */
export function followStandIns(store: Store, running: () => Stander[]): void {
  const resources = new Set<Resource>(Object.values(standIns).flatMap(({ reads }) => [...reads]));
  let due = false;
  const round = async () => {
    await wait(pause, null, { ref: false });
    due = false;
    for (const each of running()) await refresh(each);
  };
  for (const resource of resources)
    store.watch({ resource }, store.resourceVersion, () => {
      if (due) return;
      due = true;
      void round();
    });
}

async function refresh({ name, running, standing }: Stander): Promise<void> {
  const uid = standing.pod.metadata.uid ?? '';
  const changed = writeStandIn(name, rootOf(uid, running.name), standing);
  const first = changed ? await firstProcess(uid, running) : null;
  if (first !== null) signal(first, 'SIGHUP');
  standIns[name].report?.(standing);
}
