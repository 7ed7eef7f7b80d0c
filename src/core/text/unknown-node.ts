import { HoplabError } from '../errors.ts';
import { editDistance, nearest } from './nearest.ts';

/** As many names as fit into a sentence. */
const mostNames = 12;

/** The node that was named is not there: the error says which are, and which one was probably meant. */
export function unknownNode(node: string, known: readonly string[]): HoplabError {
  const names = known.slice(0, mostNames).join(', ');
  const list = known.length > mostNames ? `${names}, ...` : names;
  const near = nearest(node, known) ?? begunAlike(node, known);
  const hint = near === null ? '' : `; did you mean ${near}?`;
  return new HoplabError('node-not-found', `there is no node ${node} (nodes: ${list})${hint}`, {
    node,
    known,
  });
}

/** Names of nodes are short: two wrong letters of four are no other name, where the first two are right and one fits. */
function begunAlike(node: string, known: readonly string[]): string | null {
  const fits = known.filter((one) => one.slice(0, 2) === node.slice(0, 2) && editDistance(one, node) <= 2);
  return fits.length === 1 ? (fits[0] ?? null) : null;
}
