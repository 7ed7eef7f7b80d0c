/** The address family of a save or a rule: iptables or ip6tables. */
export type Family = 'ipv4' | 'ipv6';
