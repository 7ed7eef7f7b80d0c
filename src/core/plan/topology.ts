import type { LinkEnd, Node, Topology } from '../lab/lab.ts';
import type { Action, VethEnd } from './action.ts';

/** Every link end gets an index no other has: two ends with one index delay their carrier by up to 1 s. */
const firstIndex = 10;

/**
 * The start state of a lab as the fewest kernel actions: namespaces first, then every veth pair in one
 * batch, then per node one batch for what is its own.
 */
export function planTopology(topology: Topology): Action[] {
  return [
    ...topology.nodes.flatMap(namespaceAction),
    ...linkActions(topology),
    ...topology.nodes.flatMap((node) => nodeActions(node, topology)),
    ...topology.nodes.flatMap(startActions),
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

function nodeActions(node: Node, { bridges, links }: Topology): Action[] {
  const own = bridges.filter((bridge) => bridge.node === node.name);
  const ends = links.flatMap((link) => link.ends).filter((end) => end.node === node.name);
  const lines = [
    ...own.map(({ name }) => `link add name ${name} type bridge`),
    ...own.flatMap(({ name, addresses }) => addressLines(name, addresses)),
    ...ends.flatMap(endLines),
    ...own.map(({ name }) => `link set dev ${name} up`),
    ...node.routes.map((route) => `route add ${route}`),
  ];
  const sysctl: Action[] =
    Object.keys(node.sysctls).length === 0 ? [] : [{ kind: 'sysctl', on: node.name, values: node.sysctls }];
  return lines.length === 0 ? sysctl : [{ kind: 'ip', on: node.name, lines }, ...sysctl];
}

function endLines({ link, master, addresses }: LinkEnd): string[] {
  return [
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

function startActions({ name, service, run }: Node): Action[] {
  return [
    ...(service === null ? [] : [{ kind: 'service' as const, on: name, service }]),
    ...(run.length === 0
      ? []
      : [{ kind: 'lines' as const, lines: run.map((line) => ({ on: name, run: line })) }]),
  ];
}
