import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { defaultRanges } from '../api/kinds/allocate.ts';
import { findIn, listOf } from '../objects/kinds.ts';
import { PolicyEnforcer } from '../policy/enforcer.ts';
import type { ApiObject } from '../store/objects.ts';
import type { Store } from '../store/store.ts';
import { Agent } from './agent.ts';
import { networkOn } from './cni.ts';
import type { ClusterDns } from './names.ts';
import { addressOf, type Member, routeToPods, setUpNode } from './network-addon.ts';
import { leaseOf, nodeConditions, nodeObject } from './node-object.ts';
import { KubeProxy } from './proxy.ts';

const leases = 'leases.coordination.k8s.io';

/** Milliseconds between two looks at a node's /etc/cni/net.d. */
const heartbeat = 1000;

/** Milliseconds between two signs of life of a kubelet. */
const renewal = 10_000;

/** Milliseconds that an answer of the API server waits for the nodes. */
const patience = 2000;

/** The nodes of the cluster, each with its kubelet and its kube-proxy. */
export class Members {
  readonly agents = new Map<string, Agent>();
  readonly #members: Member[] = [];
  readonly #proxies: KubeProxy[] = [];
  readonly #enforcers: PolicyEnforcer[] = [];
  readonly #store: Store;
  readonly #clusterCIDR: string;
  readonly #dns: ClusterDns;
  #renewedAt = Number.NEGATIVE_INFINITY;

  constructor(store: Store, clusterCIDR: string, dns: ClusterDns) {
    this.#store = store;
    this.#clusterCIDR = clusterCIDR;
    this.#dns = dns;
    setInterval(() => this.#look(), heartbeat).unref();
  }

  /** Resolves when these nodes are ready for pods. The first one of all is the control plane. */
  async join(names: readonly string[]): Promise<void> {
    const members = await this.#enter(names.filter((name) => !this.agents.has(name)));
    await Promise.all(members.map((member) => setUpNode(member, this.#clusterCIDR)));
    const proxies = members.map((member) => new KubeProxy(this.#store, member, this.#clusterCIDR));
    this.#proxies.push(...proxies);
    for (const { name } of members)
      this.#enforcers.push(new PolicyEnforcer(this.#store, name, defaultRanges.serviceCidr));
    await Promise.all([routeToPods(this.#members), ...proxies.map((proxy) => proxy.sync())]);
    this.#look();
    for (const { name, address } of members)
      this.agents.set(name, new Agent(this.#store, name, address, this.#dns));
  }

  /** Gives them ranges and objects in this order, whichever says its address first. */
  async #enter(names: readonly string[]): Promise<Member[]> {
    const addresses = await Promise.all(names.map(addressOf));
    return names.map((name, at) => {
      const address = addresses[at] ?? null;
      if (address === null) throw new Error(`${name} has no address, so no other node could reach it`);
      const known = findIn(this.#store, 'nodes', undefined, name);
      const member = { name, address, podCIDR: known?.spec.podCIDR ?? this.#freeRange() };
      if (known === null) this.#store.create('nodes', nodeObject(member, this.#members.length === 0));
      this.#members.push(member);
      return member;
    });
  }

  /** Resolves when every node's rules follow from the objects; soon, also where a node does not answer. */
  async rulesWritten(): Promise<void> {
    await decided(this.#store);
    const written = Promise.all([...this.#proxies, ...this.#enforcers].map((each) => each.written()));
    await Promise.race([written, wait(patience, null, { ref: false })]);
  }

  /** All have joined: their kube-proxies listen, have written the rules, and from here on follow by themselves. */
  async begin(): Promise<void> {
    await Promise.all([this.rulesWritten(), ...this.#proxies.map(({ ready }) => ready)]);
    for (const proxy of this.#proxies) proxy.release();
  }

  /** 10.244.N.0/24, in the order of joining. */
  #freeRange(): string {
    const taken = new Set(listOf(this.#store, 'nodes').map(({ spec }) => spec.podCIDR));
    const base = this.#clusterCIDR.split('.').slice(0, 2).join('.');
    for (let n = 0; n < 256; n++) if (!taken.has(`${base}.${n}.0/24`)) return `${base}.${n}.0/24`;
    throw new Error('the cluster has no range of addresses left for one more node');
  }

  #renew(lease: ApiObject, isDue: boolean): void {
    const { namespace, name } = lease.metadata;
    const kept = findIn(this.#store, leases, namespace, name);
    if (kept === null) this.#store.create(leases, lease);
    else if (isDue) this.#store.update(leases, { ...kept, spec: lease.spec });
  }

  #look(): void {
    const exact = new Date().toISOString();
    const now = exact.replace(/\.\d+Z$/, 'Z');
    const renews = performance.now() - this.#renewedAt >= renewal;
    if (renews) this.#renewedAt = performance.now();
    for (const { name } of this.#members) {
      const node = findIn(this.#store, 'nodes', undefined, name);
      if (node === null) continue;
      const conditions = nodeConditions(node.status?.conditions ?? [], networkOn(name) !== null, now);
      this.#store.update('nodes', { ...node, status: { ...node.status, conditions } });
      this.#renew(leaseOf(node, exact.replace('Z', '000Z')), renews);
    }
  }
}

/** Resolves when the controllers have nothing to write: they decide a turn after a change, and their writes wake others. */
export async function decided(store: Store): Promise<void> {
  for (let seen = ''; seen !== store.resourceVersion; await turn()) seen = store.resourceVersion;
}
