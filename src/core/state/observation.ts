/**
 * The state of each node as the kernel reported it at one moment. All of it was read; none is remembered.
 * Node names: `host` is the machine's own network namespace; the others are hosts of the lab's own named
 * network namespaces (`ip netns`), or other network namespaces that a process holds, such as containers and pods.
 */
export interface Observation {
  nodes: Record<string, NodeState>;
}

export interface NodeState {
  kind: 'machine' | 'host' | 'netns' | 'container' | 'pod';
  links: Link[];
  routes: Route[];
  /** `ip rule`, in the order the kernel asks them. */
  policies: PolicyRule[];
  neighbours: Neighbour[];
  /** Forwarding databases of bridges and vxlan links. */
  fdb: FdbEntry[];
  /** `net.*` keys hoplab watches, e.g. `net.ipv4.ip_forward` -> `0`. */
  sysctls: Record<string, string>;
  /** iptables-save text of each family; empty where the node has no table. */
  rules: { ipv4: string; ipv6: string };
  /** iptables-legacy-save text of each family: rules of x_tables, which iptables-nft does not show. */
  legacy: { ipv4: string; ipv6: string };
  listeners: Listener[];
  /** UDP sockets that are connected to a peer; absent where there is none. */
  connected?: ConnectedSocket[];
  /** Queues of netfilter (NFQUEUE) that a program reads; absent where there is none. */
  queues?: number[];
  /** `ip xfrm`; absent where there is no policy. */
  ipsec?: Ipsec;
  /** Every table of nftables, those of iptables-nft among them; absent where it was not read. */
  nft?: NftTable[];
}

export interface NftTable {
  /** `ip`, `ip6`, `inet`, `arp`, `bridge`, `netdev`. */
  family: string;
  name: string;
  /** Something in it was not made by iptables: iptables-save does not show it, or shows it as something else. */
  native: boolean;
  /** As `nft -s -t list ruleset` prints it: without counters, and without the elements of named sets. */
  text: string;
}

export interface Link {
  name: string;
  /** ifindex in its own namespace. */
  index: number;
  /** rtnl kind: `veth`, `bridge`, `vxlan`...; `loopback` and `physical` where the kernel gives none. */
  kind: string;
  mac: string;
  mtu: number;
  /** IFF_UP: it was set up. */
  up: boolean;
  /** IFF_LOWER_UP: the other end is up as well. */
  carrier: boolean;
  /** The bridge this link is a port of. */
  master: string | null;
  /** The other end of a veth pair; null for other kinds, or where the other end is in no node of the lab. */
  peer: { node: string; link: string } | null;
  /** The link this one lies on (vlan, macvlan, ipvlan, a tunnel's `dev`); null where none is, or in no node of the lab. */
  lower: { node: string; link: string } | null;
  /** Options of its kind, in iproute2's words: `id`, `local`, `mode`, `stp_state`... */
  details: Record<string, string>;
  /** Of a bridge's port; null for any other link. */
  port: BridgePort | null;
  /** Kind of its queue (`tc qdisc`): `noqueue`, `tbf`... */
  queue: string;
  addresses: Address[];
  /** VLANs of a bridge port. */
  vlans?: Vlan[];
  /** Of a WireGuard interface. */
  peers?: WireguardPeer[];
}

export interface WireguardPeer {
  /** Its public key, as wg(8) prints it. */
  key: string;
  /** Where its packets are sent: as it was set, or as its last packet came from there. */
  endpoint: { address: string; port: number } | null;
  /** Prefixes of what is sent to it and of what it may send. */
  allowed: string[];
}

export interface Vlan {
  id: number;
  /** Untagged frames that come in belong to it. */
  pvid: boolean;
  /** Its frames go out without a tag. */
  untagged: boolean;
}

/** Settings of a bridge's port, as `bridge -d link` shows them. */
export interface BridgePort {
  /** `forwarding`, or the state of spanning tree: `disabled`, `blocking`, `listening`, `learning`. */
  state: string;
  isolated: boolean;
  /** It takes frames of the MAC addresses only that the forwarding database has behind it. */
  locked?: true;
  hairpin: boolean;
  learning: boolean;
  /** Whether frames for unknown addresses, for groups, for all are sent out of this port. */
  flood: { unicast: boolean; multicast: boolean; broadcast: boolean };
}

