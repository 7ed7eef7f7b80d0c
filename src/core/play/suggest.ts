import { parseIp } from '../state/ip.ts';
import type { Link, Observation } from '../state/observation.ts';

interface Place {
  node: string;
  link: string;
}

/** An address that fits the network that an interface is plugged into; a network of its own where none is. */
export function addressFor(observation: Observation, place: Place): string {
  const near = segmentOf(observation, place).flatMap((each) => ipv4(linkAt(observation, each)));
  const [first] = near;
  if (first !== undefined && first.prefix <= 30) {
    const network = first.number - (first.number % 2 ** (32 - first.prefix));
    const used = new Set(near.map(({ number }) => number));
    for (let host = 1; host < 2 ** (32 - first.prefix) - 1; host += 1)
      if (!used.has(network + host)) return `${written(network + host)}/${first.prefix}`;
  }
  const all = Object.values(observation.nodes).flatMap(({ links }) => links.flatMap((link) => ipv4(link)));
  for (let third = 0; third < 256; third += 1) {
    const network = ((10 << 24) >>> 0) + third * 256;
    if (!all.some(({ number }) => number >= network && number < network + 256))
      return `${written(network + 1)}/24`;
  }
  return '10.255.0.1/24';
}

/** The address of a router that a node can reach without another one; null where there is none. */
export function gatewayFor(observation: Observation, node: string): string | null {
  for (const { name } of observation.nodes[node]?.links ?? []) {
    for (const place of segmentOf(observation, { node, link: name })) {
      const other = observation.nodes[place.node];
      if (place.node === node || other?.sysctls['net.ipv4.ip_forward'] !== '1') continue;
      const [address] = ipv4(linkAt(observation, place));
      if (address !== undefined) return written(address.number);
    }
  }
  return null;
}

/** The interfaces on one wire, over cables and bridges; a bridge's own among them. */
function segmentOf(observation: Observation, start: Place): Place[] {
  const found: Place[] = [];
  const queue = [start];
  while (queue.length > 0) {
    const place = queue.shift() as Place;
    if (found.some(({ node, link }) => node === place.node && link === place.link)) continue;
    const link = linkAt(observation, place);
    if (link === undefined) continue;
    found.push(place);
    if (link.peer !== null) queue.push(link.peer);
    if (link.master !== null) queue.push({ node: place.node, link: link.master });
    const ports = observation.nodes[place.node]?.links ?? [];
    if (link.kind === 'bridge')
      queue.push(
        ...ports
          .filter(({ master }) => master === link.name)
          .map(({ name }) => ({ node: place.node, link: name })),
      );
  }
  return found;
}

const linkAt = ({ nodes }: Observation, { node, link }: Place) =>
  nodes[node]?.links.find(({ name }) => name === link);

const ipv4 = (link: Link | undefined) =>
  (link?.addresses ?? [])
    .filter(({ family, scope }) => family === 'ipv4' && scope !== 'host')
    .map(({ address, prefix }) => ({
      prefix,
      number: address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0),
    }));

const written = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');

/** What `ip addr add` or, without a prefix length, `ip route add ... via` takes. */
export function isAddress(text: string, withPrefix: boolean): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const ip = parseIp(address);
  if (ip === null || more.length > 0 || (bits !== undefined) !== withPrefix) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (ip.family === 'ipv6' ? 128 : 32));
}
