import type { Value } from '../grammar.ts';
import { readInteger } from './integer.ts';
import { type PacketRate, readPacketRate, samePacketRate, secondsOf } from './rate.ts';

/** Bytes; iptables writes them with b, kb or mb. */
export interface Bytes {
  bytes: number;
}

const KB = 1024;
const MB = 1024 * KB;
const SUFFIX = { b: 1, kb: KB, mb: MB } as const;

function readBytes(text: string): Bytes | undefined {
  const match = /^([0-9]+)([km]?b)$/.exec(text);
  if (match === null) return undefined;
  const count = readInteger(match[1] as string);
  const bytes = count === undefined ? undefined : count * SUFFIX[match[2] as keyof typeof SUFFIX];
  return bytes !== undefined && bytes <= 0xffffffff * 16 ? { bytes } : undefined;
}

function writeBytes({ bytes }: Bytes): string {
  if (bytes >= MB && bytes % MB === 0) return `${bytes / MB}mb`;
  return bytes >= KB && bytes % KB === 0 ? `${bytes / KB}kb` : `${bytes}b`;
}

/** Packets or bytes per time; bytes are always per second. */
export type LimitRate = PacketRate | Bytes;

export const limitRate: Value<LimitRate> = {
  words: 1,
  expected: 'a rate such as 10/sec or 512kb/s',
  read: (text) => {
    const bytes = /^(.+b)\/s(?:ec(?:ond)?)?$/.exec(text);
    return bytes ? readBytes(bytes[1] as string) : readPacketRate(text, SCALE);
  },
  write: (rate) => ('bytes' in rate ? `${writeBytes(rate)}/s` : `${rate.count}/${rate.unit}`),
};

/** How much may pass at once: packets, or bytes when the rate is in bytes. */
export const burst: Value<number | Bytes> = {
  words: 1,
  expected: 'a number of packets, or of bytes such as 1mb',
  read: (text) => readInteger(text) ?? readBytes(text),
  write: (value) => (typeof value === 'number' ? String(value) : writeBytes(value)),
};

const SCALE = 1_000_000;
const BYTE_EXPIRE = 15_000;
const BYTE_BURST_EXPIRE = 60_000;

/**
 * The values that the kernel keeps of a rate, a burst and an entry's lifetime; undefined: iptables-save
 * leaves it out.
 */
interface KeptLimit {
  rate: LimitRate;
  burst: number | Bytes | undefined;
  expire: number | undefined;
}

/**
 * The rate, burst and entry lifetime the kernel keeps (iptables `libxt_hashlimit.c`): packets as an interval in
 * microseconds; bytes as a cost per 16 of them, and their burst as a multiple of the rate.
 */
export function sameLimitRate(
  rate: LimitRate,
  burst: number | Bytes | undefined,
  expire: number | undefined,
): KeptLimit {
  const amount = typeof burst === 'object' ? burst.bytes : burst;
  if ('bytes' in rate) return sameByteRate(rate.bytes, amount, expire);
  const kept = samePacketRate(rate, SCALE);
  const lifetime = expire ?? secondsOf(rate.unit) * 1000;
  return {
    rate: kept,
    burst: amount ?? 5,
    expire: lifetime === secondsOf(kept.unit) * 1000 ? undefined : lifetime,
  };
}

function sameByteRate(rate: number, burst: number | undefined, expire: number | undefined): KeptLimit {
  const cost = bytesToCost(rate);
  const bytes = costToBytes(cost);
  const shorter = [MB, KB]
    .map((unit) => bytes - (bytes % unit))
    .find((b) => b > 0 && bytesToCost(b) === cost);
  const usual = burst === undefined ? BYTE_EXPIRE : BYTE_BURST_EXPIRE;
  return {
    rate: { bytes: shorter ?? bytes },
    burst:
      burst === undefined ? undefined : { bytes: shortBurst(bytes, Math.ceil(burst / Math.max(bytes, 1))) },
    expire: expire === usual ? undefined : expire,
  };
}

/** iptables-save rounds a burst down to a whole unit; taken over where it still means the same multiple. */
function shortBurst(rate: number, times: number): number {
  const bytes = rate * times;
  const unit = bytes >= MB ? MB : bytes >= KB ? KB : 1;
  const rounded = bytes - (bytes % unit);
  return Math.ceil(rounded / Math.max(rate, 1)) === times ? rounded : bytes;
}

const bytesToCost = (bytes: number): number => Math.floor(0xffffffff / (Math.floor(bytes / 16) + 1));
const costToBytes = (cost: number): number => (Math.floor(0xffffffff / cost) - 1) * 16;
