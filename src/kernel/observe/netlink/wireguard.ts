import type { WireguardPeer } from '../../../core/state/observation.ts';
import { type Attributes, attributesOf, listOf, numberOf, viewOf } from '../../trace/netlink.ts';
import { u8, u16, u32 } from './messages.ts';
import { addressText } from './texts.ts';

/** WGDEVICE_A_..., WGPEER_A_..., WGALLOWEDIP_A_... (linux/wireguard.h). The private key and shared ones are not read. */
const own = { index: 1, key: 4, port: 6, mark: 7, peers: 8 } as const;
const peer = { key: 1, endpoint: 4, allowed: 9 } as const;
const allowedIp = { address: 2, length: 3 } as const;

interface ToldWireguard {
  index: number;
  /** In the words of `wg set`. */
  details: Record<string, string>;
  peers: WireguardPeer[];
}

/** One message about an interface; one with many peers comes in several, which may each have a part of a peer. */
export function wireguardIn(body: Uint8Array): ToldWireguard | null {
  const attributes = attributesOf(body.subarray(4));
  const index = u32(attributes.get(own.index));
  if (index === undefined) return null;
  const details = {
    'public-key': keyIn(attributes.get(own.key)),
    'listen-port': u16(attributes.get(own.port)),
  };
  const mark = u32(attributes.get(own.mark)) ?? 0;
  const set = Object.entries({ ...details, fwmark: mark === 0 ? undefined : `0x${mark.toString(16)}` });
  return {
    index,
    details: Object.fromEntries(
      set.flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
    ),
    peers: listOf(attributes.get(own.peers)).map((each) => peerIn(attributesOf(each))),
  };
}

function peerIn(attributes: Attributes): WireguardPeer {
  return {
    key: keyIn(attributes.get(peer.key)) ?? '',
    endpoint: endpointIn(attributes.get(peer.endpoint)),
    allowed: listOf(attributes.get(peer.allowed)).flatMap((each) => {
      const one = attributesOf(each);
      const [address, length] = [one.get(allowedIp.address), u8(one.get(allowedIp.length))];
      return address === undefined || length === undefined ? [] : [`${addressText(address)}/${length}`];
    }),
  };
}

const keyIn = (bytes: Uint8Array | undefined) =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString('base64');

/** A struct sockaddr_in or sockaddr_in6. */
function endpointIn(bytes: Uint8Array | undefined): WireguardPeer['endpoint'] {
  if (bytes === undefined || bytes.length < 16) return null;
  const ipv6 = viewOf(bytes).getUint16(0, true) !== 2;
  const address = ipv6 ? bytes.subarray(8, 24) : bytes.subarray(4, 8);
  return { address: addressText(address), port: numberOf(bytes.subarray(2, 4)) ?? 0 };
}
