/** What to trace: one probe of hoplab's own. */
export interface TraceRequest {
  from: string;
  /** An address. */
  to: string;
  probe: TraceProbe;
}

export type TraceProbe =
  /** `size`: bytes of data behind the ICMP header; 56 unless told. */
  | { kind: 'icmp'; size?: number | undefined }
  | { kind: 'tcp'; port: number }
  | { kind: 'udp'; port: number }
  | { kind: 'dns'; name: string }
  | { kind: 'http'; url: string; port: number };
