import { setTimeout as wait } from 'node:timers/promises';
import type { Pod } from '../objects/pod.ts';
import { ContainerWorker } from './container-worker.ts';
import type { NodeContext } from './context.ts';
import { PodNet } from './pod-net.ts';
import { podStatus } from './status.ts';

/** The life of one pod on its node: network, containers, restarts, its end. */
export class PodWorker {
  readonly #context: NodeContext;
  readonly #network: PodNet;
  readonly #containers: ContainerWorker[];
  readonly #stopping = new AbortController();
  #pod: Pod;
  #leaving = false;
  #life: Promise<void>;

  constructor(context: NodeContext, pod: Pod) {
    this.#context = context;
    this.#pod = pod;
    this.#network = new PodNet(context, pod);
    this.#containers = pod.spec.containers.map(
      (container) => new ContainerWorker(context, pod, container, this.#network, () => this.#report()),
    );
    this.#life = this.#live();
  }

  container(name: string): ContainerWorker | undefined {
    return this.#containers.find((each) => each.name === name);
  }

  get containers(): readonly ContainerWorker[] {
    return this.#containers;
  }

  /** The pod has changed; that it shall go is the one change a running pod follows. */
  update(pod: Pod): void {
    this.#pod = pod;
    if (pod.metadata.deletionTimestamp === undefined || this.#leaving) return;
    const seconds = pod.metadata.deletionGracePeriodSeconds;
    void this.end(typeof seconds === 'number' ? seconds : 30);
  }

  /** The pod is stopped, its network is given back, and then it is deleted. */
  async end(seconds: number): Promise<void> {
    if (this.#leaving) return;
    this.#leaving = true;
    this.#stopping.abort();
    // A container that waits for an image, or to start again, gives up.
    for (const each of this.#containers) each.giveUp();
    await this.#life;
    await Promise.all(this.#containers.map((each) => each.stop(seconds)));
    await this.#network.release();
    this.#context.gone(this.#pod);
  }

  async #live(): Promise<void> {
    const { signal } = this.#stopping;
    for (let delay = 1000; !signal.aborted; delay = Math.min(delay * 2, 15_000)) {
      if (await this.#network.make()) break;
      this.#report();
      await wait(delay, null, { signal, ref: false }).catch(() => {});
    }
    if (signal.aborted) return;
    this.#report();
    await Promise.all(this.#containers.map((each) => each.begin()));
  }

  #report(): void {
    const { store, node, address, now } = this.#context;
    const { namespace, name, uid } = this.#pod.metadata;
    const current = this.#context.podNamed(namespace, name);
    if (current?.metadata.uid !== uid || current === null) return;
    const views = this.#containers.map((each) => each.view(this.#leaving));
    const status = podStatus(current, views, this.#network.address, address, now());
    if (current.spec.nodeName === node) store.update('pods', { ...current, status });
  }
}
