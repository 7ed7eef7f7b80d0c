import type { Reason } from '../../verdict/reasons.ts';
import type { Values } from '../../verdict/verdict.ts';

/** A fault: its reason, its place, and the values that its words need. */
export interface Finding {
  reason: Reason;
  node: string;
  object: string | null;
  values: Values;
}
