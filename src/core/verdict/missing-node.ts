import type { Observation } from '../state/observation.ts';
import type { Reason } from './reasons.ts';

/** A node that is not there: in a cluster it is a pod, where a Docker engine runs a container, elsewhere a namespace. */
export function missingNode({ nodes }: Observation): Reason {
  const cluster = Object.values(nodes).some(({ rules }) => rules.ipv4.includes(':KUBE-PROXY-CANARY '));
  if (cluster) return 'pod-missing';
  const engine = nodes.host?.links.some(({ name }) => name === 'docker0') ?? false;
  return engine ? 'container-missing' : 'netns-missing';
}
