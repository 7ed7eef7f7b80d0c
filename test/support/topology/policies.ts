import { addressOf, type Family, type Place } from './place.ts';
import type { Random } from './random.ts';

/** Rules of the routing policy with a table of their own, some for marks that iptables sets. */
export function policies(places: Place[], count: number, family: Family, random: Random): string[] {
  return Array.from({ length: count }, (_, node) => node).flatMap((node) =>
    random.chance(0.25) ? policyOf(node, places, family, random) : [],
  );
}

function policyOf(node: number, places: Place[], family: Family, random: Random): string[] {
  const ip = `ip -n n${node}${family === 6 ? ' -6' : ''}`;
  const own = places.filter((place) => place.node === node).map(({ network }) => network);
  const next = places.filter((place) => place.node !== node && own.includes(place.network));
  const any = () => addressOf(random.pick(places), family);
  const marked = random.chance(0.5);
  const asked = marked
    ? 'fwmark 0x5'
    : random.pick([`from ${any()}`, `to ${any()}`, `iif ${linkOf(places, node)}`]);
  const iptables = `ip netns exec n${node} ${family === 4 ? 'iptables' : 'ip6tables'} -t mangle`;
  const chain = random.pick(['PREROUTING', 'OUTPUT']);
  const way =
    random.chance(0.8) && next.length > 0
      ? `default via ${addressOf(random.pick(next), family)}`
      : 'unreachable default';
  return [
    `${ip} rule add prio 1000 ${asked} ${random.chance(0.1) ? 'prohibit' : 'lookup 100'}`,
    `${ip} route add ${way} table 100`,
    ...(marked ? [`${iptables} -A ${chain} -d ${any()} -j MARK --set-mark 0x5`] : []),
  ];
}

const linkOf = (places: Place[], node: number): string =>
  places.find((place) => place.node === node)?.link ?? 'lo';

/**
 * The states of ports by `bridge link set` and spanning tree: a third of the bridges' ports has one of these.
 */
export function portStates(lines: readonly string[], random: Random): string[] {
  const ports = lines.flatMap((line) => {
    const [, node = '', port = ''] = /ip -n (n\d+) link set (\S+) master/.exec(line) ?? [];
    return port === '' ? [] : [{ node, port }];
  });
  return ports
    .filter(() => random.chance(0.3))
    .map(({ node, port }) => {
      const set = random.pick([
        'isolated on',
        'flood off',
        'bcast_flood off',
        'hairpin on',
        'learning off',
        'state 0',
        'state 1',
        'state 2',
        'state 4',
      ]);
      return `ip -n ${node} link set ${port} type bridge_slave ${set}`;
    });
}
