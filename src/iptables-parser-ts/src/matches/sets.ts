import { extension, type Node, negatable, option, required } from '../grammar.ts';
import { counter } from '../values/integer.ts';
import { present } from '../values/present.ts';
import { setReference } from '../values/set-reference.ts';
import { name } from '../values/text.ts';

/** Whether the packet is in an ipset. */
export const set = extension(
  'set',
  {
    set: required(negatable(option('--match-set', setReference, '--set'))),
    returnNomatch: option('--return-nomatch', present),
    updateCounters: negatable(option('--update-counters', present)),
    updateSubcounters: negatable(option('--update-subcounters', present)),
    packetsEqual: negatable(option('--packets-eq', counter)),
    packetsLess: option('--packets-lt', counter),
    packetsGreater: option('--packets-gt', counter),
    bytesEqual: negatable(option('--bytes-eq', counter)),
    bytesLess: option('--bytes-lt', counter),
    bytesGreater: option('--bytes-gt', counter),
  },
  {
    tidy: (m) => {
      const tidy = { ...m };
      // Updating is the default; only its negation is kept.
      if (tidy.updateCounters && !tidy.updateCounters.negated) delete tidy.updateCounters;
      if (tidy.updateSubcounters && !tidy.updateSubcounters.negated) delete tidy.updateSubcounters;
      return tidy;
    },
  },
);
export type SetMatch = Node<typeof set>;

/** iptables-save puts two blanks before the name (iptables `libxt_nfacct.c`). */
const objectName = {
  ...name('the name of an nfacct object', 31),
  write: (text: string): string => ` ${text}`,
};

/** Counts the packet in an nfacct object and matches. */
export const nfacct = extension(
  'nfacct',
  { object: required(option('--nfacct-name', objectName)) },
  { stateful: true },
);
export type NfacctMatch = Node<typeof nfacct>;
