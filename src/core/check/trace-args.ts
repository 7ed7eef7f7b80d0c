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
  /** Of an echo request: bytes of data, as `ping -s` counts them. */
  size?: number;
}

export const traceArgs = {
  ...{ from: nodeName, to: ip, tcp: port.exactOptional(), udp: port.exactOptional() },
  size: echoSize.exactOptional(),
};

export const oneProtocol = ({ tcp, udp, size }: TracedProbe) =>
  [tcp, udp, size].filter((one) => one !== undefined).length < 2;
export const oneProtocolError = { error: 'expected one of `tcp`, `udp`, `size`' };

export function tracedProbe({ from, to, tcp, udp, size }: TracedProbe): Probe {
  if (tcp !== undefined) return { kind: 'trace', from, to, probe: { kind: 'tcp', port: tcp } };
  if (udp !== undefined) return { kind: 'trace', from, to, probe: { kind: 'udp', port: udp } };
  return { kind: 'trace', from, to, probe: { kind: 'icmp', ...(size === undefined ? {} : { size }) } };
}
