import { createContext, useContext } from 'react';
import { colourOf } from '../../core/picture/colour.ts';

export { colourOf };

/** The nodes of a session in the order they take their colours: the same in text, picture and terminals. */
export const ColourOrder = createContext<readonly string[]>([]);

/** Gives the class that sets `--node` to a node's colour. */
export function useColours(): (node: string) => string {
  const nodes = useContext(ColourOrder);
  return (node) => colourOf(node, nodes);
}
