import type { ApiObject } from '../../store/objects.ts';
import { struct } from '../types/types.ts';
import { type Fields, recordsOf, textOf } from '../values.ts';
import { changes, type FieldSet, fromFieldsV1, toFieldsV1 } from './field-set.ts';

/** Which fields a manager set last; metadata.managedFields as sets. */
export interface Manager {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time: string;
  subresource: string;
  fields: FieldSet;
}

export function managersOf(object: ApiObject | undefined): Manager[] {
  return recordsOf(object?.metadata.managedFields).map((entry) => ({
    manager: textOf(entry.manager),
    operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
    apiVersion: textOf(entry.apiVersion),
    time: textOf(entry.time),
    subresource: textOf(entry.subresource),
    fields: fromFieldsV1(entry.fieldsV1),
  }));
}

export function setManagers(object: ApiObject, managers: Manager[]): void {
  const entries = managers
    .filter(({ fields }) => fields.size > 0)
    .map(
      ({ fields, subresource, ...entry }): Fields => ({
        ...entry,
        fieldsType: 'FieldsV1',
        fieldsV1: toFieldsV1(fields),
        ...(subresource === '' ? {} : { subresource }),
      }),
    );
  if (entries.length === 0) delete object.metadata.managedFields;
  else object.metadata.managedFields = entries;
}

export interface Write {
  manager: string;
  time: string;
  subresource: string;
}

/** After a create or an update: the fields it changed belong to its manager, and to no other any more. */
export function noteUpdate(object: ApiObject, before: ApiObject | undefined, write: Write): void {
  const all = changes(struct(object.kind), before, object);
  // The status belongs to the writer who uses its subresource.
  const own = (path: string) => path.startsWith('f:status') === (write.subresource === 'status');
  const changed = new Set([...all.changed].filter(own));
  const { removed } = all;
  const managers = managersOf(object);
  let mine = managers.find(
    (one) =>
      one.operation === 'Update' && one.manager === write.manager && one.subresource === write.subresource,
  );
  for (const one of managers) {
    one.fields = new Set(
      [...one.fields].filter((path) => !removed.has(path) && (one === mine || !changed.has(path))),
    );
  }
  if (changed.size > 0) {
    if (mine === undefined) {
      mine = { ...write, operation: 'Update', apiVersion: object.apiVersion, fields: new Set() };
      managers.push(mine);
    }
    mine.time = write.time;
    mine.fields = new Set([...mine.fields, ...changed]);
  }
  setManagers(object, managers);
}
