/** The probe of hoplab's own to trace. */
export interface TraceRequest {
  from: string;
  /** An address. */
  to: string;
  probe: TraceProbe;
  /** The connections that a proxy opens for it are followed too. */
  upstream?: true;
}

/** Options of the sending socket: `mark` (SO_MARK) and `tos` (IP_TOS, IPV6_TCLASS). */
export interface SocketOptions {
  mark?: number | undefined;
  tos?: number | undefined;
}

export type TraceProbe =
  /**
   * `size`: bytes of data behind the ICMP header; 56 by default. `mtu`: bytes of the whole packet, which may not be
   * cut into fragments.
   */
  | ({ kind: 'icmp'; size?: number | undefined; mtu?: number | undefined } & SocketOptions)
  /** `sourcePort`: one of the probe's own, unless a connection that exists is to be met. */
  | ({ kind: 'tcp'; port: number; sourcePort?: number | undefined } & SocketOptions)
  /** `size`: bytes of data, and no question of the service then. */
  | ({
      kind: 'udp';
      port: number;
      sourcePort?: number | undefined;
      size?: number | undefined;
    } & SocketOptions)
  | { kind: 'dns'; name: string }
  | { kind: 'http'; url: string; port: number };
