import type { ProbeOutcome } from '../../../probe/probe.ts';
import type { Observation } from '../../../state/observation.ts';
import type { Values } from '../../../verdict/verdict.ts';
import { otherNodes, sight } from '../file/entry.ts';
import type { Args } from './schema.ts';

/**
 * The nodes whose /etc/hosts may have the line that was meant for this one. A name server may have it rightly, and a
 * namespace reads the file of its host.
 */
export function hostsReaders({ from, address, expect }: Args, observation: Observation): string[] {
  const { nodes } = observation;
  if (address === undefined || expect !== 'answer' || nodes[from]?.kind === 'netns') return [];
  return otherNodes(from, observation).filter(
    (name) => !nodes[name]?.listeners.some(({ port }) => port === 53),
  );
}

/** The one node that has the line, once their files were read. */
export function lineElsewhere(
  args: Args,
  observation: Observation,
  files: readonly (ProbeOutcome | null)[],
): Values {
  const { from, name, address = '' } = args;
  const wanted = { on: from, hosts: { address, name }, absent: false };
  const holders = hostsReaders(args, observation).filter((_, at) => {
    const text = files[at]?.names?.text;
    return text != null && sight(wanted, text).found !== null;
  });
  const line = `${address} ${name}`;
  return holders.length === 1 ? { heldBy: holders[0] ?? '', entry: line, othersLine: line } : {};
}
