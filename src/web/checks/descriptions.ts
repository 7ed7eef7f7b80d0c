import type { CheckArguments, CheckKind } from '../state/protocol-types.ts';

/** What each kind of check asks, in one language: a kind without a sentence does not compile. */
export type Descriptions = { [K in CheckKind]: (args: CheckArguments<K>) => string };
