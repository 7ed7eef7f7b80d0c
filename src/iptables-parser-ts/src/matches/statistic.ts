import { extension, type Node, negatable, option, required, type Value } from '../grammar.ts';
import { integer } from '../values/integer.ts';
import { oneOf } from '../values/list.ts';
import { probability, roundProbability } from '../values/probability.ts';

const nth: Value<number> = integer(0xffffffff, 1);

/** A share of the packets, by chance or by counting. */
export const statistic = extension(
  'statistic',
  {
    mode: required(option('--mode', oneOf(['random', 'nth']))),
    /** Kept by the kernel in steps of 2^-31. */
    probability: negatable(option('--probability', probability)),
    every: negatable(option('--every', nth)),
    packet: option('--packet', integer()),
  },
  {
    // Counting packets goes on from packet to packet; drawing lots does not.
    stateful: true,
    lacks: (m) => {
      if (m.mode === 'random')
        return m.probability && !m.every ? undefined : '--probability with --mode random';
      return m.every && !m.probability ? undefined : '--every with --mode nth';
    },
    tidy: (m) => {
      if (m.probability)
        return { ...m, probability: { ...m.probability, value: roundProbability(m.probability.value) } };
      return { ...m, packet: m.packet ?? 0 };
    },
  },
);
export type StatisticMatch = Node<typeof statistic>;
