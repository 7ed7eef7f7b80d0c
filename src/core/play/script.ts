import { commandsIn } from './commands.ts';
import type { Network, SavedNode } from './network.ts';
import { quoted } from './quote.ts';

/** The network as a shell script, for any Linux with iproute2 and, where it has rules, iptables. */
export function scriptOf({ nodes, cables }: Network, title: string): string {
  const named = nodes.filter(({ kind }) => kind !== 'machine');
  const place = (node: string) => (named.some(({ name }) => name === node) ? ` netns ${quoted(node)}` : '');
  const end = ({ node, link }: { node: string; link: string }) => `${quoted(link)}${place(node)}`;
  return [
    '#!/bin/sh',
    `# ${title.replaceAll(/\s+/g, ' ')}`,
    '# Run it as root. Every node but this host is a network namespace; the end of the file says how to undo it.',
    'set -e',
    ...named.map(({ name }) => `ip netns add ${quoted(name)}`),
    ...cables.map(([one, other]) => `ip link add name ${end(one)} type veth peer name ${end(other)}`),
    ...nodes.flatMap((node) => {
      const commands = commandsIn(node);
      return commands.length === 0 ? [] : ['', `# ${node.name}`, ...commands.map((run) => within(node, run))];
    }),
    '',
    '# To undo it:',
    ...named.map(({ name }) => `#   ip netns del ${quoted(name)}`),
    ...nodes.filter(({ kind }) => kind === 'machine').flatMap(undoOnHost),
    '',
  ].join('\n');
}

function undoOnHost({ bridges, sysctls }: SavedNode): string[] {
  return [
    ...bridges.map(({ name }) => `#   ip link del ${quoted(name)}`),
    ...sysctls.map(([key]) => `#   sysctl ${quoted(key)} was changed`),
  ];
}

function within({ name, kind }: SavedNode, run: string): string {
  if (kind === 'machine') return run;
  return run.startsWith('ip ')
    ? `ip -n ${quoted(name)} ${run.slice(3)}`
    : `ip netns exec ${quoted(name)} ${run}`;
}
