import type { ProbeOutcome } from '../../core/probe/probe.ts';
import type { NodePlace } from '../place/enter.ts';
import { resolve } from './resolve.ts';

/**
 * The outcome of a request that tried no address, with the name server's reply: the client was still
 * resolving the name, or got no answer, and its error names neither the server nor the reason. Unchanged if
 * the name resolves when asked again.
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
