import { listOf } from '../objects/kinds.ts';
import type { Pod } from '../objects/pod.ts';
import { followStandIns } from '../stand-ins/follow.ts';
import type { Store } from '../store/store.ts';
import { NodeContext } from './context.ts';
import type { ClusterDns } from './names.ts';
import { PodWorker } from './pod-worker.ts';

/** One node's kubelet: a worker for each pod that is bound to it. */
export class Agent {
  readonly node: string;
  readonly #context: NodeContext;
  readonly #workers = new Map<string, PodWorker>();

  constructor(store: Store, node: string, address: string, dns: ClusterDns) {
    this.node = node;
    this.#context = new NodeContext(store, node, address, dns);
    followStandIns(store, () => this.#standers());
    const since = store.resourceVersion;
    for (const pod of listOf(store, 'pods')) this.#see(pod);
    store.watch({ resource: 'pods' }, since, ({ type, object }) => {
      // Not within the write: others hear of it first, and the worker writes itself.
      setImmediate(() =>
        type === 'DELETED' ? this.#removed(object.metadata.uid) : this.#see(object as Pod),
      );
    });
  }

  #standers() {
    return [...this.#workers.values()]
      .flatMap(({ containers }) => containers)
      .flatMap(({ stander }) => (stander === null ? [] : [stander]));
  }

  workerOf(uid: string): PodWorker | undefined {
    return this.#workers.get(uid);
  }

  #see(seen: Pod): void {
    const { uid = '', namespace, name } = seen.metadata;
    const pod = this.#context.podNamed(namespace, name);
    if (pod?.metadata.uid !== uid || pod.spec.nodeName !== this.node) return;
    const worker = this.#workers.get(uid) ?? this.#begun(uid, pod);
    worker?.update(pod);
  }

  /** A pod that has ended for good is not begun again. */
  #begun(uid: string, pod: Pod): PodWorker | undefined {
    const phase = pod.status?.phase;
    const over = phase === 'Succeeded' || phase === 'Failed';
    if (over && pod.metadata.deletionTimestamp === undefined) return undefined;
    const worker = new PodWorker(this.#context, pod);
    this.#workers.set(uid, worker);
    return worker;
  }

  /** Deleted without waiting for its end (`--force --grace-period=0`). */
  #removed(uid = ''): void {
    const worker = this.#workers.get(uid);
    this.#workers.delete(uid);
    void worker?.end(0);
  }
}
