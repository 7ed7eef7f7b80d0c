import type { ChangeKind } from '../../../src/core/check/changes.ts';
import type { Observation, Process } from '../../../src/core/state/observation.ts';
import { type LinkSpec, type NodeSpec, observe } from '../observation.ts';

type FakeLink = LinkSpec & { addresses: string[] };
type FakeNode = Required<Omit<NodeSpec, 'ipsec'>> & { links: Record<string, FakeLink> };

const fresh = (kind: 'machine' | 'host' | 'netns'): FakeNode => ({
  ...{
    kind,
    loDown: kind === 'netns',
    queues: [],
    links: {},
    routes: [],
    policies: [],
    fdb: [],
    sysctls: {},
    rules: {},
    listeners: [],
    neighbours: [],
  },
});

/**
 * The state of a fake machine: nodes as tests write them, files, processes. A watch listens to its `changed`.
 */
export class FakeNetwork {
  readonly spec: Record<string, FakeNode> = { host: fresh('machine') };
  /** `NODE:PATH` -> text. */
  readonly files = new Map<string, string>();
  readonly processes: Process[] = [{ pids: [1], command: 'init', node: 'host' }];
  #before = this.#parts();

  node(name: string): FakeNode {
    const node = this.spec[name];
    if (node === undefined) throw new CommandRefused(`no node ${name}`);
    return node;
  }

  get names(): string[] {
    return Object.keys(this.spec);
  }

  /** @param kind of the new node; a name that is taken is refused, as `ip netns add` does */
  add(name: string, kind: 'host' | 'netns'): void {
    if (name in this.spec)
      throw new CommandRefused(`Cannot create namespace file "/run/netns/${name}": File exists`);
    this.spec[name] = fresh(kind);
  }

  /** With its links, and the other ends of its cables. */
  remove(name: string): void {
    if (this.spec[name]?.kind !== 'netns')
      throw new CommandRefused(
        `Cannot remove namespace file "/run/netns/${name}": No such file or directory`,
      );
    for (const link of Object.keys(this.node(name).links)) this.removeLink(name, link);
    delete this.spec[name];
  }

  link(node: string, name: string): FakeLink {
    const link = this.node(node).links[name];
    if (link === undefined) throw new CommandRefused(`Cannot find device "${name}"`);
    return link;
  }

  addLink(node: string, name: string, link: LinkSpec): void {
    const { links } = this.node(node);
    if (name in links) throw new CommandRefused('RTNETLINK answers: File exists');
    links[name] = { up: false, addresses: [], ...link };
  }

  removeLink(node: string, name: string): void {
    const [other = '', end = ''] = this.link(node, name).peer?.split(':') ?? [];
    delete this.node(node).links[name];
    delete this.spec[other]?.links[end];
  }

  observe(sysctls: readonly string[]): Observation {
    const found = observe(structuredClone(this.spec));
    for (const node of Object.values(found.nodes)) for (const key of sysctls) node.sysctls[key] ??= '0';
    return found;
  }

  /** Kinds of the changes since the last call; a kernel reports no new listener and no new process. */
  changed(): { notices: ChangeKind[]; looked: ChangeKind[] } {
    const [before, now] = [this.#before, this.#parts()];
    this.#before = now;
    const kinds = (Object.keys(now) as ChangeKind[]).filter((kind) => now[kind] !== before[kind]);
    const quiet = (kind: ChangeKind) => kind === 'listeners' || kind === 'processes';
    return { notices: kinds.filter((kind) => !quiet(kind)), looked: kinds.filter(quiet) };
  }

  #parts(): Partial<Record<ChangeKind, string>> {
    const each = (part: (node: FakeNode) => unknown) =>
      JSON.stringify(Object.entries(this.spec).map(([name, node]) => [name, part(node)]));
    const links = ({ links }: FakeNode) => Object.entries(links);
    return {
      nodes: this.names.join(),
      links: each((node) => links(node).map(([name, { addresses: _, ...link }]) => [name, link])),
      addresses: each((node) => links(node).map(([name, { addresses }]) => [name, addresses])),
      routes: each(({ routes }) => routes),
      rules: each(({ rules }) => rules),
      sysctls: each(({ sysctls }) => sysctls),
      files: JSON.stringify([...this.files]),
      listeners: each(({ listeners }) => listeners),
      processes: JSON.stringify(this.processes),
    };
  }
}

/** The error of a program that exits with a code other than 0. */
export class CommandRefused extends Error {}
