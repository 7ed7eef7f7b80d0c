import { extension, type Node, negatable, option, required, type Value } from '../grammar.ts';
import { ICMP_TYPES, ICMP6_TYPES, type IcmpType } from '../names/icmp-types.ts';
import { readInteger } from '../values/integer.ts';

/** A name may be cut short as long as it means one name. */
function byName(names: ReadonlyMap<string, IcmpType>, text: string): IcmpType | undefined {
  const word = text.toLowerCase();
  const exact = names.get(word);
  if (exact) return { ...exact };
  const found = word === '' ? [] : [...names].filter(([name]) => name.startsWith(word));
  return found.length === 1 && found[0] ? { ...found[0][1] } : undefined;
}

function icmpType(names: ReadonlyMap<string, IcmpType>, any: number | undefined): Value<IcmpType> {
  return {
    words: 1,
    expected: 'an ICMP type: a number (8), type/code (3/1) or a name such as echo-request',
    read: (text) => {
      if (!/^[0-9]/.test(text)) return byName(names, text);
      const slash = text.indexOf('/');
      const type = readInteger(slash < 0 ? text : text.slice(0, slash), 255);
      const code = slash < 0 ? undefined : readInteger(text.slice(slash + 1), 255);
      if (type === undefined || (slash >= 0 && code === undefined)) return undefined;
      return code === undefined ? { type } : { type, code };
    },
    write: ({ type, code }) => {
      if (type === any && code === undefined) return 'any';
      return code === undefined ? `${type}` : `${type}/${code}`;
    },
    normal: (value) => (value.type === any ? { type: value.type } : value),
  };
}

/** Type 255 stands for any type (`libxt_icmp.h`). */
export const icmp = extension('icmp', {
  type: required(negatable(option('--icmp-type', icmpType(ICMP_TYPES, 255)))),
});
export type IcmpMatch = Node<typeof icmp>;

export const icmp6 = extension('icmp6', {
  type: required(negatable(option('--icmpv6-type', icmpType(ICMP6_TYPES, undefined)))),
});
export type Icmp6Match = Node<typeof icmp6>;
