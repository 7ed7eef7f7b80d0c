import type { z } from 'zod';
import type { Kind } from './kind.ts';
import { kinds } from './kinds/index.ts';

export type CheckKind = keyof typeof kinds;
export type CheckArguments = { [K in CheckKind]: z.output<(typeof kinds)[K]['schema']> };

/**
 * A typed question about kernel state, or a probe that sends real packets.
 * `needs`: checks of the same step that must pass before this one means anything.
 * `until`: the step whose solution makes this no longer so; from there on it is not asked.
 */
export type CheckOf<K extends CheckKind> = {
  id: string;
  kind: K;
  args: CheckArguments[K];
  needs: string[];
  until: string | null;
};
export type Check = { [K in CheckKind]: CheckOf<K> }[CheckKind];

const table: { readonly [K in CheckKind]: Kind<CheckArguments[K]> } = kinds;

/** The kind's value for arguments of that kind. */
export const kindOf = <K extends CheckKind>(kind: K): Kind<CheckArguments[K]> => table[kind];

export const isCheckKind = (name: string): name is CheckKind => Object.hasOwn(kinds, name);
