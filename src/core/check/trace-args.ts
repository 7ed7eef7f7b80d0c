import type { Probe } from '../probe/probe.ts';
import { says } from '../text/said.ts';
import { portOf } from '../text/url.ts';
import { echoSize, ip, nodeName, port } from './terms.ts';

/** The chains of table nat in which the kernel translates. */
export const natChains = ['PREROUTING', 'OUTPUT', 'POSTROUTING', 'INPUT'] as const;
export type NatChain = (typeof natChains)[number];

/** A probe of hoplab's own that is traced: an echo request, a TCP connection or UDP datagram to a port, a web page. */
export interface TracedProbe {
  from: string;
  to: string;
  tcp?: number;
  udp?: number;
  /** A web page, whose host `from` knows by the address `to`. */
  http?: string;
  /** Bytes of data of an echo request, as `ping -s` counts them, or of a datagram. */
  size?: number;
}

export const traceArgs = {
  ...{ from: nodeName, to: ip, tcp: port.exactOptional(), udp: port.exactOptional() },
  size: echoSize.exactOptional(),
};

export const oneProtocol = ({ tcp, udp, http, size }: TracedProbe) =>
  [tcp, udp, http].filter((one) => one !== undefined).length < 2 &&
  (size === undefined || (tcp === undefined && http === undefined));
export const oneProtocolError = {
  error: says('one-protocol'),
};

export function tracedProbe({
  from,
  to,
  tcp,
  udp,
  http,
  size,
}: TracedProbe): Extract<Probe, { kind: 'trace' }> {
  const sized = size === undefined ? {} : { size };
  if (tcp !== undefined) return { kind: 'trace', from, to, probe: { kind: 'tcp', port: tcp } };
  if (udp !== undefined) return { kind: 'trace', from, to, probe: { kind: 'udp', port: udp, ...sized } };
  if (http !== undefined)
    return { kind: 'trace', from, to, probe: { kind: 'http', url: http, port: portOf(http) } };
  return { kind: 'trace', from, to, probe: { kind: 'icmp', ...sized } };
}
