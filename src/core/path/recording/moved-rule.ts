/** A rule whose counter differs from before the probe. */
export interface MovedRule {
  node: string;
  table: string;
  chain: string;
  /** As iptables-save prints it. */
  rule: string;
  /** Packets, before and after. */
  before: number;
  after: number;
}
