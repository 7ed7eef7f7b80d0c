import { concatBytes } from '../pcapng.ts';

/** A packet as tcpdump writes it (pcap-savefile(5), nanoseconds, in this machine's byte order). */
export interface PcapPacket {
  time: bigint;
  length: number;
  bytes: Uint8Array;
}

const fileHeader = 24;
const packetHeader = 16;
const nanoseconds = 0xa1b23c4d;

/** Bytes that tcpdump keeps of a packet at most (MAXIMUM_SNAPLEN). */
const longest = 262_144;

/** LINKTYPE_LINUX_SLL2: its header has the device by which a packet came, and its direction. */
export const anyDevice = 276;
const deviceHeader = 20;

/**
 * Reads a pcap stream that comes in pieces. A learner may have put another program in the place of tcpdump: what is no
 * such stream is dropped from there on.
 */
export class PcapReader {
  /** What came is no pcap stream. */
  broken = false;
  #rest: Uint8Array = new Uint8Array();
  /** Known once the file's header has come (tcpdump.org/linktypes.html). */
  linkType: number | null = null;

  take(piece: Uint8Array): PcapPacket[] {
    if (this.broken) return [];
    this.#rest = concatBytes([this.#rest, piece]);
    const packets: PcapPacket[] = [];
    if (this.linkType === null) {
      if (this.#rest.length < fileHeader) return packets;
      if (this.#word(0) !== nanoseconds) return this.#end(packets);
      this.linkType = this.#word(20) & 0xffff;
      this.#rest = this.#rest.subarray(fileHeader);
    }
    while (this.#rest.length >= packetHeader) {
      const [seconds, fraction] = [this.#word(0), this.#word(4)];
      const [kept, length] = [this.#word(8), this.#word(12)];
      const least = this.linkType === anyDevice ? deviceHeader : 0;
      if (kept > longest || kept < least) return this.#end(packets);
      if (this.#rest.length < packetHeader + kept) break;
      const bytes = this.#rest.subarray(packetHeader, packetHeader + kept);
      packets.push({ time: BigInt(seconds) * 1_000_000_000n + BigInt(fraction), length, bytes });
      this.#rest = this.#rest.subarray(packetHeader + kept);
    }
    return packets;
  }

  #end(packets: PcapPacket[]): PcapPacket[] {
    this.broken = true;
    this.#rest = new Uint8Array();
    return packets;
  }

  #word(at: number): number {
    return new DataView(this.#rest.buffer, this.#rest.byteOffset).getUint32(at, true);
  }
}
