import type { Value } from '../grammar.ts';
import { itemOf } from './list.ts';

/** In the order of their numbers (RFC 9260, 5061, 3758). */
const CHUNKS = [
  'DATA',
  'INIT',
  'INIT_ACK',
  'SACK',
  'HEARTBEAT',
  'HEARTBEAT_ACK',
  'ABORT',
  'SHUTDOWN',
  'SHUTDOWN_ACK',
  'ERROR',
  'COOKIE_ECHO',
  'COOKIE_ACK',
  'ECN_ECNE',
  'ECN_CWR',
  'SHUTDOWN_COMPLETE',
  'ASCONF_ACK',
  'FORWARD_TSN',
  'ASCONF',
] as const;
export type SctpChunk = (typeof CHUNKS)[number];

/** The flags of those chunks that have any, from the highest bit. */
const FLAGS: Partial<Record<SctpChunk, string>> = { DATA: 'IUBE', ABORT: 'T', SHUTDOWN_COMPLETE: 'T' };

/** How many of the chunks a packet has to hold. */
const AMOUNTS = ['all', 'any', 'only'] as const;

export interface SctpChunks {
  amount: (typeof AMOUNTS)[number];
  /** Flags in upper case have to be set, those in lower case have to be clear. */
  chunks: 'ALL' | { name: SctpChunk; flags?: string }[];
}

function readChunks(text: string): SctpChunks['chunks'] | undefined {
  const all = text.toUpperCase();
  if (all === 'ALL') return 'ALL';
  if (all === 'NONE') return [];
  const chunks: { name: SctpChunk; flags?: string }[] = [];
  // strtok in libxt_sctp.c passes over empty words.
  for (const word of text.split(',').filter(Boolean)) {
    const colon = word.indexOf(':');
    const name = itemOf(CHUNKS, (colon < 0 ? word : word.slice(0, colon)).toUpperCase());
    const flags = colon < 0 ? '' : word.slice(colon + 1);
    if (name === undefined) return undefined;
    for (const flag of flags.toUpperCase()) if (!FLAGS[name]?.includes(flag)) return undefined;
    chunks.push(flags === '' ? { name } : { name, flags });
  }
  return chunks;
}

/** Each chunk once, in the order of the numbers; a flag asked for both set and clear is set. */
function sorted(chunks: Exclude<SctpChunks['chunks'], 'ALL'>): SctpChunks['chunks'] {
  return CHUNKS.flatMap((name) => {
    const own = chunks.filter((chunk) => chunk.name === name);
    if (own.length === 0) return [];
    const given = own.map(({ flags = '' }) => flags).join('');
    const flags = [...(FLAGS[name] ?? '')]
      .map((flag) =>
        given.includes(flag) ? flag : given.includes(flag.toLowerCase()) ? flag.toLowerCase() : '',
      )
      .join('');
    return [flags === '' ? { name } : { name, flags }];
  });
}

const write = (chunks: SctpChunks['chunks']): string => {
  if (chunks === 'ALL') return 'ALL';
  const words = chunks.map(({ name, flags }) => (flags === undefined ? name : `${name}:${flags}`));
  return words.length === 0 ? 'NONE' : words.join(',');
};

export const sctpChunks: Value<SctpChunks> = {
  words: 2,
  expected: `${AMOUNTS.join(', ')}, then a comma-separated list of chunks (INIT,DATA:Be), ALL or NONE`,
  read: (first, second) => {
    const amount = itemOf(AMOUNTS, first.toLowerCase());
    const chunks = readChunks(second);
    return amount && chunks && { amount, chunks };
  },
  write: ({ amount, chunks }) => `${amount} ${write(chunks)}`,
  normal: ({ amount, chunks }) => ({ amount, chunks: chunks === 'ALL' ? chunks : sorted(chunks) }),
};
