import type { Verdict } from '../../core/verdict/verdict.ts';
import type { ExplainedVerdict } from './verdict.ts';

/** Core's verdicts, wherever they are in `T`, as clients get them: with words. */
export type Explained<T> = T extends Verdict
  ? ExplainedVerdict
  : T extends object
    ? { [K in keyof T]: Explained<T[K]> }
    : T;
