import type { TracedPath } from '../../../src/core/path/recording/hop.ts';
import type { Machine } from '../../../src/core/ports.ts';
import type { Topology } from './generate.ts';

/** `node table rule` -> packets it counted. */
export type Counters = Map<string, number>;

export async function counters(machine: Machine, { nodes, family }: Topology): Promise<Counters> {
  const save = family === 4 ? 'iptables-save' : 'ip6tables-save';
  const script = nodes.map((node) => `echo @${node}; ip netns exec ${node} ${save} -c`).join('\n');
  const { stdout } = await machine.run('host', ['bash', '-s'], { input: script });
  const found: Counters = new Map();
  let [node, table] = ['', ''];
  for (const line of stdout.split('\n')) {
    if (line.startsWith('@')) node = line.slice(1);
    if (line.startsWith('*')) table = line.slice(1);
    const [, packets, rule] = /^\[(\d+):\d+\] (-A .*)$/.exec(line) ?? [];
    const key = `${node} ${table} ${rule}`;
    // The same rule may stand in a chain twice.
    if (rule !== undefined) found.set(key, (found.get(key) ?? 0) + Number(packets));
  }
  return found;
}

/** The rules a path names are those whose counters the kernel moved, neither more nor fewer. */
export function ruleProblems(path: TracedPath, before: Counters, after: Counters): string[] {
  const moved = [...after].filter(([rule, packets]) => packets > (before.get(rule) ?? 0));
  // What a question for an address, or its answer, met where it was dropped is in no packet of the path.
  const questioned = path.end.reason === 'question-dropped' ? path.end.node : null;
  const counted = new Set(moved.map(([rule]) => rule).filter((rule) => rule.split(' ')[0] !== questioned));
  const named = new Set(
    path.packets.flatMap(({ hops }) =>
      hops.flatMap(({ node, rules }) =>
        rules.filter(({ line }) => line !== null).map(({ table, rule }) => `${node} ${table} ${rule}`),
      ),
    ),
  );
  return [
    ...[...counted].filter((rule) => !named.has(rule)).map((rule) => `counted, but not in the path: ${rule}`),
    ...[...named].filter((rule) => !counted.has(rule)).map((rule) => `in the path, but not counted: ${rule}`),
  ];
}
