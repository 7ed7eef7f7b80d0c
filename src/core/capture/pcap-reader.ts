import { concatBytes } from '../pcapng.ts';

/** A packet as tcpdump writes it (pcap-savefile(5), nanoseconds, in this machine's byte order). */
export interface PcapPacket {
  time: bigint;
  length: number;
  bytes: Uint8Array;
}

const fileHeader = 24;
const packetHeader = 16;

/** Reads a pcap stream that comes in pieces. */
export class PcapReader {
  #rest: Uint8Array = new Uint8Array();
  /** Known once the file's header has come (tcpdump.org/linktypes.html). */
  linkType: number | null = null;

  take(piece: Uint8Array): PcapPacket[] {
    this.#rest = concatBytes([this.#rest, piece]);
    const packets: PcapPacket[] = [];
    if (this.linkType === null) {
      if (this.#rest.length < fileHeader) return packets;
      this.linkType = this.#word(20) & 0xffff;
      this.#rest = this.#rest.subarray(fileHeader);
    }
    while (this.#rest.length >= packetHeader) {
      const [seconds, nanoseconds] = [this.#word(0), this.#word(4)];
      const [kept, length] = [this.#word(8), this.#word(12)];
      if (this.#rest.length < packetHeader + kept) break;
      const bytes = this.#rest.subarray(packetHeader, packetHeader + kept);
      packets.push({ time: BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds), length, bytes });
      this.#rest = this.#rest.subarray(packetHeader + kept);
    }
    return packets;
  }

  #word(at: number): number {
    return new DataView(this.#rest.buffer, this.#rest.byteOffset).getUint32(at, true);
  }
}
