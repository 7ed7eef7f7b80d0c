import { concatBytes, interfaceBlock, packetBlock, sectionHeader } from '../pcapng.ts';
import { anyDevice, type PcapPacket, PcapReader } from './pcap-reader.ts';

/** sll_pkttype (packet(7)). */
const outgoing = 4;

/** Makes of a pcap stream a pcapng stream with one interface for each device, in the order they are met. */
export class PcapngWriter {
  readonly #reader = new PcapReader();
  readonly #interfaces = new Map<number, number>();
  readonly #nameOf: (index: number | null) => string;
  readonly #comment: string;
  #begun = false;

  /** @param nameOf the name of the device with this index; null: the one device that is captured. */
  constructor(comment: string, nameOf: (index: number | null) => string) {
    this.#comment = comment;
    this.#nameOf = nameOf;
  }

  /** What came is no capture; nothing more is written. */
  get broken(): boolean {
    return this.#reader.broken;
  }

  /** @param seen hears of each packet, and of the kind of its link. */
  take(piece: Uint8Array, seen: (packet: PcapPacket, linkType: number) => void = () => {}): Uint8Array {
    const packets = this.#reader.take(piece);
    const { linkType } = this.#reader;
    const blocks: Uint8Array[] = [];
    if (!this.#begun && linkType !== null) {
      this.#begun = true;
      blocks.push(sectionHeader(this.#comment));
      if (linkType !== anyDevice) blocks.push(interfaceBlock(this.#nameOf(null), linkType));
    }
    for (const packet of packets) {
      const { time, length, bytes } = packet;
      seen(packet, linkType ?? 0);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const index = linkType === anyDevice ? view.getUint32(4) : null;
      const way =
        linkType === anyDevice && view.getUint8(10) === outgoing ? ('out' as const) : ('in' as const);
      blocks.push(
        ...this.#interface(index, linkType ?? 0),
        packetBlock(this.#place(index), { time, way, bytes, length }),
      );
    }
    return concatBytes(blocks);
  }

  #place(index: number | null): number {
    return index === null ? 0 : (this.#interfaces.get(index) ?? 0);
  }

  /** The block of a device met for the first time. */
  #interface(index: number | null, linkType: number): Uint8Array[] {
    if (index === null || this.#interfaces.has(index)) return [];
    this.#interfaces.set(index, this.#interfaces.size);
    return [interfaceBlock(this.#nameOf(index), linkType)];
  }
}
