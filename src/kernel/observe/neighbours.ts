import type { Neighbour } from '../../core/state/observation.ts';

interface IpNeighbour {
  dst: string;
  dev: string;
  lladdr?: string;
  state?: string[];
}

export function parseNeighbours(raw: readonly unknown[]): Neighbour[] {
  return (raw as IpNeighbour[])
    .filter(({ dst }) => dst !== undefined)
    .map(({ dst, dev, lladdr, state }) => ({
      address: dst,
      dev,
      mac: lladdr ?? null,
      state: state?.[0] ?? 'NONE',
    }));
}
