import type { Fields, TracedPacket, TracedPath } from '../../../src/core/path/recording/hop.ts';
import type { Observation } from '../../../src/core/state/observation.ts';
import { overlayPort } from './overlay.ts';
import type { Captured } from './tcpdump-text.ts';

/** `ports`: null if the path does not have them for this device. */
type Event = Pick<Captured, 'node' | 'link' | 'way' | 'source' | 'destination' | 'ttl'> & {
  ports: string | null;
};

/**
 * How a traced path differs from what tcpdump saw: for every packet the same devices in the same order with the
 * same headers; what tcpdump saw besides must be a copy that a bridge sent elsewhere and the path says so.
 */
export function differences(path: TracedPath, captured: Captured[], observation: Observation): string[] {
  const found: string[] = [];
  // Two packets with the same key may be one sent twice: both are compared as one.
  const packets = Map.groupBy(path.packets, keyOf);
  const outer = captured.filter(isOuter);
  const plain = captured.filter((one) => !isOuter(one));
  found.push(...outerDifferences(path, outer, observation));
  for (const key of new Set(plain.map(({ packet }) => packet))) {
    const seen = plain.filter(({ packet }) => packet === key);
    const same = packets.get(key);
    if (same === undefined) {
      found.push(`tcpdump saw a packet the path does not have: ${key} ${text(seen)}`);
      continue;
    }
    found.push(...compared(key, same.map(eventsOf), seen, same.flatMap(copiesOf), observation));
  }
  for (const [key, same] of packets) {
    const claimed = same.flatMap(eventsOf);
    if (claimed.length > 0 && !plain.some((one) => one.packet === key))
      found.push(`the path has a packet tcpdump did not see: ${key} ${text(claimed)}`);
  }
  return found;
}

const isOuter = ({ ports, packet }: Captured): boolean =>
  ports.endsWith(`>${overlayPort}`) && !packet.includes('fragment');

/** Packets of a tunnel go the way that the path has between the tunnel's ends; it has all of them. */
function outerDifferences({ packets }: TracedPath, outer: Captured[], observation: Observation): string[] {
  const carried = packets.map(({ hops }) => eventsIn(hops.filter((hop) => isCarrier(hop))));
  const gaps = packets
    .filter(({ hops }) => hops.some(({ gap }) => gap))
    .map(({ number }) => `packet ${number} has a gap`);
  const copied = packets.flatMap(copiesOf);
  return [
    ...gaps,
    ...compared(
      'outer',
      carried.filter(({ length }) => length > 0),
      outer,
      copied,
      observation,
    ),
  ];
}

function compared(
  key: string,
  claimed: Event[][],
  seen: Captured[],
  copies: string[],
  observation: Observation,
): string[] {
  const left = [...seen];
  for (const events of claimed) {
    let from = 0;
    for (const event of events) {
      // The same moment at a port and its bridge: their order within it is tcpdump's choice.
      const at = left.findIndex((one, index) => index >= from && same(one, event));
      if (at < 0) return [`${key}: tcpdump did not see ${text([event])} there; it saw ${text(seen)}`];
      left.splice(at, 1);
      from = at;
    }
  }
  const stray = left.filter((one) => !isCopy(one, copies, observation));
  return stray.length === 0 ? [] : [`${key}: the path lacks ${text(stray)}; it has ${text(claimed.flat())}`];
}

function isCopy(one: Captured, copies: string[], observation: Observation): boolean {
  if (copies.includes(`${one.node}:${one.link}`)) return true;
  const peer = observation.nodes[one.node]?.links.find(({ name }) => name === one.link)?.peer;
  return one.way === 'out' && peer != null && copies.includes(`${peer.node}:${peer.link}`);
}

function same(one: Captured, event: Event): boolean {
  const ports = event.ports === null || one.packet.includes('fragment') || one.ports === event.ports;
  const rest = (['node', 'way', 'link', 'source', 'destination', 'ttl'] as const).every(
    (key) => one[key] === event[key],
  );
  return rest && ports;
}

const copiesOf = ({ hops }: TracedPacket): string[] => hops.flatMap(({ copies }) => copies);

/** What tcpdump must have seen of a packet. libpcap leaves out what goes out by the loopback. */
const eventsOf = ({ hops }: TracedPacket): Event[] => eventsIn(hops.filter((hop) => !isCarrier(hop)));

/** Of a packet that is compared as what carries another. */
const isCarrier = ({ tunnel }: TracedPacket['hops'][number]): boolean =>
  tunnel !== null && tunnel.carries !== 'error' && tunnel.carries !== 'fragment';

function eventsIn(hops: TracedPacket['hops']): Event[] {
  return hops.flatMap(({ node, seen, before, after }) =>
    seen
      .map(({ link, way, source, destination, ttl }, index) => {
        const first = index === 0 && way === 'in' ? portsOf(before) : null;
        const last = index === seen.length - 1 && way === 'out' ? portsOf(after) : null;
        return { node, link, way, source, destination, ttl, ports: first ?? last };
      })
      .filter(({ link, way }) => !(link === 'lo' && way === 'out')),
  );
}

function portsOf(fields: Fields | null): string | null {
  if (fields === null) return null;
  return fields.sourcePort === null ? '' : `${fields.sourcePort}>${fields.destinationPort}`;
}

function keyOf({ hops, header: { id, icmp, tcp, protocol, fragment } }: TracedPacket): string {
  // Behind a node that put an IPv6 packet together its fragments have another identification.
  const v6 = hops.some(({ seen }) => seen.some(({ source }) => source.includes(':')));
  const which = v6 ? '-' : id;
  if (fragment !== null && fragment.offset > 0) return `${which} fragment ${fragment.offset}`;
  if (icmp !== null) return `${which} ${echoes[icmp.type] ?? 'error'}`;
  if (tcp === null) return `${which} ${protocol.toUpperCase()}`;
  const flags = tcp.flags.split(',').toSorted().join(',');
  return `${which} ${flags} ${flags.includes('ACK') ? tcp.acknowledgment : 0} ${tcp.payload}`;
}

const echoes: Record<number, string> = {
  8: 'echo request',
  0: 'echo reply',
  128: 'echo request',
  129: 'echo reply',
};

const text = (events: readonly Event[]): string =>
  events
    .map(
      ({ node, link, way, source, destination, ttl, ports }) =>
        `${node}:${link} ${way} ${source}>${destination} ${ports ?? ''} ttl ${ttl}`,
    )
    .join(' | ');
