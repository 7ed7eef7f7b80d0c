import type { ProbeOutcome } from '../../core/probe/probe.ts';
import type { NodePlace } from '../place/enter.ts';
import { resolve } from './resolve.ts';

/**
 * The outcome of a request that tried no address with the name server's own word: whoever made it was still asking for
 * the name, or was told nothing, and says neither whom nor why. As it was where the name is found on asking again.
 */
export async function withNameAnswer(
  pid: number,
  from: NodePlace,
  url: string,
  outcome: ProbeOutcome,
): Promise<ProbeOutcome> {
  const untried = outcome.names?.addresses?.length === 0;
  if (!untried || !['silence', 'name-unknown'].includes(outcome.result)) return outcome;
  const { result, names } = await resolve(pid, from, {
    ...{ kind: 'resolve', from: from.name, name: new URL(url).hostname },
    ...{ libc: 'glibc', families: false },
  });
  if (result === 'answer' || result === 'tool-failed' || names === undefined) return outcome;
  return { ...outcome, result, names };
}
