import { z } from 'zod';
import { labSchema } from './schema.ts';
import { trackSchema } from './track.ts';

/** The files of a lab that an author writes in YAML. */
export const schemas = { lab: labSchema, track: trackSchema };
export type SchemaName = keyof typeof schemas;

/**
 * JSON Schema (draft 2020-12) of a file as an author writes it, for editors: keys, values and defaults.
 * `hoplab lint` checks more: exactly one kind in each check, and all references between parts.
 */
export function jsonSchema(name: SchemaName): object {
  return { title: `hoplab ${name}.yaml`, ...z.toJSONSchema(schemas[name], { io: 'input' }) };
}

/** The first line of a YAML file whose editor runs yaml-language-server. */
export const yamlHeader = (path: string): string => `# yaml-language-server: $schema=${path}`;
