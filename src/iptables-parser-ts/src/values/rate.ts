import type { Value } from '../grammar.ts';
import { readInteger } from './integer.ts';

const UNITS = [
  ['day', 86400],
  ['hour', 3600],
  ['min', 60],
  ['sec', 1],
] as const;

/** The limit match counts in 1/10000 of a second (`XT_LIMIT_SCALE`). */
const LIMIT_SCALE = 10_000;

/** Packets per time. */
export interface PacketRate {
  count: number;
  unit: 'day' | 'hour' | 'min' | 'sec';
}

export const secondsOf = (unit: PacketRate['unit']): number =>
  (UNITS.find(([name]) => name === unit) ?? UNITS[3])[1];

function readUnit(text: string): PacketRate['unit'] | undefined {
  const word = text.toLowerCase();
  if (word === '') return undefined;
  if ('second'.startsWith(word)) return 'sec';
  if ('minute'.startsWith(word)) return 'min';
  if ('hour'.startsWith(word)) return 'hour';
  return 'day'.startsWith(word) ? 'day' : undefined;
}

/** `10/min`, `3/hour`, `10` (per second); `scale` is the number of parts of a second. */
export function readPacketRate(text: string, scale: number): PacketRate | undefined {
  const slash = text.indexOf('/');
  const count = readInteger(slash < 0 ? text : text.slice(0, slash), 0xffffffff, 1);
  const unit = slash < 0 ? 'sec' : readUnit(text.slice(slash + 1));
  if (count === undefined || unit === undefined) return undefined;
  // Faster than the resolution of the kernel's clock.
  return secondsOf(unit) * scale < count ? undefined : { count, unit };
}

export const packetRate: Value<PacketRate> = {
  words: 1,
  expected: 'a rate such as 10/min (per sec, min, hour or day)',
  read: (text) => readPacketRate(text, LIMIT_SCALE),
  write: ({ count, unit }) => `${count}/${unit}`,
};

/**
 * The rate the kernel really keeps: an interval in units of 1/`scale` seconds, rounded down, read back in the
 * largest unit that divides it without a larger remainder (iptables `libxt_limit.c`, `print_rate`).
 */
export function samePacketRate(rate: PacketRate, scale = LIMIT_SCALE): PacketRate {
  const period = Math.floor((scale * secondsOf(rate.unit)) / rate.count);
  if (period === 0) return rate;
  let chosen = 0;
  for (let i = 1; i < UNITS.length; i++) {
    const mult = (UNITS[i] as (typeof UNITS)[number])[1] * scale;
    if (period > mult || Math.floor(mult / period) < mult % period) break;
    chosen = i;
  }
  const [unit, seconds] = UNITS[chosen] as (typeof UNITS)[number];
  return { count: Math.floor((seconds * scale) / period), unit };
}
