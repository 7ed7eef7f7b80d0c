import { ownersOf } from '../path/model/routing.ts';
import { holds, networkOf, sameAddress } from '../state/ip.ts';
import type { Address, Observation } from '../state/observation.ts';

/** As many addresses of a network as are looked at. */
const most = 253;

/**
 * The first address of a network that no node has, and that no route, neighbour or rule names; null where there is none.
 * @param wanted the address that a packet is for: it may be missing on a node that should have it.
 */
export function freeAddress(
  observation: Observation,
  { address, prefix, family }: Address,
  wanted: string,
): string | null {
  const [base = ''] = networkOf(address, prefix).split('/');
  const named = (one: string) =>
    sameAddress(one, wanted) || ownersOf(observation, one).length > 0 || isNamed(observation, one);
  for (let number = 1; number <= most; number += 1) {
    const one =
      family === 'ipv4'
        ? `${base.replace(/\d+$/, '')}${lastOf(base) + number}`
        : `${base}${number.toString(16)}`;
    const next = family === 'ipv4' ? `${base.replace(/\d+$/, '')}${lastOf(base) + number + 1}` : one;
    // The last address of an IPv4 network is for all of its nodes.
    if (!holds(`${base}/${prefix}`, one) || !holds(`${base}/${prefix}`, next)) return null;
    if (!named(one)) return one;
  }
  return null;
}

const lastOf = (address: string): number => Number(/\d+$/.exec(address)?.[0] ?? 0);

function isNamed({ nodes }: Observation, address: string): boolean {
  const word = new RegExp(`(^|[^\\d.:a-f])${address.replaceAll('.', '\\.')}($|[^\\d.:a-f])`, 'm');
  return Object.values(nodes).some(
    ({ routes, neighbours, rules, legacy }) =>
      routes.some(({ via }) => via !== null && sameAddress(via, address)) ||
      neighbours.some((one) => sameAddress(one.address, address)) ||
      [rules.ipv4, rules.ipv6, legacy.ipv4, legacy.ipv6].some((text) => word.test(text)),
  );
}

/** A MAC address that no interface has: that of an interface as one that its owner made up (02), with another end. */
export function freeMac({ nodes }: Observation, mac: string): string[] {
  const known = new Set(Object.values(nodes).flatMap(({ links }) => links.map((one) => one.mac)));
  const own = mac.replace(/^../, '02').slice(0, -2);
  const free = Array.from({ length: 256 }, (_, byte) => `${own}${byte.toString(16).padStart(2, '0')}`);
  return own === '' ? [] : free.filter((one) => !known.has(one)).slice(0, 1);
}
