import type { Node, Topology } from '../../src/core/lab/lab.ts';

const nothing = { title: null, sysctls: {}, run: [] };
const routes = ['default via 192.168.1.1'];
const names = ['controlplane', 'node01', 'node02'];

const member = (name: string, service: Node['service']): Node => {
  return { ...nothing, name, kind: 'host', service, routes };
};

/** A cluster of one control plane and two nodes on one bridge, which is the machine's own. */
export const clusterTopology: Topology = {
  nodes: [
    { ...nothing, name: 'host', kind: 'machine', service: null, routes: [] },
    ...names.map((name, at) => member(name, at === 0 ? 'kubernetes' : 'kubernetes-node')),
  ],
  bridges: [{ name: 'br0', node: 'host', addresses: ['192.168.1.1/24'] }],
  links: names.map((name, at) => ({
    ends: [
      { node: name, link: 'eth0', addresses: [`192.168.1.${at + 2}/24`], master: null },
      { node: 'host', link: `to-${name}`, addresses: [], master: 'br0' },
    ],
  })),
};
