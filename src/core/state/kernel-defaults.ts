/**
 * The kernel's own settings of a new network namespace (net/ipv4/devinet.c and its like). A distribution or
 * an administrator may have changed the VM's, which a namespace made there can inherit.
 */

/** Of `net.ipv4.conf`: 0 but for these. */
const zero = [
  ...['accept_local', 'arp_accept', 'arp_announce', 'arp_filter', 'arp_ignore', 'arp_notify'],
  ...['bc_forwarding', 'bootp_relay', 'disable_policy', 'disable_xfrm', 'drop_gratuitous_arp'],
  ...['drop_unicast_in_l2_multicast', 'force_igmp_version', 'forwarding', 'ignore_routes_with_linkdown'],
  ...['log_martians', 'mc_forwarding', 'medium_id', 'promote_secondaries', 'proxy_arp', 'proxy_arp_pvlan'],
  ...['route_localnet', 'rp_filter', 'src_valid_mark', 'tag'],
];
const conf: ReadonlyMap<string, string> = new Map([
  ...zero.map((name): [string, string] => [name, '0']),
  ['accept_redirects', '1'],
  ['accept_source_route', '1'],
  ['arp_evict_nocarrier', '1'],
  ['igmpv2_unsolicited_report_interval', '10000'],
  ['igmpv3_unsolicited_report_interval', '1000'],
  ['secure_redirects', '1'],
  ['send_redirects', '1'],
  ['shared_media', '1'],
]);

const others: ReadonlyMap<string, string> = new Map([
  // A link takes its value from `default`, where a source route is accepted; `all` must allow it as well.
  ['net.ipv4.conf.all.accept_source_route', '0'],
  ['net.ipv4.icmp_echo_ignore_all', '0'],
  ['net.ipv4.icmp_echo_ignore_broadcasts', '1'],
  ['net.ipv6.icmp.echo_ignore_all', '0'],
  ['net.ipv6.icmp.echo_ignore_multicast', '0'],
  ['net.ipv4.ip_default_ttl', '64'],
  ['net.ipv4.ip_forward', '0'],
  ['net.ipv4.ip_nonlocal_bind', '0'],
  ['net.ipv4.ip_unprivileged_port_start', '1024'],
  ['net.ipv6.conf.all.forwarding', '0'],
  ['net.bridge.bridge-nf-call-arptables', '1'],
  ['net.bridge.bridge-nf-call-ip6tables', '1'],
  ['net.bridge.bridge-nf-call-iptables', '1'],
]);

/** Null for a key that is not known here. A link's name may have dots of its own. */
export function kernelDefault(key: string): string | null {
  const name = /^net\.ipv4\.conf\..+\.(\w+)$/.exec(key)?.[1];
  const six = /^net\.ipv6\.conf\..+\.(proxy_ndp|disable_ipv6|hop_limit)$/.exec(key)?.[1];
  return (
    others.get(key) ??
    (six === undefined ? undefined : six === 'hop_limit' ? '64' : '0') ??
    (name === undefined ? undefined : conf.get(name)) ??
    null
  );
}

type Settings = Readonly<Record<string, string>>;

/** Setting ip_forward, or that of `all` in IPv6, sets this key for every link: nobody typed it. */
export function followsForwarding(sysctls: Settings, key: string): boolean {
  const [, family] = /^net\.(ipv[46])\.conf\..+\.forwarding$/.exec(key) ?? [];
  if (family === undefined) return false;
  const all = family === 'ipv4' ? 'net.ipv4.ip_forward' : 'net.ipv6.conf.all.forwarding';
  return key !== all && sysctls[key] === sysctls[all];
}

/** The settings that were changed, as `sysctl` prints them. */
export function changedSettings(sysctls: Settings): string[] {
  const forwards = sysctls['net.ipv4.ip_forward'];
  return Object.entries(sysctls)
    .filter(([key, value]) => {
      // Setting ip_forward sets this for every link: listed once.
      const follows = /^net\.ipv4\.conf\..+\.forwarding$/.test(key) && forwards !== undefined;
      return value !== (follows ? forwards : kernelDefault(key));
    })
    .map(([key, value]) => `${key} = ${value}`);
}
