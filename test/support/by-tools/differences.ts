import { isDeepStrictEqual } from 'node:util';
import type { NodeState, Observation } from '../../../src/core/state/observation.ts';

/** The differences between two looks at the same machine, field by field: `node field: one <> other`. */
export function differences(one: Observation, other: Observation): string[] {
  const names = [...new Set([...Object.keys(one.nodes), ...Object.keys(other.nodes)])];
  return names.flatMap((name) => {
    const [a, b] = [one.nodes[name], other.nodes[name]];
    if (a === undefined || b === undefined)
      return [`${name} is ${a === undefined ? 'only in the other' : 'only in the first'}`];
    const [first, second] = [comparable(a), comparable(b)];
    return Object.keys({ ...first, ...second }).flatMap((field) =>
      isDeepStrictEqual(first[field], second[field])
        ? []
        : [`${name} ${field}: ${unlike(first[field], second[field])}`],
    );
  });
}

/** As it is, less what changes from one moment to the next: counters, times, how long a neighbour is known. */
function comparable(state: NodeState): Record<string, unknown> {
  const rules = Object.values(state.rules).map(settled);
  const legacy = Object.values(state.legacy).map(settled);
  const neighbours = state.neighbours.map(({ state: _, ...one }) => one);
  const listeners = state.listeners.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
  const fdb = state.fdb.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
  return { ...state, rules, legacy, neighbours, listeners, fdb };
}

const settled = (text: string) =>
  text.replace(/^# (Generated|Completed).*$/gm, '#').replace(/\[\d+:\d+\]/g, '');
const key = (value: unknown) => JSON.stringify(value);

function unlike(one: unknown, other: unknown): string {
  const lines = (value: unknown) => (JSON.stringify(value, null, 1) ?? 'nothing').split('\n');
  const [a, b] = [lines(one), lines(other)];
  const at = a.findIndex((line, index) => line !== b[index]);
  const part = (all: string[]) => all.slice(Math.max(0, at - 3), at + 3).join(' ');
  return `${part(a)} <> ${part(b)}`;
}
