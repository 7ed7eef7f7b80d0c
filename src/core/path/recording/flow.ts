import { type Flow, type FlowPacket, type RuleSight, type Sight, samePlace } from './flow-packet.ts';
import { copyFirstHeader, isLater, isPieceOf } from './fragments.ts';
import { decode, type Header, headerOf, isError } from './header.ts';
import { Outers } from './outers.ts';
import type { Recording } from './recording.ts';
import { carriedBy, portsOfTunnels } from './vxlan.ts';

/** Picks the probe's packets out of everything that was seen, and the packets that answer it. */
export function flowOf(recording: Recording): Flow {
  const members = new Members(recording.mark);
  const neighbourly: Flow['neighbourly'] = [];
  const sights: Sight[] = [];
  const carrying: { sight: Sight; bytes: Uint8Array }[] = [];
  const besides: Sight[] = [];
  const ports = portsOfTunnels(recording.observation);
  for (const [frame, { time, node, link, way, bytes }] of recording.frames.entries()) {
    const { sourceMac, destinationMac, vlan, header, neighbourly: asked } = decode(bytes);
    const place = { time, node, link, way, frame };
    if (asked !== null) neighbourly.push({ ...place, ...asked });
    if (header === null) continue;
    const sight = { ...place, sourceMac, destinationMac, vlan, header };
    if (ports.has(header.destinationPort ?? 0)) carrying.push({ sight, bytes });
    else if (ports.has(header.quoted?.destinationPort ?? 0)) besides.push(sight);
    else sights.push(sight);
  }
  const asked = protocolOf[recording.request.probe.kind];
  const headerIn = ({ network, transport }: Recording['events'][number]) =>
    network && transport ? headerOf(network, transport, asked) : null;
  for (const event of recording.events) {
    const header = headerIn(event);
    if (header !== null) members.expect(header);
  }
  // Later fragments are assigned by the first ones, on whatever link those were seen.
  const order = sights.toSorted((one, other) => Number(isLater(one.header)) - Number(isLater(other.header)));
  const strangers: Sight[] = [];
  for (const sight of order) {
    const packet = members.packetAt(sight.header, sight);
    if (packet !== null) packet.sights.push(sight);
    else if (isLater(sight.header)) strangers.push(sight);
  }
  members.packets.sort((one, other) => firstFrame(one) - firstFrame(other));
  copyFirstHeader(members.packets);
  const outers = new Outers(recording.observation, members.packets, neighbourly);
  for (const { sight, bytes } of carrying) {
    const carried = carriedBy(bytes);
    if (carried !== null) outers.seen(sight, carried, (header) => members.known(header));
  }
  for (const sight of strangers) outers.piece(sight);
  const errors = new Set(besides.map(({ header }) => errorKey(header)));
  const aboutTunnels = (header: Header) => errors.has(errorKey(header));
  const openErrors = new Map<string, Header>();
  const errorRules: { sight: RuleSight; about: Header }[] = [];
  // A packet that was dropped before any device saw it is known from the rules alone.
  const open = new Map<string, FlowPacket>();
  for (const event of recording.events) {
    const header = headerIn(event);
    const key = `${event.node} ${event.id}`;
    const about = header === null ? (openErrors.get(key) ?? null) : aboutTunnels(header) ? header : null;
    if (about !== null) {
      openErrors.set(key, about);
      errorRules.push({ sight: { event, header }, about });
      continue;
    }
    openErrors.delete(key);
    const inTunnel = ports.has(header?.destinationPort ?? 0);
    const packet =
      header === null
        ? open.get(key)
        : inTunnel
          ? outers.ruled(header, event, open.get(key))
          : members.packetRuled(header, event.node, open.get(key));
    if (packet === undefined || packet === null) continue;
    open.set(key, packet);
    packet.rules.push({ event, header });
  }
  // Perhaps only rules have seen the packet that an error quotes.
  for (const sight of besides) outers.error(sight);
  for (const { sight, about } of errorRules) outers.errorRuled(about, sight);
  copyFirstHeader([...outers.all, ...outers.beside].map(({ packet }) => packet));
  return { packets: members.packets, neighbourly, outers: outers.all, beside: outers.beside };
}

