import { addressOf, type Family, networkOf, type Place } from './place.ts';
import type { Random } from './random.ts';

/** Breadth first to every network; some routes are forgotten, some lead to a neighbour that knows no better. */
export function routes(places: Place[], count: number, family: Family, random: Random): string[] {
  const networks = [...new Set(places.map(({ network }) => network))];
  const lines: string[] = [];
  for (let node = 0; node < count; node++) {
    const own = new Set(places.filter((place) => place.node === node).map(({ network }) => network));
    for (const network of networks.filter((each) => !own.has(each))) {
      const place = random.chance(0.07) ? anyNeighbour(places, node, random) : towards(places, node, network);
      if (place === null || random.chance(0.07)) continue;
      const via = addressOf(place, family);
      lines.push(`ip -n n${node} route add ${networkOf(network, family)} via ${via}`);
    }
    const refused = random.pick(['unreachable', 'blackhole', 'prohibit']);
    if (random.chance(0.03))
      lines.push(`ip -n n${node} route add ${refused} ${addressOf(random.pick(places), family)}`);
  }
  return lines;
}

function neighbours(places: Place[], node: number): Place[] {
  const own = places.filter((place) => place.node === node).map(({ network }) => network);
  return places.filter((place) => place.node !== node && own.includes(place.network));
}

function anyNeighbour(places: Place[], node: number, random: Random): Place | null {
  const all = neighbours(places, node);
  return all.length === 0 ? null : random.pick(all);
}

function towards(places: Place[], from: number, network: number): Place | null {
  const seen = new Set([from]);
  let front = neighbours(places, from).map((place) => ({ node: place.node, first: place }));
  while (front.length > 0) {
    for (const { node, first } of front) {
      if (places.some((place) => place.node === node && place.network === network)) return first;
      seen.add(node);
    }
    front = front.flatMap(({ node, first }) =>
      neighbours(places, node)
        .filter((place) => !seen.has(place.node))
        .map((place) => ({ node: place.node, first })),
    );
  }
  return null;
}
