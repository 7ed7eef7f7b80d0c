import type { Probe } from '../probe/probe.ts';
import { ip, nodeName, port } from './terms.ts';

/** The chains of table nat in which the kernel translates. */
export const natChains = ['PREROUTING', 'OUTPUT', 'POSTROUTING', 'INPUT'] as const;
export type NatChain = (typeof natChains)[number];

/** A probe of hoplab's own that is traced: an echo request, or a TCP connection or UDP datagram to a port. */
export interface TracedProbe {
  from: string;
  to: string;
  tcp?: number;
  udp?: number;
}

export const traced = { from: nodeName, to: ip, tcp: port.exactOptional(), udp: port.exactOptional() };

export const oneProtocol = ({ tcp, udp }: TracedProbe) => tcp === undefined || udp === undefined;
export const oneProtocolError = { error: 'expected `tcp` or `udp`' };

export function tracedProbe({ from, to, tcp, udp }: TracedProbe): Probe {
  if (tcp !== undefined) return { kind: 'trace', from, to, probe: { kind: 'tcp', port: tcp } };
  if (udp !== undefined) return { kind: 'trace', from, to, probe: { kind: 'udp', port: udp } };
  return { kind: 'trace', from, to, probe: { kind: 'icmp' } };
}
