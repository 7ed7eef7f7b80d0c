import type { Value } from '../grammar.ts';
import { byteLength } from './byte-length.ts';

/** An ipset and, for each of its dimensions, which side of the packet is looked up. */
export interface SetReference {
  name: string;
  directions: ('src' | 'dst')[];
}

function readDirections(text: string): ('src' | 'dst')[] | undefined {
  const directions = text.split(',');
  const known = directions.every((d) => d === 'src' || d === 'dst');
  return known && directions.length <= 6 ? (directions as ('src' | 'dst')[]) : undefined;
}

export const setReference: Value<SetReference> = {
  words: 2,
  expected: 'the name of an ipset and its directions, such as: blocked src,dst',
  read: (name, flags) => {
    const directions = readDirections(flags);
    return name !== '' && byteLength(name) <= 31 && !/\s/.test(name) && directions
      ? { name, directions }
      : undefined;
  },
  write: ({ name, directions }) => `${name} ${directions.join(',')}`,
};
