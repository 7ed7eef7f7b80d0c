import { listOf } from '../objects/kinds.ts';
import type { Store } from '../store/store.ts';
import { adoptSandbox } from './sandbox.ts';
import { podStatus } from './status.ts';

/** Pods that ended with the machine, as in a reboot, are not ready, whatever the journal says of them. */
export function resetLostPods(store: Store, now: string): void {
  for (const pod of listOf(store, 'pods')) {
    const { spec, metadata, status } = pod;
    const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed';
    if (spec.nodeName === undefined || isOver || adoptSandbox(metadata.uid ?? '') !== null) continue;
    const views = spec.containers.map(({ name, image }) => ({
      ...{ name, image, id: null, lastState: {}, restarts: 0, ready: false },
      state: { waiting: { reason: 'ContainerCreating' } },
    }));
    store.update('pods', { ...pod, status: podStatus(pod, views, null, status?.hostIP ?? '', now) });
  }
}
