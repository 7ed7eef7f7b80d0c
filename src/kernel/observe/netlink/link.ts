import type { Link } from '../../../core/state/observation.ts';
import { type Attributes, attributesOf, textOf, viewOf } from '../../trace/netlink.ts';
import { detailsOf } from './link-details.ts';
import { s32, u32 } from './messages.ts';
import { portOf } from './port.ts';
import { hardwareText, loopback } from './texts.ts';

/** IFLA_... (linux/if_link.h). */
const own = {
  ...{ address: 1, name: 3, mtu: 4, link: 5, queue: 6, master: 10, info: 18, families: 26, netns: 37 },
  ...{ kind: 1, data: 2, portKind: 4, portData: 5 },
} as const;
/** IFF_... */
const [up, noArp, lowerUp] = [1, 0x80, 0x10000];

/** A link as its own namespace reports it: others are still numbers. */
export interface ToldLink {
  link: Link;
  master: number | null;
  /** The other end of a veth pair, or the link below, and the number by which this namespace knows the other one. */
  other: { index: number; nsid: number | null } | null;
  /** A tunnel's `dev`, as its own data names it. */
  below: number | null;
  /** IFLA_INET_CONF and IFLA_INET6_CONF; undefined where the link has none of the family. */
  conf: { ipv4: Uint8Array | undefined; ipv6: Uint8Array | undefined };
}

/** Kinds that resolve addresses unless they are told not to; tunnels and loopback have IFF_NOARP from the start. */
const asking = ['veth', 'bridge', 'macvlan', 'dummy', 'vlan', 'physical'];

export function linkIn(body: Uint8Array): ToldLink {
  const view = viewOf(body);
  const [device, index, flags] = [view.getUint16(2, true), view.getInt32(4, true), view.getUint32(8, true)];
  const attributes = attributesOf(body.subarray(16));
  const info = attributesOf(attributes.get(own.info));
  const kind = info.get(own.kind) === undefined ? null : textOf(info.get(own.kind));
  const { details, below } = detailsOf(kind, attributesOf(info.get(own.data)));
  const address = attributes.get(own.address);
  const port =
    textOf(info.get(own.portKind)) === 'bridge' ? portOf(attributesOf(info.get(own.portData))) : null;
  const link: Link = {
    name: textOf(attributes.get(own.name)),
    index,
    kind: kind ?? (device === loopback ? 'loopback' : 'physical'),
    mac: address === undefined ? '' : hardwareText(address, device),
    mtu: u32(attributes.get(own.mtu)) ?? 0,
    up: (flags & up) !== 0,
    carrier: (flags & lowerUp) !== 0,
    master: null,
    peer: null,
    lower: null,
    details:
      (flags & noArp) !== 0 && asking.includes(kind ?? 'physical') ? { ...details, arp: 'off' } : details,
    port,
    queue: textOf(attributes.get(own.queue)) || 'noqueue',
    addresses: [],
  };
  const families = attributesOf(attributes.get(own.families));
  return {
    link,
    master: u32(attributes.get(own.master)) ?? null,
    other: otherOf(attributes, below),
    below,
    conf: { ipv4: attributesOf(families.get(2)).get(1), ipv6: attributesOf(families.get(10)).get(2) },
  };
}

function otherOf(attributes: Attributes, below: number | null): ToldLink['other'] {
  const index = u32(attributes.get(own.link));
  if (index !== undefined && index !== 0) return { index, nsid: s32(attributes.get(own.netns)) ?? null };
  return below === null ? null : { index: below, nsid: s32(attributes.get(own.netns)) ?? null };
}
