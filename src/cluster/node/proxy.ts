import { listOf } from '../objects/kinds.ts';
import { healthChecks } from '../proxy/health.ts';
import type { EndpointSlice, Service } from '../proxy/objects.ts';
import { type ProxyOptions, proxyOptions } from '../proxy/options.ts';
import { proxyRules } from '../proxy/rules.ts';
import { flowsIn, staleFlows, udpServices } from '../proxy/stale-flows.ts';
import type { Store } from '../store/store.ts';
import { act } from './act.ts';
import type { Member } from './network-addon.ts';
import { onNode } from './places.ts';
import { ProxyServers } from './proxy-servers.ts';
import { type Chains, changes, serviceChains } from './proxy-text.ts';

/** Milliseconds between two checks whether the rules were removed (kube-proxy's canary), and before it tries again. */
const period = 30_000;

/** Milliseconds that changes wait for others, to be written by one iptables-restore; not those of a client that waits. */
const together = 20;

/** One node's kube-proxy: its iptables rules follow services and endpoints. */
export class KubeProxy {
  readonly #store: Store;
  readonly #member: Member;
  readonly #clusterCIDR: string;
  readonly #servers: ProxyServers;
  #written: Chains = new Map();
  /** When chains that are gone were last removed, and whether some are left. */
  #removedAt = Number.NEGATIVE_INFINITY;
  #left = false;
  #begun = false;
  #due = false;
  /** The cluster begins: what changes meanwhile is written at once when it is there. */
  #held = true;
  #last: Promise<void> = Promise.resolve();
  /** UDP services and their endpoints as conntrack was last cleared for. */
  #cleared = '';

