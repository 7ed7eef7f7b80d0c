import { routedIn, routedOut } from '../../path/model/route-decision.ts';
import { pass, type Transit } from '../../path/model/transit.ts';
import { type Kept, keptBy, tupleText } from '../../path/recording/connections.ts';
import type { Fields, TracedHop, TracedPacket } from '../../path/recording/hop.ts';
import { sameAddress } from '../../state/ip.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { EndFacts, Ending } from './end-finding.ts';
import { inNode, type Place, placeOf } from './place.ts';

/**
 * The table nat is asked for the first packet of a connection only. Where conntrack has one from earlier, and the rules
 * would do something else with a new one, what it keeps is the reason, wherever the packet ended.
 */
export function keptOtherwise(seen: Ending, ended: EndFacts): EndFacts {
  const { recording, packets } = seen;
  if (recording.known.length === 0) return ended;
  for (const packet of packets.filter(({ direction }) => direction === 'request')) {
    for (const hop of packet.hops) {
      const own = found(seen, packet, hop, (kept, at) => keptBy(kept, at));
      if (own !== null)
        return {
          ...ended,
          reason: 'kept-connection',
          object: own.connection ?? null,
          values: { ...ended.values, ...own, router: hop.node },
          sources: [...new Set([...ended.sources, 'conntrack' as const, 'state' as const])],
        };
      const older = found(seen, packet, hop, (kept, at) => {
        const { source, sourcePort } = kept.original;
        if (at.icmp !== null || sourcePort === at.sourcePort || !lasts(seen, sourcePort)) return null;
        // Another connection to the same place: the port it comes from is its own.
        const alike = keptBy(kept, { ...at, sourcePort });
        return alike !== null && sameAddress(source, at.source) ? alike : null;
      });
      if (older !== null) return { ...ended, values: { ...ended.values, ...named(older, hop.node) } };
    }
  }
  return ended;
}

/** The ports up to here are chosen by programs, not by the kernel (ip_local_port_range) or for a trace (marks.ts). */
const chosen = 20_000;

/** A program of the sender still has this port, as far as one can tell: others are given up after each question. */
function lasts({ recording: { observation, request } }: Ending, port: number | null): boolean {
  if (port === null) return false;
  const listeners = observation.nodes[request.from]?.listeners ?? [];
  return port < chosen || listeners.some((one) => one.protocol === 'udp' && one.port === port);
}

type Header = Parameters<typeof keptBy>[1];

/** An entry of the node that keeps a connection other than the rules would have it now, in words. */
function found(
  { recording }: Ending,
  packet: TracedPacket,
  hop: TracedHop,
  fitting: (entry: Kept['entry'], at: Header) => Kept | null,
): Values | null {
  const fields = hop.before;
  if (fields === null || hop.tunnel !== null) return null;
  const at: Header = { ...fields, protocol: packet.header.protocol, icmp: packet.header.icmp };
  for (const entry of recording.known.filter(({ node }) => node === hop.node)) {
    const kept = fitting(entry, at);
    const place = kept === null ? null : placeAt(recording, packet, hop, fields);
    const values = kept === null || place === null ? null : contradiction(place, kept);
    if (kept !== null && values !== null)
      return { ...values, connection: tupleText(kept.entry.original), deletion: deletionOf(kept.entry) };
  }
  return null;
}

/** The packet as it came to the node, or as the node made it. */
function placeAt(
  recording: Ending['recording'],
  packet: TracedPacket,
  hop: TracedHop,
  fields: Fields,
): Place | null {
  const until = packet.hops.slice(0, packet.hops.indexOf(hop) + 1);
  return placeOf(recording, { ...packet, hops: [...until.slice(0, -1), { ...hop, after: fields }] }, null);
}

/** The effect of the entry and that of the rules on a new connection; null if they are the same. */
function contradiction(place: Place, kept: Kept): Values | null {
  const packet = inNode(place);
  const first = pass(packet, place.hop.in === null ? 'OUTPUT' : 'PREROUTING');
  const port = place.headers.protocol === 'icmp' ? null : kept.destinationPort;
  const to = (address: string, number: number | null) => endText(address, port === null ? null : number);
  if (first?.kind === 'finding') return null;
  if (first !== null) {
    const elsewhere = !sameAddress(kept.destination, place.headers.destination);
    if (!elsewhere || isNamed(place, kept.destination)) return null;
    return { keptTo: to(kept.destination, port), ruledTo: '' };
  }
  const { destination, destinationPort } = packet.headers;
  const same = sameAddress(destination, kept.destination) && (port === null || destinationPort === port);
  if (!same) return { keptTo: to(kept.destination, port), ruledTo: to(destination, destinationPort) };
  const source = sourceOf(place, packet);
  if (source === null || sameAddress(source, kept.source)) return null;
  return { keptFrom: kept.source, ruledFrom: source };
}

/** With which source a new connection would leave; null where it does not, or the rules alone do not say. */
function sourceOf({ hop, upper }: Place, packet: Transit): string | null {
  const decision = hop.in === null ? routedOut(packet) : routedIn({ ...packet, in: upper }, null, '');
  if (!('route' in decision)) return null;
  if (decision.route === null) return packet.headers.source;
  packet.out = decision.route.dev;
  return pass(packet, 'POSTROUTING') === null ? packet.headers.source : null;
}

/** A rule of the table nat still translates to this address, for some connections. */
function isNamed({ state, headers }: Place, address: string): boolean {
  const text = headers.destination.includes(':') ? state.rules.ipv6 : state.rules.ipv4;
  return text.split('\n').some((line) => / -j DNAT /.test(line) && line.includes(address));
}

function endText(address: string, port: number | null): string {
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

const names: Record<number, string> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' };

/** As conntrack(8) takes it. */
function deletionOf({ original }: Kept['entry']): string {
  const { source, destination, protocol, sourcePort, destinationPort } = original;
  const ports =
    protocol === 1 || protocol === 58
      ? `--icmp-id ${sourcePort}`
      : `--sport ${sourcePort} --dport ${destinationPort}`;
  const family = source.includes(':') ? '-f ipv6 ' : '';
  return `conntrack -D ${family}-p ${names[protocol] ?? protocol} -s ${source} -d ${destination} ${ports}`;
}

/** The same values under names of their own: a reason stands beside them. */
function named(values: Values, node: string): Values {
  const entries = Object.entries(values).map(([key, value]) => [
    `older${key[0]?.toUpperCase()}${key.slice(1)}`,
    value,
  ]);
  return { ...Object.fromEntries(entries), olderNode: node };
}
