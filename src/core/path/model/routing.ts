import {
  covers,
  holds,
  hostPrefix,
  isLinkLocal,
  type Prefix,
  parseIp,
  parsePrefix,
  sameAddress,
} from '../../state/ip.ts';
import type { NodeState, Observation, Route } from '../../state/observation.ts';

/** Tables in the order of the kernel's default policy rules (`ip rule`). */
const tables = ['local', 'main', 'default'];

/** Route types that end the packet instead of sending it on. */
const refusing = ['unreachable', 'blackhole', 'prohibit', 'throw'];

/** What the kernel would answer to `ip route get ADDRESS`: the route that decides, or null. */
export function lookup(node: NodeState, address: string): Route | null {
  const ip = parseIp(address);
  return ip === null ? null : decide(node.routes, hostPrefix(ip), tables);
}

/**
 * The route that decides for every address of a network, own addresses left aside; null where there is none
 * or only for a part of it.
 */
export function lookupNetwork(node: NodeState, network: Prefix): Route | null {
  return decide(node.routes, network, ['main', 'default']);
}

export function refuses(route: Route): boolean {
  return refusing.includes(route.type);
}

/** True where the address is the node's own: a `local` route holds it, or a link has it. */
export function isLocal(node: NodeState, address: string): boolean {
  const own = node.links.some((link) => link.addresses.some((one) => sameAddress(one.address, address)));
  return own || node.routes.some((route) => route.type === 'local' && holds(route.destination, address));
}

/** Names of the nodes that have an address. */
export function ownersOf(observation: Observation, address: string): string[] {
  const nodes = Object.entries(observation.nodes);
  return nodes.filter(([, node]) => isLocal(node, address)).map(([name]) => name);
}

/**
 * The source address of what the node itself sends by this route: the route's own `src`; else an address of
 * the device in the gateway's network; else the device's first; else the first of another device. A link-local one only
 * to its like, or where there is no other (RFC 6724, 5, rule 2).
 */
export function sourceFor(node: NodeState, route: Route, destination: string): string | null {
  if (route.source !== null) return route.source;
  const all = node.links.flatMap((link) =>
    link.addresses
      .filter((address) => address.family === route.family && address.scope !== 'host')
      .map((address) => ({ dev: link.name, ...address })),
  );
  const fitting = all.filter(({ address }) => isLinkLocal(address) === isLinkLocal(destination));
  const usable = fitting.length > 0 ? fitting : all.filter(({ dev }) => dev === route.dev);
  const own = usable.filter((address) => address.dev === route.dev);
  const via = route.via;
  const near = via === null ? undefined : own.find((one) => holds(`${one.address}/${one.prefix}`, via));
  return (near ?? own[0] ?? usable[0])?.address ?? null;
}

/** Longest prefix first, then lowest metric, then the order the kernel lists them in; table by table. */
function decide(routes: Route[], wanted: Prefix, order: string[]): Route | null {
  for (const table of order) {
    const fitting = routes
      .map((route) => ({ route, prefix: parsePrefix(route.destination, route.family) }))
      .filter(({ route, prefix }) => route.table === table && prefix !== null && covers(prefix, wanted))
      .sort((a, b) => bits(b.prefix) - bits(a.prefix) || a.route.metric - b.route.metric);
    const best = fitting[0]?.route;
    if (best !== undefined && best.type !== 'throw') return best;
  }
  return null;
}

function bits(prefix: Prefix | null): number {
  return prefix === null ? -1 : prefix.bits;
}