/** What tells an ICMP error from others, to devices and rules alike; null for any other packet. */
function errorKey({ id, icmp, source, destination, length }: Header): string | null {
  if (icmp === null || !isError(icmp.type, source.includes(':'))) return null;
  return `${icmp.type} ${icmp.code} ${id ?? `${destination} ${length}`}`;
}

const firstFrame = ({ sights: [first] }: FlowPacket): number => first?.frame ?? 0;

const protocolOf = { icmp: 'icmp', tcp: 'tcp', http: 'tcp', udp: 'udp', dns: 'udp' } as const;

/**
 * The packets of the probe: recognised by its own mark, by their addresses after NAT, and by fields that
 * never change.
 */
class Members {
  readonly packets: FlowPacket[] = [];
  readonly #mark: number;
  readonly #byKey = new Map<string, FlowPacket[]>();
  readonly #directions = new Map<string, 'request' | 'reply'>();
  readonly #expected = new Map<string, 'request' | 'reply'>();

  constructor(mark: number) {
    this.#mark = mark;
  }

  /**
   * Rules of the node that makes a packet see it before NAT gives it another port (MASQUERADE
   * --random-fully), no device does: it is recognised then by the fields that NAT leaves alone.
   */
  expect(header: Header): void {
    const heading = this.#directionOf(header);
    if (heading !== null && heading !== 'error') this.#expected.set(keyOf(header), heading);
  }

  /**
   * A packet seen a second time where it was made is another one that looks the same: a SYN,ACK sent again, errors
   * about a packet that was sent again. They stay in their order, so the second at any place is the second one.
   */
  packetAt(header: Header, sight: Sight): FlowPacket | null {
    const alike = this.#alike(header);
    if (alike === null) return null;
    const here = ({ sights }: FlowPacket) => sights.some((one) => samePlace(one, sight));
    const free = alike.find((packet) => !here(packet));
    if (free !== undefined) return free;
    const [known] = alike;
    const first = known?.sights[0];
    const made = first !== undefined && first.way === 'out' && samePlace(first, sight);
    if (known === undefined || !made) return alike.at(-1) ?? null;
    const packet: FlowPacket = { ...known, again: true, sights: [], rules: [] };
    alike.push(packet);
    this.packets.push(packet);
    return packet;
  }

  /** The packets that look like this one; none where it is none of the probe's, or was never seen outside a tunnel. */
  known(header: Header): readonly FlowPacket[] {
    const heading = this.#directionOf(header);
    const ways = heading === null ? (['request', 'reply', 'error'] as const) : [heading];
    const key = this.#keyOf(header);
    return ways.map((way) => this.#byKey.get(`${way} ${key}`)).find(Boolean) ?? [];
  }

  /** @param open the packet to which this node's trace has given the same number. */
  packetRuled(header: Header, node: string, open: FlowPacket | undefined): FlowPacket | null {
    // Rules were traced of the probe's packets and of errors about them only.
    const alike = this.#alike(header, true);
    if (alike === null) return null;
    if (open !== undefined && alike.includes(open)) return open;
    const ruled = ({ rules }: FlowPacket) => rules.some(({ event }) => event.node === node);
    return alike.find((packet) => !ruled(packet)) ?? alike.at(-1) ?? null;
  }

  /** The packets that look like this one, in their order; null where it is none of the probe's. */
  #alike(header: Header, traced = false): FlowPacket[] | null {
    const first = this.#firstOf(header);
    const key = this.#keyOf(header);
    const heading = this.#directionOf(header);
    // A packet after NAT is recognised by the fields that NAT leaves alone.
    const ways = heading === null ? (['request', 'reply', 'error'] as const) : [heading];
    const known = ways.map((way) => this.#byKey.get(`${way} ${key}`)).find(Boolean);
    // The rules' trace quotes too little of an error to identify its packet.
    const about = traced && header.icmp !== null && isError(header.icmp.type, isV6(header));
    const direction =
      known?.[0]?.direction ??
      heading ??
      first?.direction ??
      this.#expected.get(key) ??
      (about ? 'error' : null);
    if (direction === null) return null;
    if (direction !== 'error') this.#remember(header, direction);
    if (known !== undefined) return known;
    const again = header.tcp !== null && this.packets.some((one) => sentAgain(one, direction, header));
    const packet: FlowPacket = { direction, header, again, sights: [], rules: [] };
    const alike = [packet];
    this.#byKey.set(`${direction} ${key}`, alike);
    this.packets.push(packet);
    return alike;
  }

  #keyOf(header: Header): string {
    const first = this.#firstOf(header);
    return first !== undefined && isV6(header) ? pieceKey(first, header) : keyOf(header);
  }

