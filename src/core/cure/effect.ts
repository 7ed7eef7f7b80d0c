import type { NodeState, Observation } from '../state/observation.ts';

/**
 * The effect of a command on a node: the state after it; `refused`, as the tool would; or `unknown`, not
 * interpreted here.
 */
export type Effect = NodeState | 'refused' | 'unknown';

/** One tool, called with the words after its name. */
export type Tool = (place: Place, words: readonly string[]) => Effect;

export interface Place {
  observation: Observation;
  node: string;
  state: NodeState;
}

/** The word that follows another one. */
export function after(words: readonly string[], name: string): string | undefined {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}
