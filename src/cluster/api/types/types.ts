import { access } from './access.ts';
import { apps } from './apps.ts';
import { containers } from './containers.ts';
import { core } from './core.ts';
import { meta } from './meta.ts';
import { networking } from './networking.ts';
import { pods } from './pods.ts';
import { volumes } from './volumes.ts';

/**
 * The types of the API, in a notation of one line a type: NAME FIELD:TYPE ...
 *   FIELD!      required; FIELD=3 its number in protobuf, FIELD=2.3 where it lies in a message of its own there
 *   [T]         a list; [T]@a,b is a map by these fields, [T]+ a set, [T]%a merged by a only in strategic patches
 *   {T}         a map from string to T
 *   *T          zero differs from absent, as a pointer in Go
 *   NAME^, T^   atomic: server-side apply sees it as one value
 */
export type Type =
  | { is: 'scalar'; name: string; pointer: boolean }
  | { is: 'struct'; name: string; atomic: boolean }
  | { is: 'list'; of: Type; keys: string[]; mergeKey: string | undefined; set: boolean }
  | { is: 'map'; of: Type; atomic: boolean };

export interface Field {
  type: Type;
  required: boolean;
  /** In protobuf; of no field that only JSON has. */
  number: string | undefined;
}

export type Fields = ReadonlyMap<string, Field>;

const scalars = new Set('string bool int32 int64 number bytes quantity intstr time microtime any'.split(' '));
const tables = { meta, pods, containers, volumes, core, apps, networking, access };
const lines = new Map<string, { line: string; origin: string }>();
for (const [origin, table] of Object.entries(tables)) {
  for (const entry of table.trim().split(/\n(?=\w)/)) {
    const name = /^\w+/.exec(entry)?.[0] ?? '';
    lines.set(name, { line: entry, origin });
  }
}
const known = new Map<string, Fields>();

export function typeNames(): string[] {
  return [...lines.keys()];
}

/** The table that a type is in. */
export function originOf(name: string): string {
  return lines.get(name)?.origin ?? '';
}

/** The fields of a type; a name that no table has is a mistake in the tables. */
export function fieldsOf(name: string): Fields {
  const before = known.get(name);
  if (before !== undefined) return before;
  const line = lines.get(name)?.line;
  if (line === undefined) throw new Error(`no type ${name} in src/cluster/api/types`);
  const fields = new Map<string, Field>();
  for (const word of line.split(/\s+/).slice(1)) {
    const [, field = '', required, number, type = ''] = /^(\w+)(!?)(?:=([\d.]+))?:(.*)$/.exec(word) ?? [];
    fields.set(field, { type: typeOf(type), required: required === '!', number });
  }
  known.set(name, fields);
  return fields;
}

export function struct(name: string): Type {
  return { is: 'struct', name, atomic: false };
}

function typeOf(word: string): Type {
  const atomic = word.endsWith('^');
  const bare = atomic ? word.slice(0, -1) : word;
  if (bare.startsWith('{')) return { is: 'map', of: typeOf(bare.slice(1, -1)), atomic };
  if (bare.startsWith('[')) return listOf(bare);
  const pointer = bare.startsWith('*');
  const name = pointer ? bare.slice(1) : bare;
  if (scalars.has(name)) return { is: 'scalar', name, pointer };
  return { is: 'struct', name: bare, atomic: atomic || (lines.get(bare)?.line ?? '').startsWith(`${bare}^`) };
}

function listOf(word: string): Type {
  const end = word.lastIndexOf(']');
  const marks = word.slice(end + 1);
  const keys = /@([\w,]+)/.exec(marks)?.[1]?.split(',') ?? [];
  const mergeKey = /%(\w+)/.exec(marks)?.[1] ?? keys[0];
  return { is: 'list', of: typeOf(word.slice(1, end)), keys, mergeKey, set: /[+]|%$/.test(marks) };
}
