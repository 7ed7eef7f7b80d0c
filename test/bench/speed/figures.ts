import { median, timed } from '../figures.ts';

/** A measurement, and another one of the same run that it is held against. */
export interface Row {
  what: string;
  figure: number;
  unit: 'ms' | 'MiB';
  baseline: string;
  beside: number;
  goal: string;
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

export function print(row: Row): void {
  const inUnit = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${row.unit}`;
  const times = `${(row.figure / row.beside).toFixed(2)} x`;
  console.log(
    `| ${row.what} | ${inUnit(row.figure)} | ${row.baseline}: ${inUnit(row.beside)} | ${times} | ${row.goal} |`,
  );
}
