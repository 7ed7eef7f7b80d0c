import type { Probe } from '../probe/probe.ts';
import { echoSize, ip, nodeName, port } from './terms.ts';

/** The chains of table nat in which the kernel translates. */
export const natChains = ['PREROUTING', 'OUTPUT', 'POSTROUTING', 'INPUT'] as const;
export type NatChain = (typeof natChains)[number];

/** A probe of hoplab's own that is traced: an echo request, or a TCP connection or UDP datagram to a port. */
export interface TracedProbe {
  from: string;
  to: string;
  tcp?: number;
  udp?: number;
  /** Bytes of data of an echo request, as `ping -s` counts them, or of a datagram. */
  size?: number;
}

export const traceArgs = {
  ...{ from: nodeName, to: ip, tcp: port.exactOptional(), udp: port.exactOptional() },
  size: echoSize.exactOptional(),
};

export const oneProtocol = ({ tcp, udp, size }: TracedProbe) =>
  tcp === undefined || (udp === undefined && size === undefined);
export const oneProtocolError = { error: 'expected one of `tcp`, `udp`, and `size` not with `tcp`' };

export function tracedProbe({ from, to, tcp, udp, size }: TracedProbe): Extract<Probe, { kind: 'trace' }> {
  const sized = size === undefined ? {} : { size };
  if (tcp !== undefined) return { kind: 'trace', from, to, probe: { kind: 'tcp', port: tcp } };
  if (udp !== undefined) return { kind: 'trace', from, to, probe: { kind: 'udp', port: udp, ...sized } };
  return { kind: 'trace', from, to, probe: { kind: 'icmp', ...sized } };
}
