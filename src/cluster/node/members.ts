import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { defaultRanges } from '../api/kinds/allocate.ts';
import { findIn, listOf } from '../objects/kinds.ts';
import { PolicyEnforcer } from '../policy/enforcer.ts';
import type { Store } from '../store/store.ts';
import { Agent } from './agent.ts';
import { networkOn } from './cni.ts';
import type { ClusterDns } from './names.ts';
import { addressOf, type Member, routeToPods, setUpNode } from './network-addon.ts';
import { nodeConditions, nodeObject } from './node-object.ts';
import { KubeProxy } from './proxy.ts';

/** Milliseconds between two looks at a node's /etc/cni/net.d. */
const heartbeat = 1000;

/** Milliseconds that an answer of the API server waits for the nodes. */
const patience = 2000;

/** The nodes of the cluster, each with its kubelet and its kube-proxy. */
export class Members {
  readonly agents = new Map<string, Agent>();
  readonly #members: Member[] = [];
  readonly #writers: { written: () => Promise<void> }[] = [];
  readonly #store: Store;
  readonly #clusterCIDR: string;
  readonly #dns: ClusterDns;

  constructor(store: Store, clusterCIDR: string, dns: ClusterDns) {
    this.#store = store;
    this.#clusterCIDR = clusterCIDR;
    this.#dns = dns;
    setInterval(() => this.#look(), heartbeat).unref();
  }

  /** Resolves when the node is ready for pods. The first one is the control plane. */
  async join(name: string): Promise<void> {
    if (this.agents.has(name)) return;
    const address = await addressOf(name);
    if (address === null) throw new Error(`${name} has no address, so no other node could reach it`);
    const known = findIn(this.#store, 'nodes', undefined, name);
    const member = { name, address, podCIDR: known?.spec.podCIDR ?? this.#freeRange() };
    const isControlPlane = this.#members.length === 0;
    this.#members.push(member);
    if (known === null) this.#store.create('nodes', nodeObject(member, isControlPlane));
    await setUpNode(member, this.#clusterCIDR);
    const proxy = new KubeProxy(this.#store, member, this.#clusterCIDR);
    this.#writers.push(proxy, new PolicyEnforcer(this.#store, name, defaultRanges.serviceCidr));
    await Promise.all([routeToPods(this.#members), proxy.sync(), proxy.ready]);
    this.#look();
    this.agents.set(name, new Agent(this.#store, name, address, this.#dns));
  }

  /** Resolves when every node's rules follow from the objects; soon, also where a node does not answer. */
  async rulesWritten(): Promise<void> {
    // Controllers decide a turn after a change, and their writes wake others.
    for (let seen = ''; seen !== this.#store.resourceVersion; await turn())
      seen = this.#store.resourceVersion;
    const written = Promise.all(this.#writers.map((each) => each.written()));
    await Promise.race([written, wait(patience, null, { ref: false })]);
  }

  /** 10.244.N.0/24, in the order of joining. */
  #freeRange(): string {
    const taken = new Set(listOf(this.#store, 'nodes').map(({ spec }) => spec.podCIDR));
    const base = this.#clusterCIDR.split('.').slice(0, 2).join('.');
    for (let n = 0; n < 256; n++) if (!taken.has(`${base}.${n}.0/24`)) return `${base}.${n}.0/24`;
    throw new Error('the cluster has no range of addresses left for one more node');
  }

  #look(): void {
    const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    for (const { name } of this.#members) {
      const node = findIn(this.#store, 'nodes', undefined, name);
      if (node === null) continue;
      const conditions = nodeConditions(node.status?.conditions ?? [], networkOn(name) !== null, now);
      this.#store.update('nodes', { ...node, status: { ...node.status, conditions } });
    }
  }
}
