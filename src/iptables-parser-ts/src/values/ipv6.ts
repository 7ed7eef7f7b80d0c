import { readInteger } from './integer.ts';

const GROUP = /^[0-9a-fA-F]{1,4}$/;
export const ALL_ONES = (1n << 128n) - 1n;

/** An IPv6 address in any of its textual forms (`inet_pton`). */
export function readIPv6(text: string): bigint | undefined {
  if (text.length > 45 || !text.includes(':')) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] as string, halves.length === 1);
  const tail = halves.length === 2 ? groups(halves[1] as string, true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  let address = 0n;
  for (const group of [...head, ...new Array<number>(missing).fill(0), ...tail])
    address = (address << 16n) | BigInt(group);
  return address;
}

/** The 16-bit groups of one side of `::`; the last may be written as an IPv4 address. */
function groups(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const result: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (last && i === parts.length - 1 && part.includes('.')) {
      const bytes = dotted(part);
      if (bytes === undefined) return undefined;
      result.push(bytes >>> 16, bytes & 0xffff);
    } else if (GROUP.test(part)) {
      result.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return result;
}

function dotted(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((p) => /^(?:0|[1-9][0-9]{0,2})$/.test(p) && Number(p) <= 255))
    return undefined;
  return parts.reduce((address, p) => address * 256 + Number(p), 0);
}

/** As `inet_ntop` prints it: the first longest run of two or more zero groups is `::`. */
export function writeIPv6(address: bigint): string {
  const words = Array.from({ length: 8 }, (_, i) => Number((address >> BigInt(112 - 16 * i)) & 0xffffn));
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && words[i + run] === 0) run++;
    if (run > length) {
      start = i;
      length = run;
    }
  }
  const high = words.slice(0, 6).every((w, i) => w === (i === 5 ? words[5] : 0));
  if (high && (words[5] === 0xffff || (words[5] === 0 && words[6] !== 0))) {
    const low = Number(address & 0xffffffffn);
    return `${words[5] === 0 ? '::' : '::ffff:'}${low >>> 24}.${(low >>> 16) & 255}.${(low >>> 8) & 255}.${low & 255}`;
  }
  const hex = words.map((w) => w.toString(16));
  if (start < 0) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** The netmask of a prefix length. */
const maskIPv6 = (prefix: number): bigint => ALL_ONES ^ (ALL_ONES >> BigInt(prefix));

/** The prefix length of a netmask, or undefined for a mask with holes. */
export function prefixIPv6(mask: bigint): number | undefined {
  const ones = mask.toString(2).padStart(128, '0').indexOf('0');
  const prefix = ones < 0 ? 128 : ones;
  return maskIPv6(prefix) === mask ? prefix : undefined;
}

/** `64` or `ffff:ffff:ffff:ffff::`. */
export function readMaskIPv6(text: string): bigint | undefined {
  const prefix = readInteger(text, 128);
  return prefix === undefined ? readIPv6(text) : maskIPv6(prefix);
}