/** The port or tunnel end to which a bridge or a tunnel sends frames for a MAC address. */
export interface FdbEntry {
  mac: string;
  dev: string;
  /** The bridge whose entry it is; null for an entry of the link itself. */
  master: string | null;
  /** The other end of a tunnel. */
  dst: string | null;
  vlan: number | null;
  /** `permanent` is the link's own address, `static` was typed; null: learnt. */
  state: string | null;
}

/** A rule of the routing policy database (ip-rule(8)). A condition that it does not have is null. */
export interface PolicyRule {
  family: 'ipv4' | 'ipv6';
  priority: number;
  /** `not`: the rule is for packets that it does not fit. */
  negated: boolean;
  from: string | null;
  to: string | null;
  iif: string | null;
  oif: string | null;
  mark: { value: number; mask: number } | null;
  tos: number | null;
  protocol: string | null;
  sourcePorts: [number, number] | null;
  destinationPorts: [number, number] | null;
  /** Users whose sockets' packets it is for (`uidrange`). */
  uids?: [number, number] | null;
  /** Asks something that only the sending socket or the link knows (l3mdev, tun_id). */
  other: boolean;
  action:
    | { kind: 'table'; table: string; suppressPrefix: number | null }
    | { kind: 'refuse'; type: 'prohibit' | 'unreachable' | 'blackhole' }
    | { kind: 'goto'; priority: number }
    | { kind: 'nop' };
  /** The line as `ip rule` prints it. */
  text: string;
}

export interface Ipsec {
  policies: IpsecPolicy[];
  states: IpsecTemplate[];
}

/** A policy of IPsec (ip-xfrm(8)). */
export interface IpsecPolicy {
  direction: 'in' | 'out' | 'fwd';
  source: string;
  destination: string;
  /** Null: any. */
  protocol: string | null;
  sourcePort: number | null;
  destinationPort: number | null;
  /** Those of the smallest are asked first. */
  priority: number;
  action: 'allow' | 'block';
  /** How its packets must be wrapped. */
  templates: IpsecTemplate[];
  /** Asks something else too (a mark, an interface). */
  other: boolean;
  /** Its selector, as `ip xfrm policy` prints and takes it: `src 10.0.1.0/24 dst 10.0.2.0/24 dir out`. */
  text: string;
}

/** What a policy asks for, or a state (SA) does. The addresses of the ends are `0.0.0.0` or `::` where any will do. */
export interface IpsecTemplate {
  protocol: string;
  mode: string;
  source: string;
  destination: string;
  /** 0: any. */
  request: number;
  /** The packet may also come and go as it is (`level use`). */
  optional?: true;
}

export interface Address {
  family: 'ipv4' | 'ipv6';
  address: string;
  /** Bits of the prefix, 0-32 or 0-128. */
  prefix: number;
  scope: string;
  /** Its preferred lifetime is over (`preferred_lft 0`). */
  deprecated?: true;
  /** Not the first of its network on the interface. */
  secondary?: true;
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
  /** More than one way: the kernel chooses one per connection. `via` and `dev` are null then. */
  nexthops: NextHop[];
  source: string | null;
  metric: number;
  /** The type of service that it is for; left out where it is for any. */
  tos?: number;
  scope: string;
  protocol: string;
  /** Router preference (RFC 4191) of an IPv6 route, where it is not medium. */
  preference?: 'high' | 'low';
  /** The MTU the route itself sets. */
  mtu?: number;
  /** The line as `ip route` prints it, for people. */
  text: string;
}

interface NextHop {
  via: string | null;
  dev: string;
  weight: number;
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
  /** Of TCP: connections that wait to be accepted, where the queue takes no more of them. */
  waiting?: number;
  /** The interface by which packets must come in (SO_BINDTODEVICE). */
  link?: string;
}

/** A UDP socket that takes packets of its peer only (connect(2)). */
export interface ConnectedSocket {
  address: string;
  port: number;
  /** `ADDRESS:PORT`. */
  peer: string;
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
