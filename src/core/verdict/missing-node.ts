import type { Observation } from '../state/observation.ts';
import type { Reason } from './reasons.ts';

/** A node that is not there: where a Docker engine runs it is a container that does not, elsewhere a namespace. */
export function missingNode({ nodes }: Observation): Reason {
  const engine = nodes.host?.links.some(({ name }) => name === 'docker0') ?? false;
  return engine ? 'container-missing' : 'netns-missing';
}
