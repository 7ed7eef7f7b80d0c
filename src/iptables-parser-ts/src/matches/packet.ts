import { extension, type Node, negatable, option, required } from '../grammar.ts';
import { bytePattern } from '../values/byte-pattern.ts';
import { integer } from '../values/integer.ts';
import { oneOf } from '../values/list.ts';
import { numberRange } from '../values/number-range.ts';
import { present } from '../values/present.ts';
import { quotedText } from '../values/text.ts';
import { u32Tests } from '../values/u32.ts';

export const length = extension('length', {
  length: required(negatable(option('--length', numberRange(65535)))),
});
export type LengthMatch = Node<typeof length>;

const hops = integer(255);
const exactlyOne = (m: object): string | undefined =>
  Object.keys(m).length === 1 ? undefined : 'exactly one comparison';

const comparisons = (flag: string) => ({
  equal: negatable(option(`${flag}-eq`, hops, flag)),
  less: option(`${flag}-lt`, hops),
  greater: option(`${flag}-gt`, hops),
});

export const ttl = extension('ttl', comparisons('--ttl'), { lacks: exactlyOne });
export type TtlMatch = Node<typeof ttl>;

/** The hop limit of an IPv6 packet. */
export const hl = extension('hl', comparisons('--hl'), { lacks: exactlyOne });
export type HlMatch = Node<typeof hl>;

/** Tests on 32-bit words of the packet, in the kernel's own small language. */
export const u32 = extension('u32', { tests: required(negatable(option('--u32', u32Tests))) });
export type U32Match = Node<typeof u32>;

/** A text looked for in the packet. Exactly one of `text` and `hex` is there. */
export const string = extension(
  'string',
  {
    text: negatable(option('--string', bytePattern.text)),
    hex: negatable(option('--hex-string', bytePattern.hex)),
    algorithm: required(option('--algo', oneOf(['bm', 'kmp']))),
    from: option('--from', integer(65535)),
    to: option('--to', integer(65535)),
    ignoreCase: option('--icase', present),
  },
  {
    lacks: (m) => (Boolean(m.text) === Boolean(m.hex) ? 'either --string or --hex-string' : undefined),
    tidy: (m) => {
      const { text, hex, ...rest } = m;
      const pattern = hex ?? text;
      if (rest.from === 0) delete rest.from;
      if (rest.to === 65535) delete rest.to;
      if (pattern === undefined) return m;
      const bytes = hex ? bytePattern.fromHex(hex.value) : bytePattern.fromText(pattern.value);
      const printed = { negated: pattern.negated, value: bytes.value };
      return bytes.printable ? { text: printed, ...rest } : { hex: printed, ...rest };
    },
  },
);
export type StringMatch = Node<typeof string>;

/** A remark; it matches every packet. */
export const comment = extension('comment', {
  comment: required(option('--comment', quotedText('a comment of at most 255 bytes', 255))),
});
export type CommentMatch = Node<typeof comment>;
