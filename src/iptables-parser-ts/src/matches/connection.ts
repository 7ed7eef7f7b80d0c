import { extension, type Node, negatable, option, required, type Value } from '../grammar.ts';
import { protocolNumber } from '../names/protocols.ts';
import { hostOrNetwork } from '../values/address.ts';
import { readInteger } from '../values/integer.ts';
import { oneOf, setOf } from '../values/list.ts';
import { comparedMark } from '../values/mark.ts';
import { numberRange } from '../values/number-range.ts';
import { decimalPortRange } from '../values/port.ts';

const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED'] as const;
const ctstate = setOf([...STATES, 'SNAT', 'DNAT'] as const, { abbreviated: true });
const statuses = setOf(['NONE', 'EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED'] as const, {
  abbreviated: true,
});

/** NONE is no bit of its own: beside others it has no effect. */
const ctstatus: typeof statuses = {
  ...statuses,
  normal: (values) => {
    const bits = values.filter((v) => v !== 'NONE');
    return bits.length === 0 ? ['NONE'] : (statuses.normal?.(bits, 'ipv4') ?? bits);
  },
};

/** Printed as a number and read with regard to case, unlike `-p`. */
const protocol: Value<string> = {
  words: 1,
  expected: 'a protocol number or name',
  read: (text) => {
    const known =
      readInteger(text, 255) !== undefined ||
      (protocolNumber(text) !== undefined && text === text.toLowerCase());
    return known ? text : undefined;
  },
  write: (text) => text,
  normal: (text) => String(readInteger(text, 255) ?? protocolNumber(text)),
};

export const conntrack = extension(
  'conntrack',
  {
    states: negatable(option('--ctstate', ctstate)),
    protocol: negatable(option('--ctproto', protocol)),
    originalSource: negatable(option('--ctorigsrc', hostOrNetwork)),
    originalDestination: negatable(option('--ctorigdst', hostOrNetwork)),
    replySource: negatable(option('--ctreplsrc', hostOrNetwork)),
    replyDestination: negatable(option('--ctrepldst', hostOrNetwork)),
    originalSourcePort: negatable(option('--ctorigsrcport', decimalPortRange)),
    originalDestinationPort: negatable(option('--ctorigdstport', decimalPortRange)),
    replySourcePort: negatable(option('--ctreplsrcport', decimalPortRange)),
    replyDestinationPort: negatable(option('--ctrepldstport', decimalPortRange)),
    status: negatable(option('--ctstatus', ctstatus)),
    /** Seconds the connection has left. */
    expire: negatable(option('--ctexpire', numberRange(0xffffffff))),
    direction: option('--ctdir', oneOf(['ORIGINAL', 'REPLY'], { abbreviated: true })),
  },
  { lacks: (m) => (Object.keys(m).length === 0 ? 'at least one conntrack option' : undefined) },
);
export type ConntrackMatch = Node<typeof conntrack>;

/** The old name of `-m conntrack --ctstate`; the kernel keeps it apart only for printing. */
export const state = extension('state', {
  states: required(negatable(option('--state', setOf(STATES, { abbreviated: true })))),
});
export type StateMatch = Node<typeof state>;

export const mark = extension('mark', { mark: required(negatable(option('--mark', comparedMark))) });
export type MarkMatch = Node<typeof mark>;

export const connmark = extension('connmark', { mark: required(negatable(option('--mark', comparedMark))) });
export type ConnmarkMatch = Node<typeof connmark>;
