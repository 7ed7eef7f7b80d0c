import type { Link, NodeState, Observation } from '../state/observation.ts';

/** The loopback of a namespace that was made just now: down, and without addresses. */
const loopback: Link = {
  ...{ name: 'lo', index: 1, kind: 'loopback', mac: '00:00:00:00:00:00', mtu: 65536, up: false },
  ...{ carrier: false, master: null, peer: null, lower: null, details: {}, port: null, queue: 'noqueue' },
  addresses: [],
};

/** `ip netns add|del NAME`: a node comes or goes. */
export function netns(observation: Observation, [verb, name = '']: readonly string[]) {
  const { [name]: node, ...others } = observation.nodes;
  if (verb === 'add')
    return node === undefined ? { nodes: { ...others, [name]: empty(observation) } } : 'refused';
  if (verb !== 'del') return 'unknown';
  return node?.kind === 'netns' ? { nodes: withoutPeers(others, name) } : 'refused';
}

/** The other ends of a namespace's cables go with it. */
function withoutPeers(nodes: Observation['nodes'], gone: string): Observation['nodes'] {
  return Object.fromEntries(
    Object.entries(nodes).map(([name, state]) => [
      name,
      { ...state, links: state.links.filter(({ peer }) => peer?.node !== gone) },
    ]),
  );
}

/** The content of a new namespace: the kernel's settings, the three tables, and nothing else. */
function empty({ nodes }: Observation): NodeState {
  const usual = ['local', 'main', 'default'];
  const policies = (nodes.host?.policies ?? []).filter(
    ({ action }) => action.kind === 'table' && usual.includes(action.table),
  );
  return {
    ...{ kind: 'netns', links: [loopback], routes: [], policies, neighbours: [], fdb: [], sysctls: {} },
    ...{ rules: { ipv4: '', ipv6: '' }, legacy: { ipv4: '', ipv6: '' }, listeners: [] },
  };
}
