import type { Family } from '../family.ts';
import { extension, type Node, negatable, option, required } from '../grammar.ts';
import { burst, limitRate, sameLimitRate } from '../values/hashlimit-rate.ts';
import { integer } from '../values/integer.ts';
import { setOf } from '../values/list.ts';
import { present } from '../values/present.ts';
import { name } from '../values/text.ts';

const milliseconds = integer();

type Sized = {
  tableSize?: number;
  tableMax?: number;
  garbageInterval?: number;
  sourceMask?: number;
  destinationMask?: number;
  rateMatch?: true;
  rateInterval?: number;
};

/**
 * Leaves out values that iptables-save does not print: sizes of 0, the usual interval, and masks of every
 * bit.
 */
function dropDefaults<T extends Sized>(match: T, family: Family): T {
  const tidy = { ...match };
  const full = family === 'ipv6' ? 128 : 32;
  if (tidy.tableSize === 0) delete tidy.tableSize;
  if (tidy.tableMax === 0) delete tidy.tableMax;
  if (tidy.garbageInterval === 1000) delete tidy.garbageInterval;
  if (tidy.sourceMask === full) delete tidy.sourceMask;
  if (tidy.destinationMask === full) delete tidy.destinationMask;
  if (tidy.rateInterval === 1 || !tidy.rateMatch) delete tidy.rateInterval;
  return tidy;
}

/** A limit for each group of packets; `mode` defines a group. */
export const hashlimit = extension(
  'hashlimit',
  {
    upTo: negatable(option('--hashlimit-upto', limitRate, '--hashlimit')),
    above: negatable(option('--hashlimit-above', limitRate)),
    burst: option('--hashlimit-burst', burst),
    mode: option('--hashlimit-mode', setOf(['srcip', 'srcport', 'dstip', 'dstport'] as const)),
    table: required(option('--hashlimit-name', name('the name of a hash table, at most 254 bytes', 254))),
    tableSize: option('--hashlimit-htable-size', integer()),
    tableMax: option('--hashlimit-htable-max', integer()),
    garbageInterval: option('--hashlimit-htable-gcinterval', milliseconds),
    expire: option('--hashlimit-htable-expire', milliseconds),
    sourceMask: option('--hashlimit-srcmask', integer(128)),
    destinationMask: option('--hashlimit-dstmask', integer(128)),
    rateMatch: option('--hashlimit-rate-match', present),
    rateInterval: option('--hashlimit-rate-interval', integer()),
  },
  {
    stateful: true,
    lacks: (m) =>
      Boolean(m.upTo) === Boolean(m.above) ? 'either --hashlimit-upto or --hashlimit-above' : undefined,
    tidy: (m, family) => {
      const { upTo, above, burst: written, expire, ...rest } = dropDefaults(m, family);
      const given = upTo ?? above;
      if (given === undefined) return m;
      const isAbove = Boolean(above) !== given.negated;
      const kept = sameLimitRate(given.value, written, expire);
      return {
        ...rest,
        ...(isAbove
          ? { above: { negated: false, value: kept.rate } }
          : { upTo: { negated: false, value: kept.rate } }),
        ...(kept.burst === undefined ? {} : { burst: kept.burst }),
        ...(kept.expire === undefined ? {} : { expire: kept.expire }),
      };
    },
  },
);
export type HashlimitMatch = Node<typeof hashlimit>;
