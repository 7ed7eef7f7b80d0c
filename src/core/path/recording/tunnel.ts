/** Which tunnel: its kind, and its number in the kind's own header (of VXLAN the VNI). */
export interface Tunnel {
  kind: 'vxlan';
  id: string;
}

/** The packet between the two ends of a tunnel. */
export interface Carrier extends Tunnel {
  /**
   * The probe's packet, or a question for an address that has to be answered first, or its answer; a later fragment of
   * such a packet, or an ICMP error about one.
   */
  carries: 'packet' | 'question' | 'answer' | 'fragment' | 'error';
  protocol: string;
  /** Bytes of the outer packet. */
  length: number;
}
