import type { Line } from '../lab/lab.ts';
import type { NodeState, Observation } from '../state/observation.ts';
import { endName, type Kind } from './names.ts';
import { quoted } from './quote.ts';

/** Where a cable is put in: a node, or a bridge of a node. */
export interface Plug {
  node: string;
  bridge: string | null;
}

/** What a hand does to a network. */
export type Act =
  | { act: 'add'; kind: Kind; name: string }
  | { act: 'cable'; from: Plug; to: Plug }
  | { act: 'address'; node: string; link: string; address: string }
  | { act: 'route'; node: string; to: string; via: string }
  | { act: 'remove'; node: string }
  | { act: 'cut'; node: string; link: string };

/** The commands for it, as they are typed on the machine. */
export function linesOf(observation: Observation, act: Act): Line[] {
  return commandsOf(observation, act).map((run) => ({ on: 'host', run }));
}

function commandsOf(observation: Observation, act: Act): string[] {
  switch (act.act) {
    case 'add':
      return added(act.kind, act.name);
    case 'cable':
      return cabled(observation, act.from, act.to);
    case 'address': {
      const usable = act.address.includes(':') ? ' nodad' : '';
      return [inNode(observation, act.node, `ip addr add ${act.address} dev ${quoted(act.link)}${usable}`)];
    }
    case 'route':
      return [inNode(observation, act.node, `ip route add ${act.to} via ${act.via}`)];
    case 'remove':
      return [removed(observation, act.node)];
    case 'cut':
      return [inNode(observation, act.node, `ip link del ${quoted(act.link)}`)];
  }
}

function added(kind: Kind, name: string): string[] {
  const node = quoted(name);
  const host = [`ip netns add ${node}`, `ip -n ${node} link set lo up`];
  switch (kind) {
    case 'namespace':
      return [`ip netns add ${node}`];
    case 'host':
      return host;
    case 'router':
      return [...host, `ip netns exec ${node} sysctl -w net.ipv4.ip_forward=1`];
    case 'bridge':
      return [`ip link add ${node} type bridge`, `ip link set ${node} up`];
    case 'container':
      // A process is known by the name of its program's file.
      return [
        `ln -sf /usr/bin/sleep /tmp/${node}`,
        `setsid --fork unshare --net --uts --mount /tmp/${node} infinity >/dev/null 2>&1 </dev/null`,
        `nsenter --net --target $(pgrep -xo ${node}) ip link set lo up`,
      ];
  }
}

function cabled(observation: Observation, from: Plug, to: Plug): string[] {
  const [one, other] = [endOf(observation, from, to, null), endOf(observation, to, from, from)];
  const make = (end: End) => `${end.link}${placeOf(observation, end.node)}`;
  return [
    `ip link add ${make(one)} type veth peer name ${make(other)}`,
    ...[one, other].flatMap((end) => [
      ...(end.bridge === null
        ? []
        : [inNode(observation, end.node, `ip link set ${end.link} master ${quoted(end.bridge)}`)]),
      inNode(observation, end.node, `ip link set ${end.link} up`),
    ]),
  ];
}

type End = Plug & { link: string };

function endOf(observation: Observation, plug: Plug, other: Plug, first: Plug | null): End {
  const state = observation.nodes[plug.node] ?? nothing;
  const link = endName(state, plug.bridge, other.bridge ?? other.node);
  // The first end of a cable within one node has taken that name.
  const taken = first?.node === plug.node && first.bridge === null && plug.bridge === null;
  if (!taken) return { ...plug, link: quoted(link) };
  const both = { ...state, links: [...state.links, { name: link }] } as NodeState;
  return { ...plug, link: quoted(endName(both, null, '')) };
}

const nothing: Pick<NodeState, 'links'> & NodeState = { links: [] } as unknown as NodeState;

/** ` netns NAME`: where `ip link add` makes an end. */
function placeOf({ nodes }: Observation, node: string): string {
  const kind = nodes[node]?.kind;
  if (node === 'host') return '';
  return ` netns ${kind === 'container' ? processOf(node) : quoted(node)}`;
}

/** The command as it is typed on the machine to work in a node. */
export function inNode({ nodes }: Observation, node: string, run: string): string {
  if (node === 'host') return run;
  if (nodes[node]?.kind === 'container') return `nsenter --net --target ${processOf(node)} ${run}`;
  return run.startsWith('ip ')
    ? `ip -n ${quoted(node)} ${run.slice(3)}`
    : `ip netns exec ${quoted(node)} ${run}`;
}

const processOf = (node: string) => `$(pgrep -xo ${quoted(node)})`;

function removed({ nodes }: Observation, node: string): string {
  return nodes[node]?.kind === 'container' ? `pkill -x ${quoted(node)}` : `ip netns del ${quoted(node)}`;
}