  constructor(store: Store, member: Member, clusterCIDR: string) {
    this.#store = store;
    this.#member = member;
    this.#clusterCIDR = clusterCIDR;
    this.#servers = new ProxyServers(member.name);
    for (const resource of ['services', 'endpointslices.discovery.k8s.io'])
      store.watch({ resource }, store.resourceVersion, () => this.#wake());
    setInterval(() => void this.#look(), period).unref();
  }

  /** Resolves when its ports are open. */
  get ready(): Promise<unknown> {
    return this.#servers.ready;
  }

  /** Resolves when the rules are those of the services there are now. */
  sync(): Promise<void> {
    this.#due = false;
    this.#last = this.#last.then(() => this.#write());
    return this.#last;
  }

  /** Resolves when the last change of services and endpoints is in the rules. */
  written(): Promise<void> {
    return this.#due ? this.sync() : this.#last;
  }

  /** From here on it writes changes by itself. */
  release(): void {
    this.#held = false;
    if (this.#due) void this.sync();
  }

  #wake(): void {
    if (this.#due) return;
    this.#due = true;
    if (!this.#held) setTimeout(() => void (this.#due && this.sync()), together);
  }

  async #look(): Promise<void> {
    const kept = await act(
      onNode(this.#member.name, ['iptables', '-w', '-t', 'mangle', '-S', 'KUBE-PROXY-CANARY']),
    );
    if (kept.code === 0 && !this.#left) return;
    if (kept.code !== 0) this.#begun = false;
    await this.sync();
  }

  async #write(): Promise<void> {
    const { name } = this.#member;
    const { services, slices } = this.#state();
    const options = this.#options();
    const { restore, jumps, large } = proxyRules(services, slices, options);
    const head = this.#begun ? '' : await this.#jumps(jumps);
    const chains = serviceChains(restore);
    const removes = !large || performance.now() - this.#removedAt >= period;
    const text = changes(restore, this.#written, removes);
    const ran = await act(onNode(name, ['iptables-restore', '-w', '5', '--noflush', '--counters']), {
      input: text + head,
    });
    if (ran.code !== 0) {
      console.error(`kube-proxy ${name}: ${ran.stderr.trim()}\n${text}${head}`);
      // All of it the next time: what is in the way may be in a chain that did not change.
      this.#begun = false;
      setTimeout(() => this.#wake(), period).unref();
      return;
    }
    this.#begun = true;
    this.#left = !removes && [...this.#written.keys()].some((chain) => !chains.has(chain));
    this.#written = this.#left ? new Map([...this.#written, ...chains]) : chains;
    if (removes) this.#removedAt = performance.now();
    this.#servers.show(healthChecks(services, slices, options));
    await this.#clear(services, slices, options);
  }

  #state(): { services: Service[]; slices: EndpointSlice[] } {
    const services = listOf(this.#store, 'services').map(({ metadata, spec, status }): Service => {
      const { name: title, namespace = 'default', labels = {} } = metadata;
      return { metadata: { name: title, namespace, labels }, spec, ...(status ? { status } : {}) };
    });
    const slices = listOf(this.#store, 'endpointslices.discovery.k8s.io').map(
      ({ metadata, addressType, ports, endpoints }): EndpointSlice => {
        const { name: title, namespace = 'default', labels = {} } = metadata;
        return {
          metadata: { name: title, namespace, labels },
          addressType,
          ports: ports ?? [],
          endpoints: endpoints ?? [],
        };
      },
    );
    return { services, slices };
  }

  #options(): ProxyOptions {
    const { name, address } = this.#member;
    return proxyOptions({
      nodeName: name,
      nodeIP: address,
      local: { mode: 'ClusterCIDR', cidr: this.#clusterCIDR },
    });
  }

  /** A UDP client that keeps its port would else keep the endpoint that is gone. */
  async #clear(services: Service[], slices: EndpointSlice[], options: ProxyOptions): Promise<void> {
    const udp = udpServices(services, slices, options);
    const now = JSON.stringify(udp);
    if (now === this.#cleared) return;
    this.#cleared = now;
    if (!udp.some(({ serving }) => serving.length > 0)) return;
    const { name } = this.#member;
    const { stdout } = await act(onNode(name, ['conntrack', '-L', '-p', 'udp']));
    for (const flow of staleFlows(flowsIn(stdout), udp)) {
      const { source, destination, sourcePort, destinationPort } = flow;
      const header = [
        ...['--orig-src', source, '--orig-dst', destination],
        ...['--orig-port-src', `${sourcePort}`, '--orig-port-dst', `${destinationPort}`],
      ];
      await act(onNode(name, ['conntrack', '-D', '-p', 'udp', ...header]));
    }
  }

  /** The jumps from the base chains that are not there yet, and the chains that an earlier run has left. */
  async #jumps(jumps: ReturnType<typeof proxyRules>['jumps']): Promise<string> {
    const { stdout } = await act(onNode(this.#member.name, ['iptables-save']));
    const saved = tablesIn(stdout);
    this.#written = new Map(
      [...stdout.matchAll(/^:(KUBE-(?:SVC|SVL|SEP|EXT|FW)-\S+)/gm)].map(([, chain = '']) => [chain, '?']),
    );
    const missing = jumps.filter(({ table, chain, rule }) => {
      const target = rule.slice(rule.indexOf('-j '));
      return !(saved.get(table) ?? []).some(
        (line) => line.startsWith(`-A ${chain} `) && `${line} `.includes(`${target} `),
      );
    });
    return ['filter', 'nat']
      .map((table) => ({ table, lines: missing.filter((jump) => jump.table === table) }))
      .filter(({ lines }) => lines.length > 0)
      .map(
        ({ table, lines }) =>
          `*${table}\n${[...lines]
            .reverse()
            .map(({ chain, rule }) => `-I ${chain} ${rule}\n`)
            .join('')}COMMIT\n`,
      )
      .join('');
  }
}

function tablesIn(save: string): Map<string, string[]> {
  return new Map(save.split('*').map((part) => [part.slice(0, part.indexOf('\n')), part.split('\n')]));
}
