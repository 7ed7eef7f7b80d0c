import { listOf } from '../objects/kinds.ts';
import { healthChecks } from '../proxy/health.ts';
import type { EndpointSlice, Service } from '../proxy/objects.ts';
import { type ProxyOptions, proxyOptions } from '../proxy/options.ts';
import { proxyRules } from '../proxy/rules.ts';
import { flowsIn, staleFlows, udpServices } from '../proxy/stale-flows.ts';
import type { Store } from '../store/store.ts';
import { act, type Ran } from './act.ts';
import type { Member } from './network-addon.ts';
import { onNode } from './places.ts';
import { ProxyServers } from './proxy-servers.ts';
import { type Chains, changes, serviceChains, withoutCanaries } from './proxy-text.ts';

/** Milliseconds between two checks whether the rules were removed (kube-proxy's canary), and before it tries again. */
const period = 30_000;

/** Milliseconds after which kube-proxy writes all of its rules again, whatever it finds. */
const wholePeriod = 3_600_000;

/** Milliseconds that changes wait for others, to be written by one iptables-restore; not those of a client that waits. */
const together = 20;

/** How a kube-proxy acts on its node, and the time it goes by. */
interface ProxyNode {
  run: (argv: readonly string[], input?: string) => Promise<Ran>;
  servers: Pick<ProxyServers, 'ready' | 'show'>;
  /** Milliseconds; only differences count. */
  now: () => number;
  /** Milliseconds between two looks for the canary. */
  lookEvery: number;
}

function proxyNode({ name }: Member): ProxyNode {
  return {
    run: (argv, input = '') => act(onNode(name, argv), { input }),
    servers: new ProxyServers(name),
    now: () => performance.now(),
    lookEvery: period,
  };
}

/** One node's kube-proxy: its iptables rules follow services and endpoints. */
export class KubeProxy {
  readonly #store: Store;
  readonly #member: Member;
  readonly #clusterCIDR: string;
  readonly #node: ProxyNode;
  #written: Chains = new Map();
  /** When chains that are gone were last removed, and whether some are left. */
  #removedAt = Number.NEGATIVE_INFINITY;
  #left = false;
  #begun = false;
  /** When all rules were last written. */
  #wholeAt = Number.NEGATIVE_INFINITY;
  #due = false;
  /** The cluster begins: what changes meanwhile is written at once when it is there. */
  #held = true;
  #last: Promise<void> = Promise.resolve();
  /** UDP services and their endpoints as conntrack was last cleared for. */
  #cleared = '';

  constructor(store: Store, member: Member, clusterCIDR: string, node = proxyNode(member)) {
    this.#store = store;
    this.#member = member;
    this.#clusterCIDR = clusterCIDR;
    this.#node = node;
    for (const resource of ['services', 'endpointslices.discovery.k8s.io'])
      store.watch({ resource }, store.resourceVersion, () => this.#wake());
    setInterval(() => void this.look(), node.lookEvery).unref();
  }

  /** Resolves when its ports are open. */
  get ready(): Promise<unknown> {
    return this.#node.servers.ready;
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

  /** Resolves when the rules are whole again where they were removed, or are old. */
  async look(): Promise<void> {
    const canary = ['iptables', '-w', '-t', 'mangle', '-S', 'KUBE-PROXY-CANARY'];
    const kept = (await this.#node.run(canary)).code === 0;
    if (kept && !this.#left && !this.#isWholeDue) return;
    if (!kept) this.#begun = false;
    await this.sync();
  }

  get #isWholeDue(): boolean {
    return this.#node.now() - this.#wholeAt >= wholePeriod;
  }

  async #write(): Promise<void> {
    const { run, now, servers } = this.#node;
    const { name } = this.#member;
    const whole = !this.#begun || this.#isWholeDue;
    // A look that finds the canary gone meanwhile is not forgotten.
    this.#begun = true;
    const { services, slices } = this.#state();
    const options = this.#options();
    const { restore, jumps, large } = proxyRules(services, slices, options);
    const head = whole ? await this.#jumps(jumps) : '';
    const chains = serviceChains(restore);
    const removes = !large || now() - this.#removedAt >= period;
    const changed = changes(restore, this.#written, removes);
    const text = whole ? changed + head : withoutCanaries(changed);
    const ran = await run(['iptables-restore', '-w', '5', '--noflush', '--counters'], text);
    if (ran.code !== 0) {
      console.error(`kube-proxy ${name}: ${ran.stderr.trim()}\n${text}`);
      // All of it the next time: what is in the way may be in a chain that did not change.
      this.#begun = false;
      setTimeout(() => this.#wake(), period).unref();
      return;
    }
    if (whole) this.#wholeAt = now();
    this.#left = !removes && [...this.#written.keys()].some((chain) => !chains.has(chain));
    this.#written = this.#left ? new Map([...this.#written, ...chains]) : chains;
    if (removes) this.#removedAt = now();
    servers.show(healthChecks(services, slices, options));
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
    const { run } = this.#node;
    const { stdout } = await run(['conntrack', '-L', '-p', 'udp']);
    for (const flow of staleFlows(flowsIn(stdout), udp)) {
      const { source, destination, sourcePort, destinationPort } = flow;
      const header = [
        ...['--orig-src', source, '--orig-dst', destination],
        ...['--orig-port-src', `${sourcePort}`, '--orig-port-dst', `${destinationPort}`],
      ];
      await run(['conntrack', '-D', '-p', 'udp', ...header]);
    }
  }

  /** The jumps from the base chains that are not there yet, and the chains that an earlier run has left. */
  async #jumps(jumps: ReturnType<typeof proxyRules>['jumps']): Promise<string> {
    const { stdout } = await this.#node.run(['iptables-save']);
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
