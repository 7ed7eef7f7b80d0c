import type { z } from 'zod';
import type { ErrorCode } from '../core/errors.ts';

/** One thing a client can ask for: the same value makes the server check, the client compile and the document read. */
export interface Method {
  name: string;
  summary: string;
  params: z.ZodObject;
  result: z.ZodType;
  /** Besides the common ones. */
  errors: readonly ErrorCode[];
}

/** Something the server says unasked. */
interface Notification {
  name: string;
  summary: string;
  params: z.ZodObject;
}

/** Keeps the literal types of a method's parts. */
export function method<const M extends Method>(definition: M): M {
  return definition;
}

/** Keeps the literal types of a notification's parts. */
export function notification<const N extends Notification>(definition: N): N {
  return definition;
}
