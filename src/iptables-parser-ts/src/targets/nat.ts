import { extension, type Node, option, required } from '../grammar.ts';
import { prefixNetwork } from '../values/address.ts';
import { natPorts, natRange } from '../values/nat-range.ts';
import { present } from '../values/present.ts';

const random = option('--random', present);
const randomFully = option('--random-fully', present);
const persistent = option('--persistent', present);

/** Rewrites where the packet goes. */
export const dnat = extension('DNAT', {
  to: required(option('--to-destination', natRange(true))),
  random,
  persistent,
});
export type DnatTarget = Node<typeof dnat>;

/** Rewrites where the packet seems to come from. */
export const snat = extension('SNAT', {
  to: required(option('--to-source', natRange(false))),
  random,
  randomFully,
  persistent,
});
export type SnatTarget = Node<typeof snat>;

/** SNAT to the address of the interface the packet leaves by. */
export const masquerade = extension('MASQUERADE', {
  ports: option('--to-ports', natPorts),
  random,
  randomFully,
});
export type MasqueradeTarget = Node<typeof masquerade>;

/** DNAT to this machine. */
export const redirect = extension('REDIRECT', { ports: option('--to-ports', natPorts), random });
export type RedirectTarget = Node<typeof redirect>;

/** Maps a whole network onto another, address by address. */
export const netmap = extension('NETMAP', { to: required(option('--to', prefixNetwork)) });
export type NetmapTarget = Node<typeof netmap>;
