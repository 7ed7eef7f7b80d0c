import { extension, type Node, option, required, type Value } from '../grammar.ts';
import { host } from '../values/address.ts';
import { integer, readInteger } from '../values/integer.ts';
import { interfaceName } from '../values/interface.ts';
import { setOf } from '../values/list.ts';
import { present } from '../values/present.ts';
import { setReference } from '../values/set-reference.ts';
import { name } from '../values/text.ts';

/** Changes the largest segment a TCP connection announces. */
export const tcpmss = extension(
  'TCPMSS',
  { set: option('--set-mss', integer(65535)), clampToPmtu: option('--clamp-mss-to-pmtu', present) },
  {
    lacks: (t) =>
      (t.set === undefined) === (t.clampToPmtu === undefined)
        ? '--set-mss or --clamp-mss-to-pmtu'
        : undefined,
  },
);
export type TcpmssTarget = Node<typeof tcpmss>;

/** Sends a copy of the packet to another machine. */
export const tee = extension('TEE', {
  gateway: required(option('--gateway', host)),
  outInterface: option('--oif', interfaceName),
});
export type TeeTarget = Node<typeof tee>;

const events = setOf([
  'new',
  'related',
  'destroy',
  'reply',
  'assured',
  'protoinfo',
  'helper',
  'mark',
  'natseqinfo',
  'secmark',
] as const);

/** A zone number, or `mark` to take it from the packet's mark. */
const zone: Value<number | 'mark'> = {
  words: 1,
  expected: 'a zone from 0 to 65535, or mark',
  read: (text) => (text === 'mark' ? text : readInteger(text, 65535)),
  write: String,
};

/** Sets how connection tracking will treat the packet. */
export const ct = extension(
  'CT',
  {
    notrack: option('--notrack', present),
    helper: option('--helper', name('the name of a helper, at most 15 bytes', 15)),
    timeout: option('--timeout', name('the name of a timeout policy, at most 31 bytes', 31)),
    events: option('--ctevents', events),
    expectedEvents: option('--expevents', setOf(['new'] as const)),
    zoneOriginal: option('--zone-orig', zone),
    zoneReply: option('--zone-reply', zone),
    zone: option('--zone', zone),
  },
  {
    lacks: ({ zone: both, zoneOriginal, zoneReply }) =>
      new Set([both, zoneOriginal, zoneReply].filter((z) => z !== undefined)).size > 1
        ? 'one zone for both directions'
        : undefined,
    // The kernel keeps one zone and which directions it is for; zone 0 is the one all packets are in.
    tidy: ({ zone: both, zoneOriginal, zoneReply, ...t }) => {
      const id = both ?? zoneOriginal ?? zoneReply;
      if (!id) return t;
      if ((zoneOriginal === undefined) === (zoneReply === undefined)) return { ...t, zone: id };
      return zoneOriginal === undefined ? { ...t, zoneReply: id } : { ...t, zoneOriginal: id };
    },
  },
);
export type CtTarget = Node<typeof ct>;

/** `-j CT --notrack` under its old name. */
export const notrack = extension('NOTRACK', {});
export type NotrackTarget = Node<typeof notrack>;

/** Adds the packet to an ipset, takes it out, or takes values from its entry. */
export const set = extension(
  'SET',
  {
    add: option('--add-set', setReference),
    exist: option('--exist', present),
    timeout: option('--timeout', integer(0xfffffffe)),
    delete: option('--del-set', setReference),
    map: option('--map-set', setReference),
    mapMark: option('--map-mark', present),
    mapPriority: option('--map-prio', present),
    mapQueue: option('--map-queue', present),
  },
  { lacks: (t) => (t.add || t.delete || t.map ? undefined : '--add-set, --del-set or --map-set') },
);
export type SetTarget = Node<typeof set>;
