import type { Machine } from '../../../src/core/ports.ts';
import { median, timed } from '../figures.ts';
import type { Row } from './figures.ts';

/** So many hosts send with fping; what all would take is reckoned from them. */
const some = 5;

/**
 * All pairs of a star's hosts, beside fping from one host after the other. What fping leaves behind in the tables of
 * neighbours is deleted before the next one, and not timed: the kernel counts the entries of all namespaces together.
 */
export async function pairsRow(machine: Machine, hosts: number, rounds: number): Promise<Row> {
  const observation = await machine.observe();
  const nodes = Array.from({ length: hosts }, (_, at) => `h${at}`);
  const asked = { kind: 'pairs', from: 'host', nodes, family: 'ipv4' } as const;
  const [figures, besides]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    figures.push(
      await timed(async () => {
        const { result } = await machine.probe(asked, false, observation);
        if (result !== 'reply') throw new Error('pings were lost');
      }),
    );
    let bare = 0;
    for (const host of nodes.slice(0, some)) {
      const others = nodes.flatMap((node, at) =>
        node === host ? [] : `10.0.${(at + 1) >> 8}.${(at + 1) & 255}`,
      );
      bare += await timed(async () => {
        const argv = ['fping', '-q', '-c', '1', '-i', '0', '-t', '2000', ...others];
        const { exitCode, stderr } = await machine.run(host, argv);
        if (exitCode !== 0) throw new Error(`fping lost pings: ${stderr}`);
      });
      await machine.run('host', [
        'sh',
        '-c',
        nodes.map((node) => `ip -n ${node} neigh flush all`).join('\n'),
      ]);
    }
    besides.push((bare * hosts) / some);
  }
  return {
    ...{ what: `all pairs of ${hosts} hosts, none lost`, figure: median(figures), unit: 'ms' },
    ...{ baseline: 'fping, one per host', beside: median(besides), goal: 'at most 1.2 x' },
  };
}
