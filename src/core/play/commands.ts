import type { SavedLink, SavedNode } from './network.ts';
import { quoted } from './quote.ts';

/** The commands that make a node what it is, as typed inside it; its cables are there. */
export function commandsIn(node: SavedNode): string[] {
  const links = [...node.bridges, ...node.ends];
  return [
    ...(node.loUp && node.kind !== 'machine' ? ['ip link set lo up'] : []),
    ...node.sysctls.filter(([key]) => !ofLink(key, links)).map(setting),
    ...node.bridges.map(({ name }) => `ip link add name ${quoted(name)} type bridge`),
    ...links.flatMap(linkCommands),
    ...node.sysctls.filter(([key]) => ofLink(key, links)).map(setting),
    ...node.routes.map((route) => `ip route add ${route}`),
    ...node.rules,
  ];
}

/** Where the module br_netfilter is not loaded, there is no such key, and no frame passes the rules anyway. */
function setting([key, value]: readonly [string, string]): string {
  const mayMiss = key.startsWith('net.bridge.') && value === '0';
  return `sysctl ${mayMiss ? '-e ' : ''}-w ${quoted(`${key}=${value}`)}`;
}

/** There is no such key before the interface. sysctl(8) writes a dot in a name as a slash. */
const ofLink = (key: string, links: readonly SavedLink[]) =>
  links.some(({ name }) => key.includes(`.${name.replaceAll('.', '/')}.`));

function linkCommands({ name, up, mtu, master, addresses }: SavedLink): string[] {
  const link = quoted(name);
  return [
    ...(mtu === 1500 ? [] : [`ip link set ${link} mtu ${mtu}`]),
    ...(master === null ? [] : [`ip link set ${link} master ${quoted(master)}`]),
    ...addresses.map(
      (address) => `ip addr add ${address} dev ${link}${address.includes(':') ? ' nodad' : ''}`,
    ),
    ...(up ? [`ip link set ${link} up`] : []),
  ];
}
