import { median, timed } from '../figures.ts';

/** A measurement, and another one of the same run that it is held against. */
export interface Row {
  what: string;
  figure: number;
  unit: 'ms' | 'MiB' | 'us';
  baseline: string;
  /** Null where there is nothing to hold it against. */
  beside: number | null;
  goal: string;
}

/** A row that could not be measured, and why. */
export interface Unmeasured {
  what: string;
  why: string;
}

/** The median of some works, each measured in turn: what disturbs one disturbs the others. */
export async function inTurn<K extends string>(
  rounds: number,
  works: Record<K, () => unknown>,
): Promise<Record<K, number>> {
  const names = Object.keys(works) as K[];
  const times = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of names) times.get(name)?.push(await timed(works[name]));
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<K, number>;
}

export function print(row: Row | Unmeasured): void {
  if ('why' in row) {
    console.log(`| ${row.what} | not measured: ${row.why} | | | |`);
    return;
  }
  const inUnit = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${row.unit}`;
  const beside = row.beside === null ? row.baseline : `${row.baseline}: ${inUnit(row.beside)}`;
  const times = row.beside === null ? '' : `${(row.figure / row.beside).toFixed(2)} x`;
  console.log(`| ${row.what} | ${inUnit(row.figure)} | ${beside} | ${times} | ${row.goal} |`);
}
