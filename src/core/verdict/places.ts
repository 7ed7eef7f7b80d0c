import type { Observation } from '../state/observation.ts';
import { promptOf } from './evidence.ts';
import type { Values } from './verdict.ts';

/**
 * Values for commands about other nodes than the verdict's own: where the link that is elsewhere is, the other
 * end of a veth, the router that should translate, the one where a reply leaves its request's path, a bridge that
 * answers questions, or changes MAC addresses.
 */
export function placeValues(observation: Observation, node: string, values: Values): Values {
  return {
    ...elsewhere(observation, node, values),
    ...movable(observation, values),
    ...peer(observation, values),
    ...router(observation, values),
    ...turn(observation, values),
    ...replier(observation, values),
    ...rewriter(observation, values),
    ...under(observation, values),
  };
}

function elsewhere(observation: Observation, node: string, { elsewhere: place = '' }: Values): Values {
  const other = place.split(/[,:]/)[0] ?? '';
  if (other === '' || observation.nodes[other] === undefined) return {};
  const { ip, shell } = promptOf(observation, other);
  // `netns 1` is the namespace of the machine's first process: the host.
  const destinationNetns = observation.nodes[node]?.kind === 'netns' ? node : '1';
  return { elsewhereIp: ip, elsewhereShell: shell, destinationNetns };
}

function movable(observation: Observation, { movable: name = '' }: Values): Values {
  if (name === '') return {};
  const { ip, shell } = promptOf(observation, name);
  return { movableIp: ip, movableShell: shell };
}

function peer(observation: Observation, { peer: end = '' }: Values): Values {
  const [node = '', link = ''] = end.split(':');
  if (link === '' || observation.nodes[node] === undefined) return {};
  const { ip, shell } = promptOf(observation, node);
  return { peerIp: ip, peerShell: shell, peerLink: link };
}

function router(observation: Observation, { router: name = '' }: Values): Values {
  if (name === '') return {};
  const { shell, exec } = promptOf(observation, name);
  return { routerShell: shell, routerExec: exec };
}

function replier(observation: Observation, { replier: name = '' }: Values): Values {
  if (name === '') return {};
  const { shell, exec } = promptOf(observation, name);
  return { replierShell: shell, replierExec: exec };
}

function under(observation: Observation, { belowNode: name = '' }: Values): Values {
  if (name === '') return {};
  const { shell, ip } = promptOf(observation, name);
  return { belowShell: shell, belowIp: ip };
}

function rewriter(observation: Observation, { rewriter: name = '' }: Values): Values {
  if (name === '') return {};
  const { shell, exec } = promptOf(observation, name);
  return { rewriterShell: shell, rewriterExec: exec };
}

function turn(observation: Observation, { turn: name = '' }: Values): Values {
  if (name === '') return {};
  const { shell, ip } = promptOf(observation, name);
  return { turnShell: shell, turnIp: ip };
}
