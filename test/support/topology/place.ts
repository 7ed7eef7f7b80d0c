export type Family = 4 | 6;

/** A node's place on a network: its address there, and the link it has it on. */
export interface Place {
  node: number;
  network: number;
  link: string;
}

export function addressOf({ node, network }: Pick<Place, 'node' | 'network'>, family: Family): string {
  return family === 4 ? `10.0.${network}.${node + 1}` : `fd00:${network + 1}::${node + 1}`;
}

export function networkOf(network: number, family: Family): string {
  return family === 4 ? `10.0.${network}.0/24` : `fd00:${network + 1}::/64`;
}

export const lengthOf = (family: Family): number => (family === 4 ? 24 : 64);
