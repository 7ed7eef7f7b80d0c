import { extension, type Node, negatable, option, required, type Value } from '../grammar.ts';
import { addressRange } from '../values/address.ts';
import { setOf } from '../values/list.ts';
import { present } from '../values/present.ts';

const types = setOf(
  [
    'UNSPEC',
    'UNICAST',
    'LOCAL',
    'BROADCAST',
    'ANYCAST',
    'MULTICAST',
    'BLACKHOLE',
    'UNREACHABLE',
    'PROHIBIT',
    'THROW',
    'NAT',
    'XRESOLVE',
  ] as const,
  { abbreviated: true },
);

export const addrtype = extension(
  'addrtype',
  {
    sourceTypes: negatable(option('--src-type', types)),
    destinationTypes: negatable(option('--dst-type', types)),
    limitInInterface: option('--limit-iface-in', present),
    limitOutInterface: option('--limit-iface-out', present),
  },
  { lacks: (m) => (m.sourceTypes || m.destinationTypes ? undefined : '--src-type or --dst-type') },
);
export type AddrtypeMatch = Node<typeof addrtype>;

export const iprange = extension(
  'iprange',
  {
    source: negatable(option('--src-range', addressRange)),
    destination: negatable(option('--dst-range', addressRange)),
  },
  { lacks: (m) => (m.source || m.destination ? undefined : '--src-range or --dst-range') },
);
export type IprangeMatch = Node<typeof iprange>;

const MAC = /^[0-9a-fA-F]{1,2}(?::[0-9a-fA-F]{1,2}){5}$/;

const macAddress: Value<string> = {
  words: 1,
  expected: 'a MAC address such as 00:11:22:aa:bb:cc',
  read: (text) => (MAC.test(text) ? text : undefined),
  write: (text) => text,
  normal: (text) =>
    text
      .split(':')
      .map((byte) => byte.toLowerCase().padStart(2, '0'))
      .join(':'),
};

export const mac = extension('mac', { source: required(negatable(option('--mac-source', macAddress))) });
export type MacMatch = Node<typeof mac>;
