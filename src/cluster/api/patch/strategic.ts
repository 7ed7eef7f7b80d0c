import { badRequest } from '../request/errors.ts';
import { fieldsOf, struct, type Type } from '../types/types.ts';
import { equal, type Fields, isRecord, textOf, textsOf } from '../values.ts';

/** Kubernetes' own patch: lists whose items have a key are merged by it, and directives begin with a dollar. */
export function strategicPatch(kind: string, document: Fields, patch: Fields): Fields {
  return mergeStruct(document, patch, struct(kind));
}

type Elements = (name: string) => Type | undefined;

function elements(type: Type | undefined): Elements {
  if (type?.is === 'struct') return (name) => fieldsOf(type.name).get(name)?.type;
  if (type?.is === 'map') return () => type.of;
  return () => undefined;
}

function mergeStruct(document: Fields, patch: Fields, type: Type | undefined): Fields {
  const { $patch: directive, $retainKeys: retained, ...rest } = patch;
  if (directive === 'replace') return plain(rest);
  if (directive === 'delete') return {};
  const typeOf = elements(type);
  const result: Fields = { ...document };
  for (const [name, value] of Object.entries(rest)) {
    const own = /^\$(setElementOrder|deleteFromPrimitiveList)\/(.+)$/.exec(name);
    if (own === null) {
      if (value === null) delete result[name];
      else result[name] = merge(result[name], value, typeOf(name));
    }
  }
  for (const [name, value] of Object.entries(rest)) {
    const own = /^\$(setElementOrder|deleteFromPrimitiveList)\/(.+)$/.exec(name);
    const target = own?.[2];
    if (target === undefined) continue;
    const before = Array.isArray(result[target]) ? result[target] : [];
    if (own?.[1] === 'deleteFromPrimitiveList') {
      result[target] = before.filter((item) => !textsOf(value).includes(textOf(item)));
    } else if (result[target] !== undefined) {
      const kept = Array.isArray(document[target]) ? document[target] : [];
      result[target] = ordered(before, Array.isArray(value) ? value : [], kept, typeOf(target));
    }
  }
  if (Array.isArray(retained)) {
    for (const name of Object.keys(result)) if (!retained.includes(name)) delete result[name];
  }
  return result;
}

function merge(document: unknown, value: unknown, type: Type | undefined): unknown {
  if (isRecord(value)) return mergeStruct(isRecord(document) ? document : {}, value, type);
  if (!Array.isArray(value) || type?.is !== 'list') return value;
  const before = Array.isArray(document) ? document : [];
  if (type.mergeKey !== undefined)
    return ordered(mergeList(before, value, type.mergeKey, type.of), value, before, type);
  if (!type.set) return value;
  const added = value.filter((item) => !before.some((one) => equal(one, item)));
  return ordered([...before, ...added], value, before, type);
}

function mergeList(before: unknown[], patch: unknown[], key: string, type: Type): unknown[] {
  const items = patch.filter(isRecord);
  if (items.some((item) => item.$patch === 'replace')) {
    return items.filter((item) => item.$patch !== 'replace').map(plain);
  }
  let result = before.filter(isRecord);
  for (const item of items) {
    const value = item[key];
    if (value === undefined) {
      throw badRequest(`map: ${JSON.stringify(item)} does not contain declared merge key: ${key}`);
    }
    const index = result.findIndex((one) => one[key] === value);
    if (item.$patch === 'delete') result = result.filter((one) => one[key] !== value);
    else if (index < 0) result.push(mergeStruct({}, item, type));
    else result = result.with(index, mergeStruct(result[index] ?? {}, item, type));
  }
  return result;
}

/**
 * Items that the order names come as it names them, and before the others, unless both were there before: then as they
 * were.
 */
function ordered(
  items: unknown[],
  order: unknown[],
  before: readonly unknown[],
  type: Type | undefined,
): unknown[] {
  const key = type?.is === 'list' ? type.mergeKey : undefined;
  const name = (item: unknown) => (key === undefined ? item : isRecord(item) ? item[key] : undefined);
  const [wanted, known] = [order.map(name), before.map(name)];
  const named = items
    .filter((item) => wanted.includes(name(item)))
    .sort((one, other) => wanted.indexOf(name(one)) - wanted.indexOf(name(other)));
  const others = items.filter((item) => !wanted.includes(name(item)));
  const result: unknown[] = [];
  for (let [one, other] = [named.shift(), others.shift()]; one !== undefined || other !== undefined; ) {
    const places = [other, one].map((item) => known.indexOf(name(item))) as [number, number];
    const isOther = one === undefined || (other !== undefined && places[0] >= 0 && places[0] < places[1]);
    result.push(isOther ? other : one);
    if (isOther) other = others.shift();
    else one = named.shift();
  }
  return result;
}

/** A new value out of a patch: without directives. */
function plain(value: Fields): Fields {
  return mergeStruct({}, value, undefined);
}
