import type { Value } from '../grammar.ts';
import { itemOf } from './list.ts';

const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'] as const;
export type TcpFlag = (typeof FLAGS)[number];

/** The flags that are looked at, and those of them that must be set. */
export interface TcpFlags {
  mask: TcpFlag[];
  set: TcpFlag[];
}

function readFlags(text: string): TcpFlag[] | undefined {
  const flags: TcpFlag[] = [];
  for (const word of text.toUpperCase().split(',')) {
    if (word === 'ALL') flags.push(...FLAGS);
    // strtok in libxt_tcp.c passes over empty words.
    else if (word !== 'NONE' && word !== '') {
      const flag = itemOf(FLAGS, word);
      if (flag === undefined) return undefined;
      flags.push(flag);
    }
  }
  return flags;
}

const sorted = (flags: TcpFlag[]): TcpFlag[] => FLAGS.filter((flag) => flags.includes(flag));
const write = (flags: TcpFlag[]): string => (flags.length === 0 ? 'NONE' : flags.join(','));

export const tcpFlags: Value<TcpFlags> = {
  words: 2,
  expected: `two comma-separated lists of ${FLAGS.join(', ')}, ALL or NONE`,
  read: (first, second) => {
    const mask = readFlags(first);
    const set = readFlags(second);
    return mask && set && { mask, set };
  },
  write: ({ mask, set }) => `${write(mask)} ${write(set)}`,
  normal: ({ mask, set }) => ({ mask: sorted(mask), set: sorted(set) }),
};
