import { extension, type Node, option } from '../grammar.ts';
import { integer } from '../values/integer.ts';
import { packetRate, samePacketRate } from '../values/rate.ts';

/** Lets through so many packets per time, after a burst. */
export const limit = extension(
  'limit',
  {
    rate: option('--limit', packetRate),
    burst: option('--limit-burst', integer(10000, 1)),
  },
  {
    stateful: true,
    tidy: (m) => {
      const tidy = { rate: samePacketRate(m.rate ?? { count: 3, unit: 'hour' }) };
      return m.burst === undefined || m.burst === 5 ? tidy : { ...tidy, burst: m.burst };
    },
  },
);
export type LimitMatch = Node<typeof limit>;
