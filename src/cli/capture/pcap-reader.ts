/** A packet as tcpdump writes it (pcap-savefile(5), nanoseconds, in this machine's byte order). */
interface PcapPacket {
  time: bigint;
  length: number;
  bytes: Uint8Array;
}

const fileHeader = 24;
const packetHeader = 16;

/** Reads a pcap stream that comes in pieces. */
export class PcapReader {
  #rest: Buffer = Buffer.alloc(0);
  /** Known once the file's header has come (tcpdump.org/linktypes.html). */
  linkType: number | null = null;

  take(piece: Uint8Array): PcapPacket[] {
    this.#rest = Buffer.concat([this.#rest, piece]);
    const packets: PcapPacket[] = [];
    if (this.linkType === null) {
      if (this.#rest.length < fileHeader) return packets;
      this.linkType = this.#rest.readUInt32LE(20) & 0xffff;
      this.#rest = this.#rest.subarray(fileHeader);
    }
    while (this.#rest.length >= packetHeader) {
      const [seconds, nanoseconds] = [this.#rest.readUInt32LE(0), this.#rest.readUInt32LE(4)];
      const [kept, length] = [this.#rest.readUInt32LE(8), this.#rest.readUInt32LE(12)];
      if (this.#rest.length < packetHeader + kept) break;
      const bytes = this.#rest.subarray(packetHeader, packetHeader + kept);
      packets.push({ time: BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds), length, bytes });
      this.#rest = this.#rest.subarray(packetHeader + kept);
    }
    return packets;
  }
}
