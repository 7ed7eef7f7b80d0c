/** Addresses of a weave network: each peer gives out those of its own part, so that two never give out the same. */

export interface Range {
  first: number;
  size: number;
}

export const numberOf = (address: string): number =>
  address.split('.').reduce((value, part) => value * 256 + Number(part), 0);

export const addressOf = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

export function rangeOf(cidr: string): Range {
  const [address = '', length = '32'] = cidr.split('/');
  return { first: numberOf(address), size: 2 ** (32 - Number(length)) };
}

/**
 * The part of one peer: the first takes all, each later one halves the part of one before it. So 10.32.0.0/12 becomes
 * 10.32, 10.40, 10.36 and 10.44 for four.
 */
export function partOf({ first, size }: Range, index: number, peers: number): Range {
  const bits = Math.ceil(Math.log2(Math.max(peers, 1)));
  const place = Array.from({ length: bits }, (_, bit) => ((index >> bit) & 1) * 2 ** (bits - 1 - bit));
  const part = size / 2 ** bits;
  return { first: first + place.reduce((sum, one) => sum + one, 0) * part, size: part };
}

/**
 * Gives out addresses by the name of their owner. The first of a part is the network's or the bridge's own.
 */
export class Ring {
  readonly #part: Range;
  readonly #given: Map<string, number>;

  constructor(part: Range, given: Readonly<Record<string, string>> = {}) {
    this.#part = part;
    this.#given = new Map(Object.entries(given).map(([id, address]) => [id, numberOf(address)]));
  }

  /** Null: all are given. */
  take(id: string): string | null {
    const had = this.of(id);
    if (had !== null) return had;
    const taken = new Set(this.#given.values());
    const { first, size } = this.#part;
    for (let value = first + 1; value < first + size - 1; value++) {
      if (taken.has(value)) continue;
      this.#given.set(id, value);
      return addressOf(value);
    }
    return null;
  }

  of(id: string): string | null {
    const value = this.#given.get(id);
    return value === undefined ? null : addressOf(value);
  }

  /** False: no container of that name has one. */
  release(id: string): boolean {
    return this.#given.delete(id);
  }

  given(): Record<string, string> {
    return Object.fromEntries([...this.#given].map(([id, value]) => [id, addressOf(value)]));
  }
}
