import type { z } from 'zod';

/**
 * Ties a schema to a type of core: the compiler refuses a schema that knows more, less or other than `T`.
 * `satisfies z.ZodType<T>` alone would let a schema forget a member of a union.
 */
export function exactly<T>() {
  return <S extends z.ZodType<T>>(schema: S & ([T] extends [z.output<S>] ? unknown : never)): S => schema;
}
