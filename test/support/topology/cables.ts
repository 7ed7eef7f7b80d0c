import type { Place } from './place.ts';
import type { Random } from './random.ts';

/** Nodes joined by cables and bridges: in a row, or each to any before it; some in a ring. */
export function cables(count: number, random: Random): { places: Place[]; lines: string[] } {
  const places: Place[] = [];
  const lines: string[] = [];
  const bridges = new Map<number, number>();
  let index = 100;
  const join = (one: number, other: number) => {
    const bridged = bridges.get(other);
    const over = random.chance(0.5);
    const network =
      over && bridged !== undefined ? bridged : new Set(places.map((each) => each.network)).size;
    const [near, far] = [`e${index}`, `p${index}`];
    lines.push(
      `ip link add name ${near} index ${index} netns n${one} type veth peer name ${far} index ${index + 1} netns n${other}`,
    );
    index += 2;
    places.push({ node: one, network, link: near });
    if (!over) places.push({ node: other, network, link: far });
    else if (bridged === undefined) {
      bridges.set(other, network);
      lines.push(
        `ip -n n${other} link add name br${network} type bridge; ip -n n${other} link set br${network} up`,
      );
      places.push({ node: other, network, link: `br${network}` });
    }
    if (over) lines.push(`ip -n n${other} link set ${far} master br${network}`);
    const mtu = random.chance(0.12) ? ` mtu ${random.pick([1280, 1400])}` : '';
    lines.push(`ip -n n${one} link set ${near} up${mtu}; ip -n n${other} link set ${far} up${mtu}`);
  };
  const row = random.chance(0.4);
  for (let node = 1; node < count; node++) join(node, row ? node - 1 : random.below(node));
  if (count > 2 && random.chance(0.3)) join(count - 1, 0);
  return { places: places.filter((each, at) => firstOf(places, each) === at), lines };
}

/** Two cables from a node to one bridge: the first link has the address. */
function firstOf(places: Place[], { node, network }: Place): number {
  return places.findIndex((one) => one.node === node && one.network === network);
}
