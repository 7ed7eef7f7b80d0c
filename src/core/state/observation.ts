/**
 * What the kernel said at one moment, per node. Everything here was read, nothing remembered.
 * Node names: `host` is the machine's own network namespace; the others are hosts of the lab's own or
 * named network namespaces (`ip netns`).
 */
export interface Observation {
  nodes: Record<string, NodeState>;
}

export interface NodeState {
  kind: 'machine' | 'host' | 'netns';
  links: Link[];
  routes: Route[];
  neighbours: Neighbour[];
  /** `net.*` keys hoplab watches, e.g. `net.ipv4.ip_forward` -> `0`. */
  sysctls: Record<string, string>;
  /** iptables-save text of each family; empty where the node has no table. */
  rules: { ipv4: string; ipv6: string };
  listeners: Listener[];
}

export interface Link {
  name: string;
  /** ifindex in its own namespace. */
  index: number;
  /** rtnl kind: `veth`, `bridge`, `vxlan`...; `loopback` and `physical` where the kernel gives none. */
  kind: string;
  mac: string;
  mtu: number;
  /** IFF_UP: somebody set it up. */
  up: boolean;
  /** IFF_LOWER_UP: the other end is up as well. */
  carrier: boolean;
  /** The bridge this link is a port of. */
  master: string | null;
  /** The other end of a veth pair; null for other kinds, or where the other end is in no node of the lab. */
  peer: { node: string; link: string } | null;
  addresses: Address[];
}

export interface Address {
  family: 'ipv4' | 'ipv6';
  address: string;
  /** Bits of the prefix, 0-32 or 0-128. */
  prefix: number;
  scope: string;
}

export interface Route {
  family: 'ipv4' | 'ipv6';
  /** `main`, `local`, `default` or a number. */
  table: string;
  /** rtnl type: `unicast`, `local`, `broadcast`, `blackhole`, `unreachable`... */
  type: string;
  /** `default` or `a.b.c.d/len`; a host route carries its /32 or /128. */
  destination: string;
  via: string | null;
  dev: string | null;
  source: string | null;
  metric: number;
  scope: string;
  protocol: string;
  /** The line as `ip route` prints it, for people. */
  text: string;
}

export interface Neighbour {
  address: string;
  dev: string;
  mac: string | null;
  /** NUD state: `REACHABLE`, `STALE`, `FAILED`, `INCOMPLETE`, `PERMANENT`... */
  state: string;
}

export interface Listener {
  protocol: 'tcp' | 'udp';
  address: string;
  port: number;
  process: string | null;
}

/** A process as the machine sees it, with the PIDs it has in the PID namespaces below. */
export interface Process {
  /** PID per PID namespace, outermost (the machine's) first. */
  pids: number[];
  command: string;
  /** Effective user, as the machine counts users. */
  uid?: number;
  /** Its effective capabilities, in the words of capabilities(7): `net_admin`. */
  capabilities?: string[];
  /** The node whose network namespace it is in; null when that is none of the lab's. */
  node: string | null;
}
