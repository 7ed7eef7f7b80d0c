import type { Verdict } from '../../../src/core/verdict/verdict.ts';

/** A wrong state, what its verdict must be (`status reason node`), and the verdict. */
export type Wrong = [title: string, expected: string, verdict: Verdict];
