import { badRequest } from '../request/errors.ts';
import { type Fields, isRecord } from '../values.ts';
import { fieldsOf, type Type } from './types.ts';

/** A value of the type the tables have; fields that they do not have are left out and named. */
export interface Decoded {
  object: Fields;
  /** `unknown field "spec.replica"` */
  strict: string[];
}

export function decode(kind: string, version: string, value: unknown): Decoded {
  const strict: string[] = [];
  const place = { owner: kind, path: [], fieldPath: '' };
  try {
    const object = structOf(kind, value, place, strict);
    return { object, strict };
  } catch (error) {
    if (!(error instanceof WrongType)) throw error;
    throw badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${error.message}`);
  }
}

class WrongType extends Error {}

/**
 * The position of the decoder: for `Go struct field ServicePort.spec.ports.port` and `spec.ports[0].port`.
 */
interface Place {
  owner: string;
  path: string[];
  fieldPath: string;
}

function structOf(name: string, value: unknown, place: Place, strict: string[]): Fields {
  if (!isRecord(value)) throw wrong(value, `v1.${name}`, place);
  const fields = fieldsOf(name);
  const result: Fields = {};
  for (const [key, inner] of Object.entries(value)) {
    const fieldPath = place.fieldPath === '' ? key : `${place.fieldPath}.${key}`;
    const field = fields.get(key);
    if (field === undefined) strict.push(`unknown field ${JSON.stringify(fieldPath)}`);
    else if (inner !== null) {
      const inside = { owner: name, path: [...place.path, key], fieldPath };
      const one = decoded(field.type, inner, inside, strict);
      // As Go writes JSON: an empty list or map that need not be there is not.
      if (field.required || !isEmpty(field.type, one)) result[key] = one;
    }
  }
  return result;
}

function isEmpty(type: Type, value: unknown): boolean {
  if (type.is === 'list') return Array.isArray(value) && value.length === 0;
  return type.is === 'map' && isRecord(value) && Object.keys(value).length === 0;
}

function decoded(type: Type, value: unknown, place: Place, strict: string[]): unknown {
  switch (type.is) {
    case 'struct':
      return structOf(type.name, value, place, strict);
    case 'list':
      if (!Array.isArray(value)) throw wrong(value, goName(type), place);
      return value.map((item, index) =>
        decoded(type.of, item, { ...place, fieldPath: `${place.fieldPath}[${index}]` }, strict),
      );
    case 'map':
      if (!isRecord(value)) throw wrong(value, goName(type), place);
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => {
          const inner = { ...place, fieldPath: `${place.fieldPath}.${key}` };
          return [key, item === null ? '' : decoded(type.of, item, inner, strict)];
        }),
      );
    case 'scalar':
      return scalarOf(type, value, place);
  }
}

function scalarOf(type: Type & { is: 'scalar' }, value: unknown, place: Place): unknown {
  switch (type.name) {
    case 'any':
      return value;
    case 'quantity':
      if (typeof value === 'number') return String(value);
      break;
    case 'int32':
    case 'int64':
      if (typeof value === 'number' && Number.isInteger(value)) return value;
      throw wrong(value, type.name, place);
    case 'number':
      if (typeof value === 'number') return value;
      throw wrong(value, 'float64', place);
    case 'bool':
      if (typeof value === 'boolean') return value;
      throw wrong(value, 'bool', place);
    case 'intstr':
      if (typeof value === 'number') return value;
      break;
    case 'bytes': {
      const bad = typeof value === 'string' ? badBase64(value) : null;
      if (bad !== null) throw new WrongType(`illegal base64 data at input byte ${bad}`);
    }
  }
  if (typeof value === 'string') return value;
  throw wrong(value, goName(type), place);
}

/** The place of the first character that is no base64 (RFC 4648, with padding), as Go counts it; null: all is. */
function badBase64(value: string): number | null {
  const text = value.replaceAll(/[\r\n]/g, '');
  if (/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null;
  const wrong = value.search(/[^A-Za-z0-9+/\r\n]/);
  return wrong < 0 ? value.length - (text.length % 4) : wrong;
}

const goNames: Record<string, string> = {
  bytes: '[]uint8',
  quantity: 'resource.Quantity',
  intstr: 'intstr.IntOrString',
  time: 'v1.Time',
  microtime: 'v1.MicroTime',
};

function goName(type: Type): string {
  if (type.is === 'list') return `[]${goName(type.of)}`;
  if (type.is === 'map') return `map[string]${goName(type.of)}`;
  if (type.is === 'struct') return `v1.${type.name}`;
  return goNames[type.name] ?? type.name;
}

function wrong(value: unknown, expected: string, { owner, path }: Place): WrongType {
  const found = Array.isArray(value) ? 'array' : isRecord(value) ? 'object' : typeof value;
  const typeName = found === 'boolean' ? 'bool' : found;
  const number = typeof value === 'number' && !Number.isInteger(value) ? ` ${value}` : '';
  const where = path.length === 0 ? 'Go value' : `Go struct field ${owner}.${path.join('.')}`;
  return new WrongType(`json: cannot unmarshal ${typeName}${number} into ${where} of type ${expected}`);
}
