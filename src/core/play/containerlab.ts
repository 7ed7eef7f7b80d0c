import { commandsIn } from './commands.ts';
import type { Network, SavedNode } from './network.ts';

/** A topology file of containerlab, as data. */
export interface ContainerlabFile {
  name: string;
  topology: {
    nodes: Record<string, { kind: 'linux'; image: string; 'network-mode': 'none'; exec?: string[] }>;
    links: { endpoints: [string, string] }[];
  };
}

/** An image that has iproute2 and iptables. */
const image = 'nicolaka/netshoot:latest';

/**
 * Every node is a container of kind linux; bridges are made inside it. Without the management network `eth0` is
 * an interface like any other. `host` is a word of containerlab's own.
 */
export function containerlabOf({ nodes, cables }: Network, name: string): ContainerlabFile {
  const used = nodes.filter((node) => node.kind !== 'machine' || node.bridges.length + node.ends.length > 0);
  const called = (node: string) => (node === 'host' ? 'machine' : node);
  return {
    name,
    topology: {
      nodes: Object.fromEntries(used.map((node) => [called(node.name), nodeOf(node)])),
      links: cables.map(([one, other]) => ({
        endpoints: [`${called(one.node)}:${one.link}`, `${called(other.node)}:${other.link}`],
      })),
    },
  };
}

function nodeOf(node: SavedNode) {
  const exec = commandsIn(node);
  const commands = exec.length === 0 ? {} : { exec };
  return { kind: 'linux' as const, image, 'network-mode': 'none' as const, ...commands };
}
