/** Reads of objects whose form is known at run time only. */
export type Fields = Record<string, unknown>;

export function isRecord(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

export function recordOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

export function recordsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** The record at a path; empty where there is none. */
export function at(value: unknown, ...path: string[]): Fields {
  let current = recordOf(value);
  for (const name of path) current = recordOf(current[name]);
  return current;
}

/** The record in a field of a draft; made where there is none. */
export function child(parent: Fields, name: string): Fields {
  const before = parent[name];
  if (isRecord(before)) return before;
  const made: Fields = {};
  parent[name] = made;
  return made;
}

export function setDefault(record: Fields, name: string, value: unknown): void {
  if (record[name] === undefined || record[name] === null || record[name] === '') record[name] = value;
}

/** The labels or annotations of something with metadata. */
export function labelsOf(value: unknown): Record<string, string> {
  return stringsOf(at(value, 'metadata').labels);
}

export function stringsOf(value: unknown): Record<string, string> {
  const strings = Object.entries(recordOf(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(strings);
}

export function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => equal(item, other[index]))
    );
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => equal(one[name], other[name]));
}
