import { extension, type Node, negatable, option } from '../grammar.ts';
import { host } from '../values/address.ts';
import { integer } from '../values/integer.ts';
import { present } from '../values/present.ts';
import { name } from '../values/text.ts';

/** Remembers addresses in a named list and asks when they were last seen. */
export const recent = extension(
  'recent',
  {
    set: negatable(option('--set', present)),
    rcheck: negatable(option('--rcheck', present)),
    update: negatable(option('--update', present)),
    remove: negatable(option('--remove', present)),
    seconds: option('--seconds', integer(0xffffffff, 1)),
    reap: option('--reap', present),
    hitcount: option('--hitcount', integer()),
    rttl: option('--rttl', present),
    list: option('--name', name('the name of a list, at most 199 bytes', 199)),
    mask: option('--mask', host),
    source: option('--rsource', present),
    destination: option('--rdest', present),
  },
  {
    stateful: true,
    lacks: (m) =>
      [m.set, m.rcheck, m.update, m.remove].filter(Boolean).length === 1
        ? undefined
        : 'exactly one of --set, --rcheck, --update and --remove',
    tidy: ({ destination, ...m }, family) => ({
      ...m,
      list: m.list ?? 'DEFAULT',
      mask: m.mask ?? (family === 'ipv6' ? 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' : '255.255.255.255'),
      ...(destination ? { destination } : { source: true as const }),
    }),
  },
);
export type RecentMatch = Node<typeof recent>;
