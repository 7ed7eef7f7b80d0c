import type { Link as KernelLink, Observation } from '../state/observation.ts';

/** The two ends of a tunnel; `up` where both are up and each sends to the other, or may learn its endpoint. */
export interface Tunnel {
  ends: [TunnelEnd, TunnelEnd];
  up: boolean;
}

interface TunnelEnd {
  node: string;
  link: KernelLink;
}

/**
 * Each tunnel once: VXLAN, GRE, IPIP and WireGuard interfaces whose remote or endpoint is an address of a node with the
 * other end.
 */
export function tunnelsIn(nodes: Observation['nodes']): Tunnel[] {
  const all = Object.entries(nodes).flatMap(([node, { links }]) => links.map((link) => ({ node, link })));
  const ends = all.filter(({ link }) => kinds.includes(link.kind));
  const found: Tunnel[] = [];
  for (const [place, one] of ends.entries()) {
    for (const other of ends.slice(place + 1)) {
      if (one.node === other.node || !alike(one.link, other.link)) continue;
      const there = sends(nodes, one, other);
      const back = sends(nodes, other, one);
      const learns = one.link.kind === 'wireguard';
      const up = one.link.up && other.link.up && (learns || (there && back));
      if (there || back) found.push({ ends: [one, other], up });
    }
  }
  return found;
}

const kinds = ['vxlan', 'gre', 'ipip', 'wireguard'];

/** Packets of another number, port or key belong to another tunnel. */
function alike(one: KernelLink, other: KernelLink): boolean {
  const { details: mine } = one;
  const { details: theirs } = other;
  if (one.kind === 'wireguard')
    return other.kind === one.kind && peerOf(one, other) !== undefined && peerOf(other, one) !== undefined;
  return (
    one.kind === other.kind &&
    mine.id === theirs.id &&
    mine.dstport === theirs.dstport &&
    mine.okey === theirs.ikey &&
    mine.ikey === theirs.okey
  );
}

/** What a WireGuard interface knows of another one, by its key. */
const peerOf = ({ peers }: KernelLink, { details }: KernelLink) =>
  peers?.find(({ key }) => key === details['public-key']);

function sends(nodes: Observation['nodes'], { node, link }: TunnelEnd, to: TunnelEnd): boolean {
  const listed = nodes[node]?.fdb.filter(({ dev }) => dev === link.name).map(({ dst }) => dst) ?? [];
  const remotes = [link.details.remote, peerOf(link, to.link)?.endpoint?.address, ...listed];
  const own = nodes[to.node]?.links.flatMap(({ addresses }) => addresses.map(({ address }) => address)) ?? [];
  return own.some((address) => remotes.includes(address));
}
