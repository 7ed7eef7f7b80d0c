import {
  type FailedPair,
  type PairEnd,
  type PairResult,
  type PairsProbe,
  pairEnds,
} from '../../core/probe/pairs.ts';
import type { ProbeOutcome } from '../../core/probe/probe.ts';
import type { Observation } from '../../core/state/observation.ts';
import { hear, startProgram } from '../exec/python-server.ts';
import { observe } from '../observe/observe.ts';
import { groupOf, networkOf, nodesOf } from '../place/enter.ts';
import { hastyPatience } from './ping.ts';

/** Seconds for all pairs, after which the rest is not asked. */
const most = 60;

/** Seconds that a silent pair waits when it is asked again: more than the kernel lets pass between two ARP requests. */
const patience = 1.1;

/** Bytes that one run may say: a line for each failed pair of 500 nodes. */
const longest = 16 * 1024 * 1024;

const end = Buffer.from('\nend\n');

const results: readonly PairResult[] = ['silence', 'no-route', 'host-unreachable', 'rejected'];

/** Pings between all nodes, by one process with a raw socket in each. */
export async function pairs(
  pid: number,
  asked: PairsProbe,
  hasty: boolean,
  read?: Observation,
): Promise<ProbeOutcome> {
  const { ends, without } = pairEnds(read ?? (await observe(pid)), asked);
  const places = new Map((await nodesOf(pid)).map((place) => [place.name, place]));
  const nodes = ends.map(({ node, address }) => {
    const place = places.get(node);
    return [place === undefined ? '' : networkOf(place), address];
  });
  const request = {
    ...{ nodes, family: asked.family === 'ipv6' ? 6 : 4, most },
    ...{ wait: hastyPatience, again: hasty ? null : patience },
  };
  const heard = await hear(
    await startProgram({ program: 'pairs', machine: pid, group: groupOf(pid) }),
    JSON.stringify(request),
    {
      most: longest,
      timeout: (most + 10) * 1000,
      last: end,
    },
  );
  const output = `\n${heard.bytes.toString()}`;
  const lines = output.split('\n');
  const failed = lines.flatMap((line) => failedIn(line, ends) ?? []);
  const evidence = { on: 'host', command: 'hoplab pingall', output: '' };
  const blank = { by: null, status: null, body: null, sources: [], evidence };
  if (!output.endsWith('\nend\n') || heard.truncated) return { ...blank, result: 'tool-failed' };
  const counted = (word: string) =>
    Number(lines.find((line) => line.startsWith(`${word} `))?.slice(word.length) ?? 0);
  const unsent = lines.filter((line) => / tool-failed -$/.test(line)).length;
  const unasked = counted('unasked') + unsent;
  return {
    ...blank,
    result: failed.length + unasked === 0 ? 'reply' : 'silence',
    pairs: { ends, without, failed, unasked, crowded: counted('full') > 0 },
  };
}

function failedIn(line: string, ends: readonly PairEnd[]): FailedPair | null {
  const [word, from, to, result, by] = line.split(' ');
  const [source, target] = [ends[Number(from)], ends[Number(to)]];
  const known = results.find((one) => one === result);
  if (word !== 'failed' || source === undefined || target === undefined || known === undefined) return null;
  return { from: source, to: target, result: known, by: by === undefined || by === '-' ? null : by };
}
