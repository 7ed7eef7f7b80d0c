import type { ApiObject } from '../../store/objects.ts';
import { ApiError } from '../request/errors.ts';
import { fieldsOf, struct, type Type } from '../types/types.ts';
import { equal, type Fields, isRecord } from '../values.ts';
import { type FieldSet, fieldSet, isItem, shownPath, valueAt, without } from './field-set.ts';
import { type Manager, managersOf, type Write } from './managed.ts';

/**
 * Server-side apply: adds the fields of the configuration and removes those that only the manager's last one
 * had.
 */
export function apply(
  live: ApiObject | undefined,
  config: ApiObject,
  write: Write,
  force: boolean,
): { object: ApiObject; managers: Manager[] } {
  const type = struct(config.kind);
  const applied = fieldSet(type, config);
  const managers = managersOf(live);
  const mine = managers.find((one) => isOwn(one, write));
  const others = managers.filter((one) => one !== mine);
  const conflicts = others.flatMap((other) =>
    [...applied]
      .filter((path) => other.fields.has(path) && !isItem(path))
      .filter((path) => !equal(valueAt(type, live, path), valueAt(type, config, path)))
      .map((path) => ({ other, path })),
  );
  if (conflicts.length > 0 && !force) throw applyConflict(conflicts);
  for (const { other, path } of conflicts) other.fields.delete(path);
  let result: unknown = live === undefined ? config : merged(type, live, config);
  for (const path of dropped(mine?.fields ?? new Set(), applied, others))
    result = without(type, result, path);
  const object = { ...config, ...(isRecord(result) ? result : {}) };
  if (isRecord(result)) for (const name of Object.keys(object)) if (!(name in result)) delete object[name];
  const own: Manager = { ...write, operation: 'Apply', apiVersion: config.apiVersion, fields: applied };
  // The same configuration once more is no change, its time included.
  if (mine !== undefined && equal([...mine.fields].sort(), [...applied].sort())) own.time = mine.time;
  return { object, managers: [own, ...others] };
}

function isOwn(one: Manager, { manager, subresource }: Write): boolean {
  return one.operation === 'Apply' && one.manager === manager && one.subresource === subresource;
}

/**
 * The fields that this manager had applied, applies no more, and no other manager owns; items of lists last,
 * with all their fields.
 */
function dropped(had: FieldSet, applied: FieldSet, others: Manager[]): string[] {
  return [...had].filter((path) => !applied.has(path) && !others.some(({ fields }) => fields.has(path)));
}

function merged(type: Type, live: unknown, config: unknown): unknown {
  if (type.is === 'scalar' || live === undefined || live === null) return config;
  if (type.is === 'list') return mergedList(type, live, config);
  if (type.atomic || !isRecord(live) || !isRecord(config)) return config;
  const typeOf = type.is === 'map' ? () => type.of : (name: string) => fieldsOf(type.name).get(name)?.type;
  const result: Fields = { ...live };
  for (const [name, value] of Object.entries(config)) {
    const one = typeOf(name);
    result[name] = one === undefined ? value : merged(one, live[name], value);
  }
  return result;
}

function mergedList(type: Type & { is: 'list' }, live: unknown, config: unknown): unknown {
  if (!Array.isArray(live) || !Array.isArray(config)) return config;
  if (type.set) return [...live, ...config.filter((item) => !live.some((one) => equal(one, item)))];
  if (type.keys.length === 0) return config;
  const same = (one: unknown, other: unknown) =>
    isRecord(one) &&
    isRecord(other) &&
    type.keys.every((key) =>
      key === 'protocol' ? (one[key] ?? 'TCP') === (other[key] ?? 'TCP') : one[key] === other[key],
    );
  const kept = live.map((item) => {
    const sent = config.find((one) => same(one, item));
    return sent === undefined ? item : merged(type.of, item, sent);
  });
  return [...kept, ...config.filter((item) => !live.some((one) => same(one, item)))];
}

function applyConflict(conflicts: { other: Manager; path: string }[]): ApiError {
  const causes = conflicts.map(({ other, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${managerText(other)}`,
    field: shownPath(path),
  }));
  const [first] = conflicts;
  if (conflicts.length === 1 && first !== undefined) {
    const message = `Apply failed with 1 conflict: conflict with ${managerText(first.other)}: ${shownPath(first.path)}`;
    return new ApiError(409, 'Conflict', message, { causes });
  }
  const lines = [...new Set(conflicts.map(({ other }) => other))].flatMap((other) => [
    `conflicts with ${managerText(other)}:`,
    ...conflicts.filter((one) => one.other === other).map(({ path }) => `- ${shownPath(path)}`),
  ]);
  const message = `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
  return new ApiError(409, 'Conflict', message, { causes });
}

function managerText({ manager, operation, apiVersion, subresource }: Manager): string {
  const part = subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`;
  return operation === 'Update'
    ? `${JSON.stringify(manager)}${part} using ${apiVersion}`
    : `${JSON.stringify(manager)}${part}`;
}
