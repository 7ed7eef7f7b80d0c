import type { Observation } from '../../state/observation.ts';
import { linkOf } from '../model/segment.ts';
import { type FlowPacket, type NeighbourMessage, type Outer, type Sight, samePlace } from './flow-packet.ts';
import type { Header } from './header.ts';
import type { RuleEvent } from './recording.ts';
import type { Tunnel } from './tunnel.ts';
import { type InnerFrame, tunnelIn } from './vxlan.ts';

/** Packets between the ends of tunnels, each with its inner packet. */
export class Outers {
  readonly all: Outer[] = [];
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

  /** A rule has seen it: known by its identification, or from here on, where no device has seen it. */
  ruled(header: Header, { node, transport }: RuleEvent, open: FlowPacket | undefined): FlowPacket | null {
    const same = this.all.filter(({ packet }) => isSame(packet, header));
    const [first] = same;
    if (first !== undefined) {
      const fresh = same.find(({ packet }) => !packet.rules.some(({ event }) => event.node === node));
      return same.find(({ packet }) => packet === open)?.packet ?? (fresh ?? first).packet;
    }
    if (transport === null || transport.length < 16) return null;
    const tunnel = tunnelIn(transport);
    const carries = this.#waiting(node, tunnel);
    return carries === null ? null : this.#begun(header, tunnel, carries).packet;
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

/** IPv6 has no identification: only the addresses and the length remain. */
function isSame({ header, sights }: FlowPacket, ruled: Header): boolean {
  const seen = [header, ...sights.map((sight) => sight.header)];
  if (ruled.id !== null) return seen.some(({ id, length }) => id === ruled.id && length === ruled.length);
  return seen.some(
    ({ source, sourcePort, length }) =>
      source === ruled.source && sourcePort === ruled.sourcePort && length === ruled.length,
  );
}

/** Of several that look the same the one that entered a tunnel last. */
function lastBefore(alike: readonly FlowPacket[], { time }: Sight): FlowPacket | null {
  return alike.findLast(({ sights }) => sights.some((one) => one.time <= time)) ?? alike[0] ?? null;
}
