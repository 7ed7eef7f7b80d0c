import type { Address, Link, Observation } from '../../core/state/observation.ts';
import type { NodePlace } from '../machine/enter.ts';

/** What `ip -j -d -batch` answers for one node, peers still as numbers. */
export interface IpAnswer {
  links: Link[];
  routes: unknown[];
  neighbours: unknown[];
  /** link name -> the other end's ifindex and the number by which this namespace knows the other one. */
  peers: Map<string, { index: number; nsid: number | null }>;
  /** nsid -> node name. */
  names: Map<number, string>;
}

interface IpLink {
  ifindex: number;
  ifname: string;
  link_index?: number;
  link_netnsid?: number;
  link?: string | null;
  flags: string[];
  mtu: number;
  master?: string;
  link_type: string;
  address?: string;
  linkinfo?: { info_kind?: string };
  addr_info?: { family: string; local: string; prefixlen: number; scope: string; address?: string }[];
}

/** Null when the namespace was gone before it could answer. */
export function parseIpAnswer(text: string): IpAnswer | null {
  const lines = text.split('\n').filter((line) => line.startsWith('['));
  if (lines.length < 3) return null;
  const [links = [], routes = [], neighbours = [], names = []] = lines.map(
    (line) => JSON.parse(line) as unknown[],
  );
  const raw = (links as IpLink[]).filter((link) => link.ifname !== undefined);
  const peers: IpAnswer['peers'] = new Map();
  for (const link of raw) {
    if (link.linkinfo?.info_kind !== 'veth') continue;
    // With both ends in one namespace iproute2 prints the other end's name instead of its index.
    const index = link.link_index ?? raw.find(({ ifname }) => ifname === link.link)?.ifindex;
    if (index !== undefined) peers.set(link.ifname, { index, nsid: link.link_netnsid ?? null });
  }
  return {
    links: raw.map(linkOf),
    routes,
    neighbours,
    peers,
    names: new Map(
      (names as { name: string; id?: number }[]).flatMap(({ name, id }) =>
        id === undefined ? [] : [[id, name]],
      ),
    ),
  };
}

function linkOf(link: IpLink): Link {
  return {
    name: link.ifname,
    index: link.ifindex,
    kind: link.linkinfo?.info_kind ?? (link.link_type === 'loopback' ? 'loopback' : 'physical'),
    mac: link.address ?? '',
    mtu: link.mtu,
    up: link.flags.includes('UP'),
    carrier: link.flags.includes('LOWER_UP'),
    master: link.master ?? null,
    peer: null,
    addresses: (link.addr_info ?? [])
      .filter(({ local }) => local !== undefined)
      .map(
        ({ family, local, prefixlen, scope }): Address => ({
          family: family === 'inet6' ? 'ipv6' : 'ipv4',
          address: local,
          prefix: prefixlen,
          scope,
        }),
      ),
  };
}

/** Fills in the nodes and names of veth peers, now that every node has answered. */
export function namePeers(observation: Observation, answers: Record<string, IpAnswer>): Observation {
  for (const [node, state] of Object.entries(observation.nodes)) {
    const answer = answers[node];
    for (const link of state.links) {
      const peer = answer?.peers.get(link.name);
      if (!answer || !peer) continue;
      const otherNode = peer.nsid === null ? node : answer.names.get(peer.nsid);
      if (otherNode === undefined) continue;
      const other = observation.nodes[otherNode]?.links.find(({ index }) => index === peer.index);
      if (other) link.peer = { node: otherNode, link: other.name };
    }
  }
  return observation;
}

/**
 * Veth ends that are up without carrier although the other end is up too: the kernel still holds back their
 * carrier event (linkwatch, up to 1 s when both ends carry the same ifindex).
 */
export function pendingLinks(observation: Observation): { node: NodePlace; link: string }[] {
  const upAt = (node: string, name: string) =>
    observation.nodes[node]?.links.find((link) => link.name === name)?.up ?? false;
  return Object.entries(observation.nodes).flatMap(([name, { kind, links }]) =>
    links
      .filter(({ up, carrier, peer }) => up && !carrier && peer !== null && upAt(peer.node, peer.link))
      .map((link) => ({ node: { name, kind }, link: link.name })),
  );
}
