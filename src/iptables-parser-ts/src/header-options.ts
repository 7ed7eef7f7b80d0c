import type { Value } from './grammar.ts';
import { protocolNumber } from './names/protocols.ts';
import type { Rule } from './tree.ts';
import { isNetwork } from './values/address.ts';
import { readInteger } from './values/integer.ts';
import { interfaceName } from './values/interface.ts';
import { present } from './values/present.ts';

/** The parts of a rule that belong to no extension. */
type HeaderKey = 'source' | 'destination' | 'inInterface' | 'outInterface' | 'protocol' | 'fragment';

const ADDRESS = 'an address or network (10.0.0.0/8, 2001:db8::/32)';

/** iptables takes several addresses at once and makes a rule of each; they stay together as written here. */
const networks: Value<string> = {
  words: 1,
  expected: ADDRESS,
  read: (text) => (text.split(',').every(isNetwork) ? text : undefined),
  write: (text) => text,
};

const protocol: Value<string> = {
  words: 1,
  expected: 'a protocol name or number from 0 to 255',
  read: (text) =>
    protocolNumber(text) !== undefined || readInteger(text, 255) !== undefined ? text : undefined,
  write: (text) => text,
};

/** In the order iptables-save prints them. */
export const HEADER: readonly (readonly [key: HeaderKey, flag: string, value: Value<never>])[] = (
  [
    ['source', '-s', networks],
    ['destination', '-d', networks],
    ['inInterface', '-i', interfaceName],
    ['outInterface', '-o', interfaceName],
    ['protocol', '-p', protocol],
    ['fragment', '-f', present],
  ] as const satisfies readonly (readonly [HeaderKey & keyof Rule, string, Value<string> | Value<true>])[]
).map(([key, flag, value]) => [key, flag, value as unknown as Value<never>] as const);

/** Every spelling of an option that stands outside the extensions, and the short one it means. */
export const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...[
    '-A',
    '-I',
    '-D',
    '-C',
    '-R',
    '-s',
    '-d',
    '-i',
    '-o',
    '-p',
    '-f',
    '-m',
    '-j',
    '-g',
    '-c',
    '-t',
    '-w',
    '-v',
    '-n',
  ]
    .concat('-4', '-6')
    .map((flag) => [flag, flag] as const),
  ['--append', '-A'],
  ['--insert', '-I'],
  ['--delete', '-D'],
  ['--check', '-C'],
  ['--replace', '-R'],
  ['--source', '-s'],
  ['--src', '-s'],
  ['--destination', '-d'],
  ['--dst', '-d'],
  ['--in-interface', '-i'],
  ['--out-interface', '-o'],
  ['--protocol', '-p'],
  ['--proto', '-p'],
  ['--fragment', '-f'],
  ['--match', '-m'],
  ['--jump', '-j'],
  ['--goto', '-g'],
  ['--set-counters', '-c'],
  ['--table', '-t'],
  ['--wait', '-w'],
  ['--verbose', '-v'],
  ['--numeric', '-n'],
  ['--ipv4', '-4'],
  ['--ipv6', '-6'],
]);

export const headerOf = (flag: string) => HEADER.find(([, short]) => short === flag);
