/** A rule whose counter is not what it was before the probe. */
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
