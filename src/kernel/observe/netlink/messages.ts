import { viewOf } from '../../trace/netlink.ts';

/** Types of rtnetlink's messages (rtnetlink(7)), of nfnetlink's and of sock_diag's. */
export const types = {
  error: 2,
  /** NLMSG_MIN_TYPE: those below are netlink's own. */
  lowest: 16,
  link: 16,
  address: 20,
  route: 24,
  neighbour: 28,
  rule: 32,
  neighbourTable: 64,
  conf: 80,
  socket: 20,
  ipsecState: 0x10,
  ipsecPolicy: 0x13,
  nftTable: 10 << 8,
  nftGeneration: (10 << 8) | 15,
} as const;

/** Address families. */
export const families = { ipv4: 2, bridge: 7, ipv6: 10 } as const;

export interface Message {
  type: number;
  /** Behind the header. */
  body: Uint8Array;
}

/** The messages in the bytes of one read from a socket. */
export function* messagesIn(bytes: Uint8Array): Generator<Message> {
  const view = viewOf(bytes);
  for (let at = 0; at + 16 <= bytes.length; ) {
    const size = view.getUint32(at, true);
    if (size < 16 || at + size > bytes.length) return;
    yield { type: view.getUint16(at + 4, true), body: bytes.subarray(at + 16, at + size) };
    at += (size + 3) & ~3;
  }
}

/** In this computer's byte order, as rtnetlink has them. */
export const s32 = (bytes: Uint8Array | undefined): number | undefined =>
  bytes === undefined || bytes.length < 4
    ? undefined
    : (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16) | ((bytes[3] ?? 0) << 24);
export function u32(bytes: Uint8Array | undefined): number | undefined {
  const value = s32(bytes);
  return value === undefined ? undefined : value >>> 0;
}
export const u16 = (bytes: Uint8Array | undefined): number | undefined =>
  bytes === undefined || bytes.length < 2 ? undefined : (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
export const u8 = (bytes: Uint8Array | undefined): number | undefined => bytes?.[0];
