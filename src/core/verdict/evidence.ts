import type { Link, NodeState, Observation } from '../state/observation.ts';
import type { Evidence, Values } from './verdict.ts';

/** The shell in which a learner types a command about a node, and the prefix of the command. */
export interface Prompt {
  /** The node whose shell it is typed in. */
  shell: string;
  /** `ip` or `ip -n red`. */
  ip: string;
  /** Nothing, or `ip netns exec red ` with its space. */
  exec: string;
}

/** A named namespace is reached from `host`; any other host has a shell of its own. */
export function promptOf(observation: Observation, node: string): Prompt {
  const kind = observation.nodes[node]?.kind ?? 'netns';
  if (kind !== 'netns') return { shell: node, ip: 'ip', exec: '' };
  return { shell: 'host', ip: `ip -n ${node}`, exec: `ip netns exec ${node} ` };
}

export function linkEvidence(observation: Observation, node: string, state: NodeState): Evidence {
  const output = state.links.map((link) => `${link.name} ${linkState(link)}`).join('\n');
  return { on: node, command: `${promptOf(observation, node).ip} -br link`, output };
}

export function addressEvidence(observation: Observation, node: string, state: NodeState): Evidence {
  const output = state.links.map((link) => `${link.name} ${stateWord(link)} ${addressWords(link)}`.trimEnd());
  return { on: node, command: `${promptOf(observation, node).ip} -br addr`, output: output.join('\n') };
}

export function routeEvidence(
  observation: Observation,
  node: string,
  state: NodeState,
  { values: { dst = '' } }: { values: Values } = { values: {} },
): Evidence {
  const family = dst.includes(':') ? 'ipv6' : 'ipv4';
  const inTable = state.routes.filter((route) => route.table === 'main' && route.family === family);
  const command = `${promptOf(observation, node).ip}${family === 'ipv6' ? ' -6' : ''} route`;
  return { on: node, command, output: inTable.map((route) => route.text).join('\n') };
}

export function neighbourEvidence(observation: Observation, node: string, state: NodeState): Evidence {
  const output = state.neighbours.map((one) =>
    [one.address, 'dev', one.dev, ...(one.mac === null ? [] : ['lladdr', one.mac]), one.state].join(' '),
  );
  return { on: node, command: `${promptOf(observation, node).ip} neigh`, output: output.join('\n') };
}

/** `veth up, no carrier, master v-net-0, peer red:veth-red`: a link in the words of the check's keys. */
export function linkState(link: Link): string {
  const words = [link.kind, link.up ? 'up' : 'down', link.carrier ? 'carrier' : 'no-carrier'];
  if (link.master !== null) words.push(`master ${link.master}`);
  if (link.peer !== null) words.push(`peer ${link.peer.node}:${link.peer.link}`);
  return words.join(' ');
}

function stateWord(link: Link): string {
  if (!link.up) return 'DOWN';
  if (link.kind === 'loopback') return 'UNKNOWN';
  return link.carrier ? 'UP' : 'LOWERLAYERDOWN';
}

function addressWords(link: Link): string {
  return link.addresses.map((one) => `${one.address}/${one.prefix}`).join(' ');
}

/** The other nodes with a link of this name: the host and its namespaces, not other hosts. */
export function linkElsewhere(observation: Observation, name: string, except: string): string[] {
  return Object.entries(observation.nodes)
    .filter(
      ([node, state]) => node !== except && ['machine', 'netns'].includes(state.kind) && hasLink(state, name),
    )
    .map(([node]) => node);
}

function hasLink(state: NodeState, name: string): boolean {
  return state.links.some((link) => link.name === name);
}
