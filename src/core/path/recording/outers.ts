import { sameAddress } from '../../state/ip.ts';
import type { Observation } from '../../state/observation.ts';
import { linkOf } from '../model/segment.ts';
import {
  type Beside,
  type FlowPacket,
  type NeighbourMessage,
  type Outer,
  type RuleSight,
  type Sight,
  samePlace,
} from './flow-packet.ts';
import { isPieceOf } from './fragments.ts';
import type { Header } from './header.ts';
import type { RuleEvent } from './recording.ts';
import type { Tunnel } from './tunnel.ts';
import { type InnerFrame, tunnelIn } from './vxlan.ts';

/** Packets between the ends of tunnels, each with its inner packet. */
export class Outers {
  readonly all: Outer[] = [];
  readonly beside: Beside[] = [];
  readonly #observation: Observation;
  readonly #packets: readonly FlowPacket[];
  readonly #asked: readonly NeighbourMessage[];

  constructor(observation: Observation, packets: readonly FlowPacket[], asked: readonly NeighbourMessage[]) {
    this.#observation = observation;
    this.#packets = packets;
    this.#asked = asked;
  }

  /** @param known the probe's packets that look like the inner one. */
  seen(sight: Sight, { tunnel, inner }: InnerFrame, known: (header: Header) => readonly FlowPacket[]): void {
    const carries =
      inner.header === null
        ? this.#questionLike(inner.neighbourly, sight)
        : lastBefore(known(inner.header), sight);
    if (carries === null) return;
    const alike = this.all.filter(
      (one) => one.carries === carries && one.packet.header.id === sight.header.id,
    );
    const free = alike.find(({ packet }) => !packet.sights.some((one) => samePlace(one, sight)));
    const outer = free ?? this.#begun(sight.header, tunnel, carries);
    outer.packet.sights.push(sight);
  }

  /** An ICMP error about one of them, which goes to the end of the tunnel that sent it. */
  error(sight: Sight): void {
    const { quoted } = sight.header;
    const about = this.all.find(
      ({ packet }) =>
        quoted !== null && [packet, ...packet.sights].some(({ header }) => isQuoted(header, quoted)),
    );
    if (about !== undefined) this.#add(sight, about, 'error');
  }

  /** A rule has seen such an error. */
  errorRuled(header: Header, rule: RuleSight): void {
    const { event } = rule;
    const same = this.beside.filter(
      ({ carries, packet }) =>
        carries === 'error' && packet.header.id === header.id && packet.header.length === header.length,
    );
    const other = ({ packet }: Beside) =>
      packet.rules.some((one) => one.event.node === event.node && one.event.id !== event.id);
    (same.find((one) => !other(one)) ?? same[0])?.packet.rules.push(rule);
  }

  /** A later fragment of one of them. */
  piece(sight: Sight): void {
    const of = this.all.find(({ packet }) => isPieceOf(packet, sight.header));
    if (of !== undefined) this.#add(sight, of, 'fragment');
  }

  #add(sight: Sight, { packet: { direction }, tunnel }: Outer, carries: Beside['carries']): void {
    const { header } = sight;
    const same = this.beside.find(
      ({ packet: { header: one, sights } }) =>
        one.id === header.id &&
        one.fragment?.offset === header.fragment?.offset &&
        one.icmp?.type === header.icmp?.type &&
        !sights.some((other) => samePlace(other, sight)),
    );
    if (same !== undefined) same.packet.sights.push(sight);
    else {
      const packet: FlowPacket = {
        ...{ direction: carries === 'error' ? 'error' : direction, header, again: false },
        ...{ sights: [sight], rules: [] },
      };
      this.beside.push({ packet, tunnel, carries });
    }
  }

  /** A rule has seen it: known by its identification, or from here on, where no device has seen it. */
  ruled(header: Header, { node, transport }: RuleEvent, open: FlowPacket | undefined): FlowPacket | null {
    const same = this.all.filter(({ packet }) => isSame(packet, header));
    const [first] = same;
    if (first !== undefined) {
      const fresh = same.find(({ packet }) => !packet.rules.some(({ event }) => event.node === node));
      return same.find(({ packet }) => packet === open)?.packet ?? (fresh ?? first).packet;
    }
    if (transport === null || transport.length < 16 || !this.#has(node, header.source)) return null;
    const tunnel = tunnelIn(transport);
    const carries = this.#waiting(node, tunnel);
    return carries === null ? null : this.#begun(header, tunnel, carries).packet;
  }

  /** What comes in from the other end may carry something else: frames that its system sends by itself. */
  #has(node: string, address: string): boolean {
    const links = this.#observation.nodes[node]?.links ?? [];
    return links.some(({ addresses }) => addresses.some((one) => sameAddress(one.address, address)));
  }

  #begun(header: Header, tunnel: Tunnel, carries: Outer['carries']): Outer {
    const packet: FlowPacket = { direction: 'request', header, again: false, sights: [], rules: [] };
    const outer = { packet, tunnel, carries };
    this.all.push(outer);
    return outer;
  }

  /** A packet that a node has given to a tunnel, whose outer packet was not seen yet. */
  #waiting(node: string, tunnel: Tunnel): Outer['carries'] | null {
    const carried = (one: Outer['carries']) => this.all.some(({ carries }) => carries === one);
    const entered = (one: Pick<Sight, 'node' | 'link' | 'way'>) =>
      one.way === 'out' && one.node === node && this.#isEnd(one, tunnel);
    const packet = this.#packets.find((one) => !carried(one) && one.sights.some(entered));
    return packet ?? this.#asked.find((one) => !carried(one) && entered(one)) ?? null;
  }

  #questionLike(inner: InnerFrame['inner']['neighbourly'], { time }: Sight): NeighbourMessage | null {
    if (inner === null) return null;
    const like = ({ kind, address, mac }: NeighbourMessage) =>
      kind === inner.kind && address === inner.address && mac === inner.mac;
    return (
      this.#asked.findLast(
        (one) => like(one) && one.time <= time && linkOf(this.#observation, one)?.kind === 'vxlan',
      ) ?? null
    );
  }

  #isEnd(place: Pick<Sight, 'node' | 'link'>, tunnel: Tunnel): boolean {
    const link = linkOf(this.#observation, place);
    return link?.kind === tunnel.kind && link.details.id === tunnel.id;
  }
}

function isQuoted(header: Header, quoted: Header): boolean {
  if (quoted.id !== null) return header.id === quoted.id;
  return header.source === quoted.source && header.sourcePort === quoted.sourcePort;
}

/** IPv6 has no identification: the addresses and the length are what is left. */
function isSame({ header, sights }: FlowPacket, ruled: Header): boolean {
  const seen = [header, ...sights.map((sight) => sight.header)];
  // Rules see it whole where devices have it in fragments.
  if (ruled.id !== null)
    return seen.some(
      ({ id, length, fragment }) => id === ruled.id && (length === ruled.length || fragment !== null),
    );
  return seen.some(
    ({ source, sourcePort, length }) =>
      source === ruled.source && sourcePort === ruled.sourcePort && length === ruled.length,
  );
}

/** Of several that look the same the one that entered a tunnel last. */
function lastBefore(alike: readonly FlowPacket[], { time }: Sight): FlowPacket | null {
  return alike.findLast(({ sights }) => sights.some((one) => one.time <= time)) ?? alike[0] ?? null;
}
