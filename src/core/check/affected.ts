import type { ChangeKind } from './changes.ts';
import { type Check, kindOf } from './check.ts';

function dependsOn(check: Check, changes: ReadonlySet<ChangeKind>): boolean {
  return kindOf(check.kind).dependsOn.some((kind) => changes.has(kind));
}

/** The checks to ask again: those whose answer may be another, and those that wait for one of them. */
export function affectedChecks(checks: readonly Check[], changes: ReadonlySet<ChangeKind>): Check[] {
  const ids = new Set(checks.filter((check) => dependsOn(check, changes)).map(({ id }) => id));
  for (let size = -1; size < ids.size; ) {
    size = ids.size;
    for (const { id, needs } of checks) if (needs.some((need) => ids.has(need))) ids.add(id);
  }
  return checks.filter(({ id }) => ids.has(id));
}
