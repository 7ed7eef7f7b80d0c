/** A block of IPv4 addresses. */
interface Block {
  first: number;
  length: number;
}

const size = ({ length }: Block): number => 2 ** (32 - length);

function blockOf(cidr: string): Block | null {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr);
  if (parts === null) return null;
  const address = parts.slice(1, 5).reduce((sum, part) => sum * 256 + Number(part), 0);
  const length = Number(parts[5]);
  return { first: address - (address % 2 ** (32 - length)), length };
}

function textOf({ first, length }: Block): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${bytes.join('.')}/${length}`;
}

/** A block without some others, as the fewest blocks. IPv6 is not served: the result is empty. */
export function without(cidr: string, except: readonly string[]): string[] {
  const block = blockOf(cidr);
  if (block === null) return [];
  const holes = except.flatMap((each) => blockOf(each) ?? []);
  return holes.reduce<Block[]>((left, hole) => left.flatMap((one) => cut(one, hole)), [block]).map(textOf);
}

function cut(block: Block, hole: Block): Block[] {
  const end = block.first + size(block);
  if (hole.first >= end || hole.first + size(hole) <= block.first) return [block];
  if (hole.length <= block.length) return [];
  const length = block.length + 1;
  const half = { first: block.first, length };
  return [...cut(half, hole), ...cut({ first: block.first + size(half), length }, hole)];
}
