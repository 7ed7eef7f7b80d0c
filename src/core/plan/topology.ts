import type { LinkEnd, Node, Service, Topology, Tunnel } from '../lab/lab.ts';
import type { Action, VethEnd } from './action.ts';

/** Every link end gets an index no other has: two ends with one index delay their carrier by up to 1 s. */
const firstIndex = 10;

/**
 * The start state of a lab as the fewest kernel actions: namespaces first, and their settings, because a link
 * takes them from `default` when it is made; then every veth pair in one batch, then one batch per node for
 * the rest.
 */
export function planTopology(topology: Topology): Action[] {
  return [
    ...topology.nodes.flatMap(namespaceAction),
    ...topology.nodes.flatMap((node) => sysctlActions(node, (key) => !ofOneLink(key, node, topology))),
    ...linkActions(topology),
    ...topology.nodes.flatMap((node) => linesActions(node, topology)),
    ...topology.nodes.flatMap((node) => sysctlActions(node, (key) => ofOneLink(key, node, topology))),
    ...topology.nodes.flatMap((node) => startActions(node, topology)),
  ];
}

function namespaceAction({ name, kind }: Node): Action[] {
  return kind === 'machine' ? [] : [{ kind, name }];
}

function linkActions({ links }: Topology): Action[] {
  const pairs = links.map(({ ends }, pair) =>
    ends.map(({ node, link }, side) => ({ node, link, index: firstIndex + 2 * pair + side })),
  ) as [VethEnd, VethEnd][];
  return pairs.length === 0 ? [] : [{ kind: 'veth', pairs }];
}

function sysctlActions(node: Node, which: (key: string) => boolean): Action[] {
  const values = Object.fromEntries(Object.entries(node.sysctls).filter(([key]) => which(key)));
  return Object.keys(values).length === 0 ? [] : [{ kind: 'sysctl', on: node.name, values }];
}

/** `net.ipv4.conf.eth0.rp_filter`: there is no such key before the link. */
function ofOneLink(key: string, node: Node, topology: Topology): boolean {
  const { own, ends, tunnels } = linksOf(node, topology);
  const links = [...ends, ...tunnels.map(({ end }) => end)];
  const names = [...own.map(({ name }) => name), ...links.map(({ link }) => link)];
  // sysctl(8) writes a dot in a link's name as a slash.
  return names.some((name) => key.includes(`.${name.replaceAll('.', '/')}.`));
}

function linksOf(node: Node, { bridges, links, tunnels: all = [] }: Topology) {
  const own = bridges.filter((bridge) => bridge.node === node.name);
  const ends = links
    .flatMap(({ ends, mtu = null }) => ends.map((end) => ({ ...end, mtu })))
    .filter((end) => end.node === node.name);
  const tunnels = all.filter(({ end }) => end.node === node.name);
  return { own, ends, tunnels };
}

function linesActions(node: Node, topology: Topology): Action[] {
  const { own, ends, tunnels } = linksOf(node, topology);
  const lines = [
    ...own.map(({ name }) => `link add name ${name} type bridge`),
    ...own.flatMap(({ name, addresses }) => addressLines(name, addresses)),
    ...ends.flatMap(endLines),
    ...tunnels.flatMap(tunnelLines),
    ...own.map(({ name }) => `link set dev ${name} up`),
    ...node.routes.map((route) => `route add ${route}`),
  ];
  return lines.length === 0 ? [] : [{ kind: 'ip', on: node.name, lines }];
}

function tunnelLines({ end, id, remote, local, dstport, mtu }: Tunnel): string[] {
  const source = local === null ? '' : ` local ${local}`;
  return [
    `link add name ${end.link} type vxlan id ${id} remote ${remote}${source} dstport ${dstport}`,
    ...endLines({ ...end, mtu }),
  ];
}

function endLines({ link, master, addresses, mtu }: LinkEnd & { mtu: number | null }): string[] {
  return [
    ...(mtu === null ? [] : [`link set dev ${link} mtu ${mtu}`]),
    ...(master === null ? [] : [`link set dev ${link} master ${master}`]),
    ...addressLines(link, addresses),
    `link set dev ${link} up`,
  ];
}

/** `nodad`: an IPv6 address of the start state can be used at once. */
function addressLines(link: string, addresses: readonly string[]): string[] {
  return addresses.map(
    (address) => `address add ${address} dev ${link}${address.includes(':') ? ' nodad' : ''}`,
  );
}

function startActions({ name, service, run }: Node, { nodes, engine }: Topology): Action[] {
  return [
    ...(service === null || service === 'kubernetes-node'
      ? []
      : [{ kind: 'service' as const, on: name, service, ...clusterOf(service, nodes, engine) }]),
    ...(run.length === 0
      ? []
      : [{ kind: 'lines' as const, lines: run.map((line) => ({ on: name, run: line })) }]),
  ];
}

/** The control plane starts the other nodes too, all at once: one after the other would take as many times as long. */
function clusterOf(service: Service, nodes: readonly Node[], engine: Topology['engine']) {
  if (service !== 'kubernetes') return {};
  const others = nodes.filter((node) => node.service === 'kubernetes-node').map(({ name }) => name);
  return { cluster: { others, real: engine === 'real' } };
}