  #directionOf(header: Header): FlowPacket['direction'] | null {
    const { quoted } = header;
    if (quoted !== null)
      return this.#directionOf(quoted) === null && this.#firstOf(quoted) === undefined ? null : 'error';
    const tuple = tupleOf(header);
    const known = this.#directions.get(tuple);
    if (known !== undefined) return known;
    if (header.icmp !== null) {
      if (header.icmp.id !== this.#mark) return null;
      return [0, 129].includes(header.icmp.type) ? 'reply' : 'request';
    }
    if (header.sourcePort === this.#mark) return 'request';
    return header.destinationPort === this.#mark ? 'reply' : null;
  }

  /** Later fragments carry no ports; with the first one they share addresses and identification. */
  #firstOf(header: Header): FlowPacket | undefined {
    return isLater(header) ? this.packets.find((packet) => isPieceOf(packet, header)) : undefined;
  }

  #remember(header: Header, direction: 'request' | 'reply'): void {
    if (isLater(header)) return;
    this.#directions.set(tupleOf(header), direction);
    const inverse = { ...header, source: header.destination, destination: header.source };
    const ports = { sourcePort: header.destinationPort, destinationPort: header.sourcePort };
    const icmp = header.icmp && { ...header.icmp, type: opposite[header.icmp.type] ?? header.icmp.type };
    const other = direction === 'request' ? 'reply' : 'request';
    if (!this.#directions.has(tupleOf({ ...inverse, ...ports, icmp })))
      this.#directions.set(tupleOf({ ...inverse, ...ports, icmp }), other);
  }
}

/** The same piece of a connection under another IP identification; a plain acknowledgement may repeat itself. */
function sentAgain(one: FlowPacket, direction: FlowPacket['direction'], { id, tcp }: Header): boolean {
  if (one.direction !== direction || one.header.tcp === null || tcp === null || one.header.id === id)
    return false;
  const { sequence, flags, payload } = one.header.tcp;
  const says = payload > 0 || /SYN|FIN/.test(flags);
  return says && sequence === tcp.sequence && flags === tcp.flags && payload === tcp.payload;
}

/** Echo request and reply, in both versions. */
const opposite: Record<number, number> = { 8: 0, 0: 8, 128: 129, 129: 128 };

function tupleOf({ protocol, source, destination, sourcePort, destinationPort, icmp }: Header): string {
  const ends = icmp === null ? [sourcePort, destinationPort] : [icmp.type, icmp.id];
  return [protocol, source, destination, ...ends].join(' ');
}

const isV6 = ({ source }: Header): boolean => source.includes(':');

/**
 * What a packet keeps on its whole way: NAT changes addresses, ports and identifiers, routers the TTL. A
 * retransmission is another packet: it has another IP identification, but for a SYN,ACK, where it is 0. In IPv6 only
 * fragments have one, and whoever puts them together gives them another: what a datagram carries tells it from others.
 */
function keyOf(header: Header): string {
  const { protocol, length, fragment, tcp, icmp, quoted, datagram, carried } = header;
  const offset = fragment?.offset ?? 0;
  const id = isV6(header) ? null : header.id;
  if (icmp !== null && isError(icmp.type, isV6(header)))
    return `error ${icmp.type} ${icmp.code} ${id} ${quoted?.fragment?.offset ?? 0}`;
  if (icmp !== null) return `icmp ${icmp.type} ${icmp.sequence} ${id ?? icmp.id} ${offset}`;
  if (tcp !== null) return `tcp ${tcp.sequence} ${tcp.acknowledgment} ${tcp.flags} ${tcp.payload} ${id}`;
  return `${protocol} ${id} ${datagram ?? length} ${offset} ${id === null ? carried : ''}`;
}

function pieceKey(first: FlowPacket, { fragment }: Header): string {
  return `${keyOf(first.header)} at ${fragment?.offset}`;
}
