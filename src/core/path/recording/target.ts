import type { Observation } from '../../state/observation.ts';
import { firstTrouble, walk } from '../model/walk.ts';

/** The addresses of a node that others can send to, IPv4 first. */
export function addressesOf(observation: Observation, node: string): string[] {
  const links = observation.nodes[node]?.links.filter(({ kind }) => kind !== 'loopback') ?? [];
  const all = links.flatMap(({ addresses }) => addresses.filter(({ scope }) => scope === 'global'));
  const order = all.toSorted((a, b) => a.family.localeCompare(b.family));
  return order.map(({ address }) => address);
}

/** The address by which one node would best call another: the first that the state lets it reach, else the first. */
export function addressFor(observation: Observation, from: string, node: string): string | null {
  const all = addressesOf(observation, node);
  const reached = all.find(
    (to) => firstTrouble(walk(observation, { from, to, protocol: 'icmp', port: null })) === null,
  );
  return reached ?? all[0] ?? null;
}
