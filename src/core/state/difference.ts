import { followsForwarding, kernelDefault } from './kernel-defaults.ts';
import type { NodeState, Observation } from './observation.ts';

type DifferenceKind = 'node' | 'link' | 'address' | 'route' | 'rule' | 'setting' | 'listener';

/** One thing that is there now and will not be, or the other way round. */
export interface Difference {
  node: string;
  kind: DifferenceKind;
  change: 'lost' | 'gained';
  /** As one would type or read it: `192.168.15.1/24 dev veth-red`. */
  text: string;
}

/**
 * The difference between two states, one line each, as people write it: `lost` is only in `now`, `gained`
 * only in `then`. Of a node that is only on one side, the node alone. State that the kernel chooses or learns
 * by itself (MAC addresses, link-local addresses, neighbours, its own routes) does not count.
 */
export function difference(now: Observation, then: Observation): Difference[] {
  const names = [...new Set([...Object.keys(now.nodes), ...Object.keys(then.nodes)])];
  return names.flatMap((node) => {
    const before = now.nodes[node];
    const after = then.nodes[node];
    if (!before || !after) {
      return [{ node, kind: 'node', change: before ? 'lost' : 'gained', text: node } as const];
    }
    return kinds.flatMap(([kind, read]) => {
      const [had, has] = [read(before, after), read(after, before)];
      return [
        ...had.filter((text) => !has.includes(text)).map((text) => of(node, kind, 'lost', text)),
        ...has.filter((text) => !had.includes(text)).map((text) => of(node, kind, 'gained', text)),
      ];
    });
  });
}

const of = (node: string, kind: DifferenceKind, change: 'lost' | 'gained', text: string): Difference => ({
  ...{ node, kind, change, text },
});

/** @param other the same node in the other state. */
type Read = (state: NodeState, other: NodeState) => string[];

const kinds: [DifferenceKind, Read][] = [
  [
    'link',
    ({ links }) =>
      links.map(({ name, up, master }) =>
        [name, up ? 'up' : 'down', ...(master ? [`master ${master}`] : [])].join(' '),
      ),
  ],
  [
    'address',
    ({ links }) =>
      links.flatMap(({ name, addresses }) =>
        addresses
          .filter(({ family, scope }) => !(family === 'ipv6' && scope === 'link'))
          .map(({ address, prefix }) => `${address}/${prefix} dev ${name}`),
      ),
  ],
  [
    'route',
    ({ routes }) =>
      unique(
        routes
          .filter(({ table, protocol }) => table !== 'local' && protocol !== 'kernel' && protocol !== 'ra')
          .map(({ destination, via, dev, type }) =>
            [
              ...(type === 'unicast' ? [] : [type]),
              destination,
              ...(via ? [`via ${via}`] : []),
              ...(dev ? [`dev ${dev}`] : []),
            ].join(' '),
          ),
      ),
  ],
  ['rule', ({ rules }) => [...ruleLines('iptables', rules.ipv4), ...ruleLines('ip6tables', rules.ipv6)]],
  [
    'setting',
    // A new link brings settings of its own, which the kernel makes; so does the one switch of forwarding.
    ({ sysctls }, other) =>
      Object.entries(sysctls)
        .filter(([key, value]) => key in other.sysctls || value !== kernelDefault(key))
        .filter(
          ([key]) => ![sysctls, other.sysctls].every((of) => !(key in of) || followsForwarding(of, key)),
        )
        .map(([key, value]) => `${key} = ${value}`),
  ],
  [
    'listener',
    ({ listeners }) =>
      unique(
        listeners.map(({ protocol, address, port, process }) =>
          [protocol, `${address}:${port}`, ...(process ? [process] : [])].join(' '),
        ),
      ),
  ],
];

/** Rules, and policies that are not ACCEPT, as one would type them. */
function ruleLines(program: string, saved: string): string[] {
  let table = 'filter';
  const lines: string[] = [];
  for (const line of saved.split('\n')) {
    const at = table === 'filter' ? program : `${program} -t ${table}`;
    const policy = /^:(\S+) (DROP)\b/.exec(line);
    if (line.startsWith('*')) table = line.slice(1).trim();
    else if (policy) lines.push(`${at} -P ${policy[1]} ${policy[2]}`);
    else if (/^-[AI] /.test(line)) lines.push(`${at} ${line}`);
  }
  return unique(lines);
}

const unique = (texts: string[]) => [...new Set(texts)];
