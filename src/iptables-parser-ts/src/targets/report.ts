import { extension, type Node, option, type Value } from '../grammar.ts';
import { integer, readInteger } from '../values/integer.ts';
import { numberRange } from '../values/number-range.ts';
import { present } from '../values/present.ts';
import { quotedText } from '../values/text.ts';

const LEVELS = ['emerg', 'alert', 'crit', 'error', 'warning', 'notice', 'info', 'debug'];
const LEVEL_NAMES = new Map([...LEVELS.map((name, i) => [name, i] as const), ['panic', 0] as const]);

const logLevel: Value<number> = {
  words: 1,
  expected: `a level from 0 to 7 or one of ${LEVELS.join(', ')}`,
  read: (text) => readInteger(text, 7) ?? LEVEL_NAMES.get(text),
  write: String,
};

/** Writes the packet's headers to the kernel log. */
export const log = extension(
  'LOG',
  {
    prefix: option('--log-prefix', quotedText('a prefix of 1 to 29 characters', Number.POSITIVE_INFINITY, 1)),
    level: option('--log-level', logLevel),
    tcpSequence: option('--log-tcp-sequence', present),
    tcpOptions: option('--log-tcp-options', present),
    ipOptions: option('--log-ip-options', present),
    uid: option('--log-uid', present),
    macDecode: option('--log-macdecode', present),
  },
  {
    tidy: ({ level, prefix, ...t }) => ({
      ...t,
      ...(level === undefined || level === 4 ? {} : { level }),
      // The kernel keeps 29 characters and drops the rest (LOG, iptables-extensions(8)).
      ...(prefix === undefined ? {} : { prefix: prefix.slice(0, 29) }),
    }),
  },
);
export type LogTarget = Node<typeof log>;

/** Sends the packet to a program listening on a netlink group. */
export const nflog = extension(
  'NFLOG',
  {
    prefix: option(
      '--nflog-prefix',
      quotedText('a prefix of 1 to 64 characters', Number.POSITIVE_INFINITY, 1),
    ),
    group: option('--nflog-group', integer(65535)),
    /** Accepted by iptables, without effect. */
    range: option('--nflog-range', integer()),
    size: option('--nflog-size', integer()),
    threshold: option('--nflog-threshold', integer(65535)),
  },
  {
    tidy: ({ group, range, threshold, ...t }) => ({
      ...t,
      ...(group ? { group } : {}),
      ...(range ? { range } : {}),
      ...(threshold ? { threshold } : {}),
    }),
  },
);
export type NflogTarget = Node<typeof nflog>;

/** Asks a program for the verdict. */
export const nfqueue = extension(
  'NFQUEUE',
  {
    queue: option('--queue-num', integer(65535)),
    /** Spread over several queues. */
    balance: option('--queue-balance', numberRange(65535)),
    bypass: option('--queue-bypass', present),
    cpuFanout: option('--queue-cpu-fanout', present),
  },
  {
    lacks: (t) => {
      if (t.queue !== undefined && t.balance) return 'either --queue-num or --queue-balance';
      if (t.balance && t.balance.from === t.balance.to) return 'at least two queues to balance over';
      return t.cpuFanout && !t.balance ? '--queue-balance with --queue-cpu-fanout' : undefined;
    },
    tidy: (t) => (t.balance ? t : { ...t, queue: t.queue ?? 0 }),
  },
);
export type NfqueueTarget = Node<typeof nfqueue>;

/** Shows the packet's way through the rules in the trace log. */
export const trace = extension('TRACE', {});
export type TraceTarget = Node<typeof trace>;
