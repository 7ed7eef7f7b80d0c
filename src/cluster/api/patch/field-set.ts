import { fieldsOf, type Type } from '../types/types.ts';
import { equal, type Fields, isRecord } from '../values.ts';

/**
 * A set of fields, each a path: `f:spec`, `k:{"name":"a"}` for an item of a list with keys, `v:"x"` for one of a set.
 * Elements are joined by a line feed, which no field name has.
 */
export type FieldSet = Set<string>;

const joint = '\n';

/** Every field of the value, down to those that server-side apply treats as one value. */
export function fieldSet(type: Type, value: unknown): FieldSet {
  const found: FieldSet = new Set();
  collect(type, value, [], found);
  return found;
}

function collect(type: Type, value: unknown, path: string[], found: FieldSet): void {
  const inner = children(type, value);
  if (inner === undefined || inner.length === 0) {
    if (path.length > 0) found.add(path.join(joint));
    return;
  }
  for (const { element, type: one, value: item } of inner) {
    const place = [...path, element];
    if (ignored.has(place.join(joint))) continue;
    // An item of a list with keys is owned as such, beside its fields.
    if (element.startsWith('k:')) found.add(place.join(joint));
    collect(one, item, place, found);
  }
}

const ignored = new Set(
  [
    ['f:apiVersion'],
    ['f:kind'],
    ...[
      'name',
      'namespace',
      'uid',
      'resourceVersion',
      'creationTimestamp',
      'generation',
      'managedFields',
      'deletionTimestamp',
    ].map((name) => ['f:metadata', `f:${name}`]),
  ].map((path) => path.join(joint)),
);

interface Child {
  element: string;
  type: Type;
  value: unknown;
}

/** The parts of a value; undefined if it is treated as one. */
function children(type: Type, value: unknown): Child[] | undefined {
  if (type.is === 'scalar') return undefined;
  if (type.is === 'list') {
    if (!Array.isArray(value)) return undefined;
    const { keys, set, of } = type;
    if (keys.length > 0) {
      return value.filter(isRecord).map((item) => ({ element: keyOf(item, keys), type: of, value: item }));
    }
    return set
      ? value.map((item) => ({ element: `v:${JSON.stringify(item)}`, type: of, value: item }))
      : undefined;
  }
  if (type.atomic || !isRecord(value)) return undefined;
  const typeOf = type.is === 'map' ? () => type.of : (name: string) => fieldsOf(type.name).get(name)?.type;
  return Object.entries(value).flatMap(([name, item]) => {
    const one = typeOf(name);
    return one === undefined || item === undefined ? [] : [{ element: `f:${name}`, type: one, value: item }];
  });
}

/** `k:{"containerPort":80,"protocol":"TCP"}`; a key that is not sent has its default. */
function keyOf(item: Fields, keys: string[]): string {
  const entries = keys.map((key) => [key, item[key] ?? (key === 'protocol' ? 'TCP' : '')]);
  return `k:${JSON.stringify(Object.fromEntries(entries))}`;
}

/** The value at a path; undefined where there is none. */
export function valueAt(type: Type, value: unknown, path: string): unknown {
  let current: Child = { element: '', type, value };
  for (const element of path.split(joint)) {
    const next = children(current.type, current.value)?.find((one) => one.element === element);
    if (next === undefined) return undefined;
    current = next;
  }
  return current.value;
}

/** Fields that differ from before or were not there, and fields that are there no more. */
export function changes(
  type: Type,
  before: unknown,
  after: unknown,
): { changed: FieldSet; removed: FieldSet } {
  const then = fieldSet(type, before);
  const now = fieldSet(type, after);
  const changed = [...now].filter((path) => {
    if (!then.has(path)) return true;
    return !isItem(path) && !equal(valueAt(type, before, path), valueAt(type, after, path));
  });
  return { changed: new Set(changed), removed: new Set([...then].filter((path) => !now.has(path))) };
}

/** The item of a list as such: it has no value of its own that could differ. */
export function isItem(path: string): boolean {
  return path.slice(path.lastIndexOf(joint) + 1).startsWith('k:');
}

export function without(type: Type, value: unknown, path: string): unknown {
  return removeAt(type, value, path.split(joint));
}

function removeAt(type: Type, value: unknown, [element = '', ...rest]: string[]): unknown {
  const found = children(type, value)?.find((one) => one.element === element);
  if (found === undefined) return value;
  const after = rest.length === 0 ? undefined : removeAt(found.type, found.value, rest);
  if (Array.isArray(value)) {
    return value.flatMap((item) => (item === found.value ? (after === undefined ? [] : [after]) : [item]));
  }
  if (!isRecord(value)) return value;
  const { [element.slice(2)]: _gone, ...others } = value;
  return after === undefined ? others : { ...value, [element.slice(2)]: after };
}

/** As in managedFields: a tree of elements, `.` for a field that is owned beside its children. */
export function toFieldsV1(set: FieldSet): Fields {
  const root: Fields = {};
  for (const path of [...set].sort()) {
    let node = root;
    for (const element of path.split(joint)) {
      const next = node[element];
      const made = isRecord(next) ? next : {};
      node[element] = made;
      node = made;
    }
    if (isItem(path)) node['.'] = {};
  }
  return root;
}

export function fromFieldsV1(tree: unknown): FieldSet {
  const found: FieldSet = new Set();
  const walk = (node: unknown, path: string[]): void => {
    const entries = isRecord(node) ? Object.entries(node) : [];
    if (entries.length === 0 && path.length > 0) found.add(path.join(joint));
    for (const [element, inner] of entries) {
      if (element === '.') found.add(path.join(joint));
      else walk(inner, [...path, element]);
    }
  };
  walk(tree, []);
  return found;
}

/** `.spec.template.spec.containers[name="a"].image` */
export function shownPath(path: string): string {
  return path
    .split(joint)
    .map((element) => {
      const rest = element.slice(2);
      if (element.startsWith('f:')) return `.${rest}`;
      if (element.startsWith('v:')) return `[=${rest}]`;
      const keys: unknown = JSON.parse(rest);
      const pairs = Object.entries(isRecord(keys) ? keys : {}).map(
        ([key, value]) => `${key}=${JSON.stringify(value)}`,
      );
      return `[${pairs.join(',')}]`;
    })
    .join('');
}
