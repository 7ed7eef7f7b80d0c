import type { ProbeOutcome } from '../../core/probe/probe.ts';
import { parseIp } from '../../core/state/ip.ts';
import { hostOf } from '../../core/text/url.ts';
import type { NodePlace } from '../place/enter.ts';
import { resolve } from './resolve.ts';

/**
 * The outcome of a request that tried no address, with the name server's reply: the client was still
 * resolving the name, or got no answer, and its error names neither the server nor the reason. Unchanged if
 * the name resolves when asked again. One that was refused at a name's address has the line of /etc/hosts that
 * gave it, where that file did.
 */
export async function withNameAnswer(
  pid: number,
  from: NodePlace,
  url: string,
  outcome: ProbeOutcome,
): Promise<ProbeOutcome> {
  const name = hostOf(url);
  const untried = outcome.names?.addresses?.length === 0;
  const refused = !untried && outcome.result === 'rejected' && parseIp(name) === null;
  if (!refused && !(untried && ['silence', 'name-unknown'].includes(outcome.result))) return outcome;
  const { result, names } = await resolve(pid, from, {
    ...{ kind: 'resolve', from: from.name, name },
    ...{ libc: 'glibc', families: false },
  });
  if (refused) {
    const { hostsLine } = names ?? {};
    return hostsLine === undefined ? outcome : { ...outcome, names: { ...outcome.names, hostsLine } };
  }
  if (result === 'answer' || result === 'tool-failed' || names === undefined) return outcome;
  return { ...outcome, result, names };
}
