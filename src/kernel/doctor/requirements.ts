import type { FeatureName } from '../../core/lab/features.ts';
/** Programs hoplab or its labs run, and the Debian package each comes from (scripts/packages.txt installs them). */
export const programs: { program: string; package: string; required: boolean }[] = [
  { program: 'ip', package: 'iproute2', required: true },
  { program: 'ss', package: 'iproute2', required: true },
  { program: 'unshare', package: 'util-linux', required: true },
  { program: 'nsenter', package: 'util-linux', required: true },
  { program: 'iptables-save', package: 'iptables', required: true },
  { program: 'ip6tables-save', package: 'iptables', required: true },
  { program: 'ping', package: 'iputils-ping', required: true },
  { program: 'sysctl', package: 'procps', required: true },
  { program: 'ps', package: 'procps', required: true },
  { program: 'curl', package: 'curl', required: true },
  { program: 'tcpdump', package: 'tcpdump', required: true },
  { program: 'nginx', package: 'nginx-light', required: true },
  { program: 'nft', package: 'nftables', required: false },
  { program: 'conntrack', package: 'conntrack', required: false },
  { program: 'ipset', package: 'ipset', required: false },
  { program: 'arp', package: 'net-tools', required: false },
  { program: 'traceroute', package: 'traceroute', required: false },
  { program: 'nano', package: 'nano', required: false },
  { program: 'dig', package: 'bind9-dnsutils', required: false },
  { program: 'dnsmasq', package: 'dnsmasq-base', required: false },
  { program: 'unbound', package: 'unbound', required: false },
  { program: 'python3', package: 'python3', required: true },
  { program: 'nc', package: 'netcat-openbsd', required: false },
  { program: 'setpriv', package: 'util-linux', required: false },
  { program: 'capsh', package: 'libcap2-bin', required: false },
];

/** A kernel feature, by the name a lab's `requires` uses. */
export interface Feature {
  name: FeatureName;
  /** Without it no lab can run. */
  required: boolean;
  /** Must be loaded by hand; the kernel loads every other one by itself when it is first used. */
  module: string | null;
  /** Runs as root in throwaway network and mount namespaces; exit code 0 says the feature is there. */
  try: string;
  /** The command or advice that makes it work; a Debian kernel has most of them. */
  cure?: string;
}

export const features: Feature[] = [
  { name: 'netns', required: true, module: null, try: 'ip link set dev lo up' },
  { name: 'veth', required: true, module: null, try: 'ip link add name v0 type veth peer name v1' },
  { name: 'bridge', required: true, module: null, try: 'ip link add name b0 type bridge' },
  { name: 'filter', required: true, module: null, try: 'iptables -A FORWARD -j DROP' },
  { name: 'nat', required: true, module: null, try: 'iptables -t nat -A POSTROUTING -j MASQUERADE' },
  {
    name: 'conntrack',
    required: false,
    module: null,
    try: 'iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT',
  },
  { name: 'nat6', required: false, module: null, try: 'ip6tables -t nat -A POSTROUTING -j MASQUERADE' },
  {
    name: 'bridge-netfilter',
    required: false,
    module: 'br_netfilter',
    try: 'test -e /proc/sys/net/bridge/bridge-nf-call-iptables',
  },
  {
    name: 'vxlan',
    required: false,
    module: null,
    try: 'ip link add name x0 type vxlan id 1 dstport 4789',
  },
  {
    name: 'vlan',
    required: false,
    module: null,
    try: 'ip link add name l0 type veth peer name l1 && ip link add link l0 name l0.2 type vlan id 2',
  },
  { name: 'dummy', required: false, module: null, try: 'ip link add name d0 type dummy' },
  { name: 'netem', required: false, module: null, try: 'tc qdisc add dev lo root netem delay 1ms' },
  {
    name: 'docker',
    required: false,
    module: null,
    // Both come with scripts/docker.
    try: 'command -v dockerd >/dev/null && test -e /var/lib/hoplab/images/made-from',
    cure: 'sudo scripts/docker',
  },
  {
    name: 'services',
    required: false,
    module: null,
    try: 'test -e /var/lib/hoplab/services/made-from',
    cure: 'sudo scripts/services',
  },
  {
    name: 'kubernetes',
    required: false,
    module: null,
    // Both come with scripts/kubernetes.
    try: 'command -v kubectl >/dev/null && test -x /usr/lib/cni/bridge',
    cure: 'sudo scripts/kubernetes',
  },
  {
    name: 'registry',
    required: false,
    module: null,
    // It comes with scripts/kubernetes.
    try: 'command -v docker-registry >/dev/null',
    cure: 'sudo scripts/kubernetes',
  },
  { name: 'ipset', required: false, module: null, try: 'ipset create s0 hash:ip' },
  {
    name: 'nftrace',
    required: false,
    module: null,
    try: 'nft add table inet t && nft add chain inet t c "{ type filter hook prerouting priority -300; }" && nft add rule inet t c meta nftrace set 1',
  },
];
