import type { ExplainedVerdict } from '../../protocol/values/verdict.ts';

/** How a check stands; `unknown` where it was never asked. */
export type Status = ExplainedVerdict['status'] | 'unknown';
