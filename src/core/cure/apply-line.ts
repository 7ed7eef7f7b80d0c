import type { Line } from '../lab/lab.ts';
import type { NodeState, Observation } from '../state/observation.ts';
import type { Effect, Tool } from './effect.ts';
import { ipXfrm } from './ipsec.ts';
import { iptables } from './iptables.ts';
import { bridge, heard, ipLink } from './links.ts';
import { addLink, addPair, moveLink } from './make-link.ts';
import { netns } from './netns.ts';
import { ipRule } from './policies.ts';
import { nameServer, nginx, python, tc } from './programs.ts';
import { ipAddr, ipNeigh, ipRoute } from './routes.ts';
import { wg } from './wireguard.ts';

/** The effect of a typed line: the state after it, or the reason why there is none. */
type LineResult = Observation | Exclude<Effect, NodeState>;

/**
 * Types a line on a copy of the state. Understands only the commands that cures consist of; the rest is
 * `unknown`.
 */
export function applyLine(observation: Observation, { on, run }: Line): LineResult {
  const words = run
    .replace(/ &$/, '')
    .split(/\s+/)
    .filter((word) => word !== '');
  if (/[|&;<>'"`$#]/.test(words.join(' '))) return 'unknown';
  const [node, argv] = placeOf(on, words);
  const state = observation.nodes[node];
  if (argv[0] === 'ip' && argv[1] === 'netns') return netns(observation, argv.slice(2));
  if (argv.slice(0, 3).join(' ') === 'ip link add' && argv.includes('peer'))
    return addPair(observation, node, argv.slice(3));
  if (argv[0] === 'ip' && argv[1] === 'link' && argv.includes('netns')) {
    const name = argv[3] === 'dev' ? argv[4] : argv[3];
    return moveLink(observation, node, name ?? '', argv.at(-1) ?? '');
  }
  const [name = '', ...rest] = argv;
  const tool = tools[name];
  if (state === undefined) return 'refused';
  if (tool === undefined) return 'unknown';
  const effect = tool({ observation, node, state }, rest);
  if (typeof effect === 'string') return effect;
  const changed = { nodes: { ...observation.nodes, [node]: effect } };
  return effect.links === state.links ? changed : heard(changed, node);
}

/** `ip netns exec NODE` and `ip -n NODE` lead to a node by its name. */
export function placeOf(on: string, words: string[]): [string, string[]] {
  const [ip, second, third, fourth] = words;
  if (ip === 'ip' && second === 'netns' && third === 'exec') return [fourth ?? '', words.slice(4)];
  if (ip === 'ip' && second === '-n') return [third ?? '', ['ip', ...words.slice(3)]];
  return [on, words];
}

const ip: Tool = (place, argv) => {
  const six = argv[0] === '-6';
  const [object = '', ...words] = six ? argv.slice(1) : argv;
  const making = object === 'link' && words[0] === 'add';
  const objects: Record<string, Tool> = {
    ...{ link: making ? (at, [, ...rest]) => addLink(at, rest) : ipLink },
    ...{ addr: ipAddr, route: ipRoute, neigh: ipNeigh, rule: ipRule(six ? 'ipv6' : 'ipv4'), xfrm: ipXfrm },
  };
  return objects[object]?.(place, words) ?? 'unknown';
};

/** `sysctl -w KEY=VALUE`: a key that the node does not have cannot be written. */
const sysctl: Tool = ({ state }, [flag, assigned = '']) => {
  const [key = '', value = ''] = assigned.split('=');
  if (flag !== '-w') return 'unknown';
  // The state has only the settings that hoplab watches.
  return { ...state, sysctls: { ...state.sysctls, [key.replaceAll('/', '.')]: value } };
};

const tools: Record<string, Tool> = {
  ...{ ip, bridge, sysctl, tc, wg, nginx, python3: python },
  ...{ dnsmasq: nameServer('dnsmasq'), unbound: nameServer('unbound') },
  iptables: iptables('ipv4', 'rules'),
  ip6tables: iptables('ipv6', 'rules'),
  'iptables-legacy': iptables('ipv4', 'legacy'),
  'ip6tables-legacy': iptables('ipv6', 'legacy'),
};
