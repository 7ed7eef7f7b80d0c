import type { NodeState } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';

/**
 * The chain in which Docker leaves a place for rules of others, where the policy of FORWARD is Docker's: an open policy
 * would open its containers' networks too.
 */
export function userChain(
  { rules }: NodeState,
  policyChain: string,
  { destination, inLink, outLink }: { destination: string; inLink: string | null; outLink: string | null },
  near: Values,
): Values {
  const saved = rules[destination.includes(':') ? 'ipv6' : 'ipv4'].split('\n');
  const passed = saved.some((line) => line.startsWith('-A FORWARD ') && line.endsWith(' -j DOCKER-USER'));
  if (policyChain !== 'FORWARD' || !passed || inLink === null || outLink === null) return near;
  // A rule of Docker's that fits but for its interface is for its containers. None has the name of no interface.
  const dockers = near.nearly?.startsWith('-A FORWARD ') && near.misnamed === undefined;
  const own = dockers ? {} : near;
  return { ...own, userChain: 'DOCKER-USER', inLink, outLink };
}
