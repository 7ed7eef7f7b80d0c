/** The settings of a node's kube-proxy, and its facts about the node. */
export interface ProxyOptions {
  /** `1.30` stands for 1.30 and later. */
  form: '1.20' | '1.30';
  family: 'ipv4' | 'ipv6';
  nodeName: string;
  /** The address kube-proxy takes for the node's own (its InternalIP). */
  nodeIP: string | null;
  /** All addresses of the node, for `nodePortAddresses`. */
  nodeAddresses: string[];
  zone: string | null;
  local: LocalDetector;
  masqueradeAll: boolean;
  masqueradeBit: number;
  randomFully: boolean;
  localhostNodePorts: boolean;
  /** Networks whose addresses take node ports; empty: all of the node's. */
  nodePortAddresses: string[];
  /** net.netfilter.nf_conntrack_tcp_be_liberal was not 0 at the start. */
  tcpLiberal: boolean;
  /** Since 1.32 kube-proxy counts some packets in nfacct objects, where the kernel lets it make them. */
  nfacct: boolean;
}

/** How kube-proxy recognises traffic from its own pods (--detect-local-mode). */
type LocalDetector =
  | { mode: 'ClusterCIDR'; cidr: string }
  | { mode: 'NodeCIDR'; cidr: string }
  | { mode: 'BridgeInterface'; name: string }
  | { mode: 'InterfaceNamePrefix'; name: string }
  | null;

export function proxyOptions(given: Partial<ProxyOptions> & { nodeName: string }): ProxyOptions {
  return {
    form: '1.30',
    family: 'ipv4',
    nodeIP: null,
    nodeAddresses: given.nodeIP ? [given.nodeIP] : [],
    zone: null,
    local: null,
    masqueradeAll: false,
    masqueradeBit: 14,
    randomFully: true,
    localhostNodePorts: true,
    nodePortAddresses: [],
    tcpLiberal: false,
    nfacct: false,
    ...given,
  };
}

/** The match for traffic of this cluster's pods, or with `!` for all other traffic; null where undetected. */
export function localMatch(local: LocalDetector, inverted: boolean): string | null {
  if (local === null) return null;
  const not = inverted ? '! ' : '';
  if (local.mode === 'BridgeInterface') return `${not}-i ${local.name}`;
  if (local.mode === 'InterfaceNamePrefix') return `${not}-i ${local.name}+`;
  return `${not}-s ${local.cidr}`;
}
