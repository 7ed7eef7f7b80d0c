import type { Random } from './random.ts';

/** The ways to write one option, all of the same meaning to the kernel. */
export type Spellings = readonly string[];

/** Quoted as iptables-restore wants it. */
export const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

export const hex = (n: number): string => `0x${n.toString(16)}`;

const SERVICES = [
  ['http', 80],
  ['https', 443],
  ['ssh', 22],
  ['domain', 53],
] as const;

/** The ways to write a port. */
export function port(r: Random): string[] {
  if (r.chance(30)) {
    const [name, number] = r.pick(SERVICES);
    return [String(number), name, hex(number), `0${number.toString(8)}`];
  }
  const number = r.between(0, 65535);
  return [String(number), hex(number)];
}

/** The ways to write a port or a range of ports. */
export function ports(r: Random): string[] {
  const [first = '', ...others] = port(r);
  if (r.chance(50)) return [first, ...others, `${first}:${first}`];
  const low = r.between(0, 30000);
  const high = r.between(low, 65535);
  return [`${low}:${high}`, ...(low === 0 ? [`:${high}`] : []), ...(high === 65535 ? [`${low}:`] : [])];
}

/** The ways to write a mark with a mask. */
export function mark(r: Random): string[] {
  const value = r.pick([0, 1, 0x4000, 0x2000, 0x20000, r.between(0, 0xffffffff)]);
  if (r.chance(50)) return [hex(value), String(value), `${hex(value)}/0xffffffff`];
  const mask = r.pick([value, 0xff, 0x10000, r.between(0, 0xfffffffe)]);
  return [`${hex(value)}/${hex(mask)}`, `${value}/${mask}`];
}

/** The ways to write a comma-separated set. */
export function list(r: Random, words: readonly string[]): string[] {
  const chosen = r.some(words);
  return [chosen.join(','), r.shuffle(chosen).join(','), [...chosen, chosen[0]].join(',')];
}

/** Read by iptables from the word after them; every other option takes a value glued to it as well. */
const APART = ['-s', '--source', '--src', '-d', '--destination', '--dst', '-i', '-o', '-p'];

/** Puts the option in front of every spelling. */
export const after = (flag: string, spellings: Spellings): string[] => [
  ...spellings.map((s) => `${flag} ${s}`),
  ...(APART.includes(flag) ? [] : spellings.slice(-1).map((s) => `${flag}=${s}`)),
];

/** Negates now and then. */
export const maybeNot = (r: Random, spellings: Spellings): string[] =>
  r.chance(30) ? spellings.map((s) => `! ${s}`) : [...spellings];

export function ipv4(r: Random): string {
  return r.pick([
    '10.0.0.1',
    '192.168.15.2',
    '127.0.0.11',
    '224.0.0.1',
    [0, 0, 0, 0].map(() => r.below(256)).join('.'),
  ]);
}

export function ipv6(r: Random): string {
  const groups = Array.from({ length: 8 }, () => (r.chance(40) ? 0 : r.below(0x10000)));
  return r.pick(['2001:db8::1', 'fe80::1', 'ff02::1', '::1', groups.map((g) => g.toString(16)).join(':')]);
}

const dotted = (prefix: number): string => {
  const mask = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
  return [24, 16, 8, 0].map((shift) => (mask >>> shift) & 255).join('.');
};

/** The ways to write a network. */
export function network(r: Random, family: 'ipv4' | 'ipv6'): string[] {
  if (family === 'ipv6') {
    const address = ipv6(r);
    const prefix = r.pick([128, 64, 32, 10, r.between(1, 128)]);
    const upper = address.toUpperCase();
    return [`${address}/${prefix}`, `${upper}/${prefix}`, ...(prefix === 128 ? [address, upper] : [])];
  }
  const address = ipv4(r);
  const prefix = r.pick([32, 24, 16, 8, r.between(1, 32)]);
  const more = prefix === 32 ? [address] : [];
  return [`${address}/${prefix}`, `${address}/${dotted(prefix)}`, ...more];
}

/** Ports that go through getaddrinfo, which knows names and decimal numbers only. */
export const decimal = (spellings: Spellings): Spellings =>
  spellings.filter((s) => !/(?:^|[ :])0[0-9x]/.test(s));

/** A number or a range. */
export const numbers = (r: Random, max: number): string[] => {
  const low = r.below(max);
  const high = r.between(low, max);
  return r.chance(50) ? [String(low), `${low}:${low}`] : [`${low}:${high}`];
};
