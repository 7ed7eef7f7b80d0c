import { extension, type Node, option, type Value } from '../grammar.ts';
import { NF_REJECT, NF_REJECT6 } from '../names/reject-types.ts';

/** Lets the packet pass; no further rule of the table sees it at this hook. */
export const accept = extension('ACCEPT', {});
export type AcceptTarget = Node<typeof accept>;

/** Throws the packet away silently. */
export const drop = extension('DROP', {});
export type DropTarget = Node<typeof drop>;

/** Goes back to the calling chain, or to the policy of a base chain. */
export const returnTarget = extension('RETURN', {});
export type ReturnTarget = Node<typeof returnTarget>;

/** Names may be cut short, and the first that begins with the word is meant; the list goes by family. */
const rejectWith: Value<string> = {
  words: 1,
  expected: `one of ${[...NF_REJECT.keys(), ...NF_REJECT6.keys()].join(', ')}`,
  read: (text) => (fullName(text, 'ipv4') || fullName(text, 'ipv6') ? text : undefined),
  write: (text) => text,
  normal: (text, family) => fullName(text, family) ?? text,
};

function fullName(text: string, family: 'ipv4' | 'ipv6'): string | undefined {
  const word = text.toLowerCase();
  if (word === '') return undefined;
  for (const [name, alias] of family === 'ipv6' ? NF_REJECT6 : NF_REJECT) {
    if (name.startsWith(word) || alias.startsWith(word)) return name;
  }
  return undefined;
}

/** Drops the packet and sends an error to the sender. */
export const reject = extension(
  'REJECT',
  { with: option('--reject-with', rejectWith) },
  {
    tidy: (t, family) => ({
      with: t.with ?? (family === 'ipv6' ? 'icmp6-port-unreachable' : 'icmp-port-unreachable'),
    }),
  },
);
export type RejectTarget = Node<typeof reject>;
