import { z } from 'zod';

/** The keys a schema allows at a place in a file; none where it allows any, or knows no such place. */
export function keysAt(schema: z.core.$ZodType, path: readonly (string | number)[]): string[] {
  const [part, ...rest] = path;
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => keysAt(option, path));
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return keysAt(schema.unwrap(), path);
  if (schema instanceof z.ZodExactOptional) return keysAt(schema.unwrap(), path);
  if (schema instanceof z.ZodPipe) return keysAt(schema.in, path);
  if (schema instanceof z.ZodObject) {
    if (part === undefined) return Object.keys(schema.shape);
    const inside: z.core.$ZodType | undefined = schema.shape[part];
    return inside === undefined ? [] : keysAt(inside, rest);
  }
  if (part === undefined) return [];
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  return schema instanceof z.ZodRecord ? keysAt(schema.valueType, rest) : [];
}
