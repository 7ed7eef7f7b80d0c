import type { Reason } from '../../verdict/reasons.ts';
import type { Values } from '../../verdict/verdict.ts';

/** What is wrong, where, and the values its words need. */
export interface Finding {
  reason: Reason;
  node: string;
  object: string | null;
  values: Values;
}
