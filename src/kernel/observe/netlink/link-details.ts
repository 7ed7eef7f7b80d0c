import { type Attributes, numberOf } from '../../trace/netlink.ts';
import { u8, u16, u32 } from './messages.ts';
import { addressText } from './texts.ts';

/**
 * The part of a kind's own data that decides about packets, in iproute2's words; timers and counters do not.
 */
interface Own {
  details: Record<string, string>;
  /** The link that it names itself as the one it lies on. */
  below: number | null;
}

type Reader = (attributes: Attributes) => Record<string, string | number | boolean | undefined>;

/** IFLA_BR_..., IFLA_VLAN_..., IFLA_VXLAN_... and so on (linux/if_link.h, linux/if_tunnel.h). */
const readers: Record<string, Reader> = {
  bridge: (attributes) => ({
    forward_delay: u32(attributes.get(1)),
    ageing_time: u32(attributes.get(4)),
    stp_state: u32(attributes.get(5)),
    vlan_filtering: u8(attributes.get(7)),
    mcast_snooping: u8(attributes.get(23)),
  }),
  vlan: (attributes) => ({ protocol: vlanProtocol(numberOf(attributes.get(5))), id: u16(attributes.get(1)) }),
  vxlan: (attributes) => ({
    id: u32(attributes.get(1)),
    ...groupOf(attributes.get(2) ?? attributes.get(16)),
    local: addressOf(attributes.get(4) ?? attributes.get(17)),
    // Its name is known when every link is.
    link: u32(attributes.get(3)) || undefined,
    dstport: numberOf(attributes.get(15)) ?? undefined,
    learning: truth(u8(attributes.get(7))),
  }),
  macvlan: macvlanOf,
  ipvlan: (attributes) => ({ mode: ['l2', 'l3', 'l3s'][u16(attributes.get(1)) ?? 0] }),
  macvtap: macvlanOf,
  gre: greOf,
  gretap: greOf,
  ip6gre: greOf,
  ip6gretap: greOf,
  ipip: endsOf,
  sit: endsOf,
  ip6tnl: endsOf,
};

/** IFLA_MACVLAN_...; the MAC addresses are those of which mode `source` takes frames. */
function macvlanOf(attributes: Attributes): ReturnType<Reader> {
  const mode = macvlanModes[u32(attributes.get(1)) ?? 0];
  const sources = mode === 'source' ? macsIn(attributes.get(5)) : [];
  return { mode, macaddr: sources.length === 0 ? undefined : sources.join(',') };
}

/** Attributes of one type, one behind the other. */
function macsIn(bytes: Uint8Array | undefined): string[] {
  const macs: string[] = [];
  for (let at = 0; bytes !== undefined && at + 10 <= bytes.length; at += 12)
    macs.push(
      Buffer.from(bytes.subarray(at + 4, at + 10))
        .toString('hex')
        .replace(/..(?!$)/g, '$&:'),
    );
  return macs;
}

/** IFLA_GRE_... */
function greOf(attributes: Attributes): ReturnType<Reader> {
  return {
    remote: endOf(attributes.get(7)),
    local: endOf(attributes.get(6)),
    ttl: u8(attributes.get(8)),
    ikey: keyOf(attributes.get(2), attributes.get(4)),
    okey: keyOf(attributes.get(3), attributes.get(5)),
  };
}

/** IFLA_IPTUN_... */
function endsOf(attributes: Attributes): ReturnType<Reader> {
  return { remote: endOf(attributes.get(3)), local: endOf(attributes.get(2)), ttl: u8(attributes.get(4)) };
}

const macvlanModes: Record<number, string> = {
  1: 'private',
  2: 'vepa',
  4: 'bridge',
  8: 'passthru',
  16: 'source',
};

export function detailsOf(kind: string | null, attributes: Attributes): Own {
  const read = kind !== null && Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  const found = Object.entries(read?.(attributes) ?? {});
  const below = kind === 'vxlan' ? u32(attributes.get(3)) : undefined;
  return {
    details: Object.fromEntries(
      found.flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
    ),
    below: below === undefined || below === 0 ? null : below,
  };
}

const truth = (value: number | undefined) => (value === undefined ? undefined : value !== 0);
const vlanProtocol = (number: number | null) =>
  number === 0x8100 ? '802.1Q' : number === 0x88a8 ? '802.1ad' : undefined;
const isZero = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);
const addressOf = (bytes: Uint8Array | undefined) =>
  bytes === undefined || isZero(bytes) ? undefined : addressText(bytes);

/** An end that a tunnel leaves open is `any`. */
const endOf = (bytes: Uint8Array | undefined) =>
  bytes === undefined ? undefined : isZero(bytes) ? 'any' : addressText(bytes);

/** A VXLAN's other end, or the group where it has many. */
function groupOf(bytes: Uint8Array | undefined): { group?: string; remote?: string } {
  const address = addressOf(bytes);
  if (bytes === undefined || address === undefined) return {};
  const many = bytes.length === 4 ? ((bytes[0] ?? 0) & 0xf0) === 0xe0 : bytes[0] === 0xff;
  return many ? { group: address } : { remote: address };
}

/** GRE_KEY among the flags says whether there is one; it is printed as an address. */
const keyOf = (flags: Uint8Array | undefined, key: Uint8Array | undefined) =>
  key === undefined || ((numberOf(flags) ?? 0) & 0x2000) === 0 ? undefined : addressText(key);
