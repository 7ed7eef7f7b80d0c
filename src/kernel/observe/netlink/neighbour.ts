import type { FdbEntry, Neighbour } from '../../../core/state/observation.ts';
import { attributesOf, viewOf } from '../../trace/netlink.ts';
import { families, u16, u32 } from './messages.ts';
import { addressText, hardwareText, neighbourState } from './texts.ts';

/** NDA_... (linux/neighbour.h); NUD_NOARP; NTF_PROXY, NTF_EXT_LEARNED. */
const own = { address: 1, mac: 2, vlan: 5, master: 9 } as const;
const [noArp, kept] = [0x40, 0x08 | 0x10];

/** A name of a link by its number. */
export type NameOf = (index: number) => string;

/**
 * Null for an entry that `ip neighbour` does not list either: on a link without requests, or without a state.
 */
export function neighbourIn(body: Uint8Array, nameOf: NameOf): Neighbour | null {
  const view = viewOf(body);
  const [index, state, flags] = [view.getInt32(4, true), view.getUint16(8, true), body[10] ?? 0];
  if ((state & ~noArp) === 0 && (flags & kept) === 0) return null;
  const attributes = attributesOf(body.subarray(12));
  const [address, mac] = [attributes.get(own.address), attributes.get(own.mac)];
  if (address === undefined) return null;
  return {
    address: addressText(address),
    dev: nameOf(index),
    mac: mac === undefined ? null : hardwareText(mac, 0),
    state: neighbourState(state),
  };
}

/** Null for the address of a group, which every link has. */
export function fdbIn(body: Uint8Array, nameOf: NameOf): FdbEntry | null {
  const view = viewOf(body);
  const attributes = attributesOf(body.subarray(12));
  const mac = attributes.get(own.mac);
  if (body[0] !== families.bridge || mac === undefined || ((mac[0] ?? 0) & 1) === 1) return null;
  const master = u32(attributes.get(own.master));
  const end = attributes.get(own.address);
  return {
    mac: hardwareText(mac, 0),
    dev: nameOf(view.getInt32(4, true)),
    master: master === undefined ? null : nameOf(master),
    dst: end === undefined ? null : addressText(end),
    vlan: u16(attributes.get(own.vlan)) ?? null,
    state: fdbState(view.getUint16(8, true)),
  };
}

/** In `bridge`'s words. */
function fdbState(state: number): string {
  if (state & 0x80) return 'permanent';
  if (state & 0x40) return 'static';
  return state & 0x04 ? 'stale' : '';
}

/** NDTA_PARMS; NDTPA_IFINDEX, NDTPA_MCAST_PROBES. */
const table = { parameters: 6, index: 1, questions: 11 } as const;

/** The setting of a link that asks no question (`mcast_solicit` 0), as a path below /proc/sys/net; null for any other. */
export function unaskingIn(body: Uint8Array, nameOf: NameOf): [path: string, value: string] | null {
  const parameters = attributesOf(attributesOf(body.subarray(4)).get(table.parameters));
  const index = u32(parameters.get(table.index));
  const family = { [families.ipv4]: 'ipv4', [families.ipv6]: 'ipv6' }[body[0] ?? 0];
  if (index === undefined || family === undefined || u32(parameters.get(table.questions)) !== 0) return null;
  return [`${family}/neigh/${nameOf(index)}/mcast_solicit`, '0'];
}
