/** What the kernel starts with, by the end of the key; `forwarding` of a device follows that of the node. */
const usual: [RegExp, string][] = [
  [/\.(rp_filter|proxy_arp|route_localnet|icmp_echo_ignore_all)$/, '0'],
  [/^net\.ipv6\.conf\.all\.forwarding$/, '0'],
  [/\.ip_unprivileged_port_start$/, '1024'],
  [/\.bridge-nf-call-/, '1'],
];

/** A node's settings: whether it forwards, and whatever somebody changed. */
export function settingLines(sysctls: Record<string, string>): string[] {
  const forwards = sysctls['net.ipv4.ip_forward'];
  return Object.entries(sysctls)
    .filter(([key, value]) => {
      if (/^net\.ipv4\.conf\..*\.forwarding$/.test(key)) return value !== forwards;
      return !usual.some(([pattern, start]) => pattern.test(key) && value === start);
    })
    .map(([key, value]) => `${key} = ${value}`);
}
