import type { Probe } from '../probe/probe.ts';
import { type CheckKind, type CheckOf, kindOf } from './check.ts';

/** The real probes a check needs, in the order `judge` takes their outcomes; none for questions about state. */
export function probesOf<K extends CheckKind>({ kind, args }: CheckOf<K>): Probe[] {
  return kindOf(kind).probes?.(args) ?? [];
}
