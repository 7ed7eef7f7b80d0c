import { record } from '../control/events.ts';
import type { Data, KubeService } from '../objects/kinds.ts';
import { findIn, listOf } from '../objects/kinds.ts';
import type { Pod } from '../objects/pod.ts';
import type { Store } from '../store/store.ts';
import type { Sources } from './environment.ts';
import type { ClusterDns } from './names.ts';

/** The parts that the workers of one node share. */
export class NodeContext {
  readonly store: Store;
  readonly node: string;
  /** The node's own. */
  readonly address: string;
  readonly dns: ClusterDns;

  constructor(store: Store, node: string, address: string, dns: ClusterDns) {
    this.store = store;
    this.node = node;
    this.address = address;
    this.dns = dns;
  }

  readonly now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

  podNamed(namespace: string | undefined, name: string): Pod | null {
    return findIn(this.store, 'pods', namespace, name);
  }

  tell(pod: Pod, type: 'Normal' | 'Warning', reason: string, message: string): void {
    record(this.store, {
      verb: 'event',
      about: pod,
      from: 'kubelet',
      host: this.node,
      type,
      reason,
      message,
    });
  }

  gone({ metadata }: Pod): void {
    const current = this.podNamed(metadata.namespace, metadata.name);
    if (current?.metadata.uid === metadata.uid) this.store.delete('pods', metadata.namespace, metadata.name);
  }

  sources(pod: Pod): Sources {
    const { namespace } = pod.metadata;
    const services: KubeService[] = listOf(this.store, 'services');
    return {
      services,
      dataOf: (kind, name) => {
        const found: Data | null = findIn(this.store, kind, namespace, name);
        const data = found?.data ?? {};
        if (found === null) return null;
        if (kind === 'configmaps') return data;
        return Object.fromEntries(
          Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
        );
      },
    };
  }
}
