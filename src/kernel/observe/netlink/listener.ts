import type { Listener } from '../../../core/state/observation.ts';
import { attributesOf, numberOf, viewOf } from '../../trace/netlink.ts';
import { families, u8 } from './messages.ts';
import { addressText } from './texts.ts';

/** INET_DIAG_SKV6ONLY; where struct inet_diag_msg ends (linux/inet_diag.h). */
const [onlyIpv6, size] = [11, 72];

/** TCP_ESTABLISHED, which a UDP socket with a peer is in. */
const established = 1;

/** A waiting socket, and the number by which processes hold it. */
export interface ToldListener {
  listener: Listener;
  socket: number;
  /** Of a UDP socket that takes packets of one peer only. */
  peer: string | null;
}

export function listenerIn(
  body: Uint8Array,
  protocol: Listener['protocol'],
  nameOf: (index: number) => string,
): ToldListener | null {
  if (body.length < size) return null;
  const ipv6 = body[0] === families.ipv6;
  const address = body.subarray(8, ipv6 ? 24 : 12);
  const only = u8(attributesOf(body.subarray(size)).get(onlyIpv6)) ?? 0;
  // idiag_rqueue and idiag_wqueue: of a listening socket its backlog, and the most it takes (sk_acceptq_is_full).
  const [waiting, most] = [viewOf(body).getUint32(56, true), viewOf(body).getUint32(60, true)];
  const bound = viewOf(body).getUint32(40, true);
  const any = ipv6 && only === 0 && address.every((byte) => byte === 0);
  return {
    listener: {
      protocol,
      // As ss(8) has it: `*` takes both families.
      address: any ? '*' : addressText(address),
      port: numberOf(body.subarray(4, 6)) ?? 0,
      process: null,
      ...(protocol === 'tcp' && waiting > most ? { waiting } : {}),
      ...(bound === 0 ? {} : { link: nameOf(bound) }),
    },
    socket: viewOf(body).getUint32(68, true),
    peer: body[1] === established ? peerIn(body, ipv6) : null,
  };
}

function peerIn(body: Uint8Array, ipv6: boolean): string {
  const address = addressText(body.subarray(24, ipv6 ? 40 : 28));
  return `${ipv6 ? `[${address}]` : address}:${numberOf(body.subarray(6, 8)) ?? 0}`;
}

/** Lines `socket pid name`, pids rising: of several processes the last one has the name, as in ss(8). */
export function holdersIn(text: string): Map<number, string> {
  const lines = [...text.matchAll(/^(\d{1,10}) \d{1,10} (.{1,64})$/gm)];
  return new Map(lines.map(([, socket = '', name = '']) => [Number(socket), name]));
}
