import { containerWith, targetBy } from '../../path/model/rule-owner.ts';
import type { TracedPacket } from '../../path/recording/hop.ts';
import type { Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';

/** The Service whose rules chose this pod. */
export function targetOf(observation: Observation, { hops }: TracedPacket, openPort = ''): Values {
  const rules = hops.flatMap(({ node, rules: met }) => met.map(({ rule }) => ({ node, rule: rule ?? '' })));
  return targetBy(observation, rules, openPort);
}

/**
 * The container behind a closed port, where Docker publishes one (`docker run -p`): the port of the engine that leads
 * to the closed one of a container, or the closed one of the engine, which is published on another of its addresses.
 */
export function publishedOf(observation: Observation, { hops, end }: TracedPacket): Values {
  const { kind, rules } = observation.nodes[end.node] ?? {};
  if (kind === 'container') {
    for (const { node, rules: met } of hops) {
      const rule = met.find(({ chain, verdict }) => chain === 'DOCKER' && verdict !== 'continue')?.rule ?? '';
      const published = portOf(rule);
      if (published !== undefined) return { engine: node, published, container: end.node };
    }
    return {};
  }
  const port = String(hops.at(-1)?.before?.destinationPort ?? '');
  const rule =
    rules?.ipv4.split('\n').find((one) => one.startsWith('-A DOCKER ') && portOf(one) === port) ?? '';
  const [, address = '', inner = ''] = /--to-destination ([\d.]+):(\d+)/.exec(rule) ?? [];
  const container = containerWith(observation, address);
  return container === undefined ? {} : { engine: end.node, published: port, container, inner };
}

const portOf = (rule: string): string | undefined => / --dport (\d+) -j DNAT /.exec(rule)?.[1];
