import { changedSettings } from './kernel-defaults.ts';
import type { FdbEntry, Link, NodeState, WireguardPeer } from './observation.ts';
import { isUsual } from './usual-policies.ts';

/** The policy rules that are not the kernel's own, as `ip rule` prints them; those of IPv6 with the option that shows them. */
export const policyLines = ({ policies }: NodeState): string[] =>
  policies
    .filter((policy) => !isUsual(policy))
    .map(({ family, text }) => (family === 'ipv6' ? `-6 ${text}` : text));

/** The policies of IPsec, each with what it does. */
export const ipsecLines = ({ ipsec }: NodeState): string[] =>
  (ipsec?.policies ?? []).map(({ text, action, priority, templates }) =>
    [
      text,
      ...(action === 'block' ? ['action block'] : []),
      ...(priority === 0 ? [] : [`priority ${priority}`]),
      ...templates.map(({ protocol, mode, source, destination }) =>
        ['tmpl', protocol, mode, source, '->', destination].join(' '),
      ),
    ].join(' '),
  );

/** The lines of nftables that iptables-save does not show, or shows as something else. */
export const nftLines = ({ nft = [] }: NodeState): string[] =>
  nft
    .filter(({ native }) => native)
    .flatMap(({ text }) => text.split('\n').map((line) => line.replaceAll('\t', '  ')));

/** As `bridge fdb` prints an entry, less its flags. */
export const fdbLine = ({ mac, dev, vlan, master, dst, state }: FdbEntry): string =>
  [
    ...[mac, 'dev', dev],
    ...(vlan === null ? [] : ['vlan', vlan]),
    ...(master === null ? [] : ['master', master]),
    ...(dst === null ? [] : ['dst', dst]),
    ...(state === null ? [] : [state]),
  ].join(' ');

/** The entries that bridges and tunnels learned, or were given. */
export const fdbLines = ({ fdb }: NodeState): string[] => fdb.map(fdbLine);

/**
 * Settings that were changed; of a node with a bridge also whether its frames pass iptables, even if
 * unchanged.
 */
export function settingLines({ links, sysctls }: NodeState): string[] {
  const bridges = links.some(({ kind }) => kind === 'bridge');
  const calls = Object.entries(sysctls).filter(([key]) => key.startsWith('net.bridge.bridge-nf-call-'));
  const lines = calls.map(([key, value]) => `${key} = ${value}`);
  return [...new Set([...(bridges ? lines : []), ...changedSettings(sysctls)])];
}

/**
 * The options a link was made with: `on eth0, id 42, remote 10.0.0.2`, its VLANs, an MTU that is not
 * Ethernet's own.
 */
export function linkDetails({ kind, mtu, lower, details, vlans = [], peers = [] }: Link): string[] {
  return [
    ...(lower === null ? [] : [`@${lower.link}`]),
    ...Object.entries(details).map(([key, value]) => `${key} ${value}`),
    ...vlans.map(({ id, pvid, untagged }) =>
      [`vlan ${id}`, ...(pvid ? ['pvid'] : []), ...(untagged ? ['untagged'] : [])].join(' '),
    ),
    ...peers.map(peerText),
    ...(kind === 'loopback' || mtu === 1500 ? [] : [`mtu ${mtu}`]),
  ];
}

/** In the words of `wg set`. */
export function peerText({ key, endpoint, allowed }: WireguardPeer): string {
  const at = endpoint === null ? [] : [`endpoint ${endpointText(endpoint)}`];
  return [`peer ${key}`, ...at, `allowed-ips ${allowed.join(',') || '(none)'}`].join(' ');
}

export const endpointText = ({ address, port }: { address: string; port: number }): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
