import { setTimeout as pause } from 'node:timers/promises';
import type { Ran } from '../../core/ports.ts';
import { isAsAwaited, timeSourcesIn } from '../../core/probe/chronyc.ts';
import type { ProbeOutcome } from '../../core/probe/probe.ts';
import type { ServiceProbe, TimeSource } from '../../core/probe/services.ts';
import { sameAddress } from '../../core/state/ip.ts';
import { run } from '../exec/run.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { evidenceOf } from './evidence.ts';

type Asked = Extract<ServiceProbe, { kind: 'time-sources' }>;

const raw = ['chronyc', '-c', '-n', 'sources'];
const readable = ['chronyc', '-n', 'sources'];

/** A client with `iburst` decides at the fourth answer, after about 6 s; eight silences at a poll of 1 s take 8 to 10. */
const longest = 15_000;

/** The state of the servers in a node's time client, polled until the awaited one is there. */
export async function timeSources(
  pid: number,
  from: NodePlace,
  { until }: Asked,
  hasty = false,
): Promise<ProbeOutcome> {
  const ends = Date.now() + (hasty ? 0 : longest);
  const ask = (argv: string[]) => run(intoMachine(pid, intoNode(from, argv)), { timeout: 8000 });
  let seen = timeSourcesOf(await ask(raw));
  while (isAwaited(seen, until) && Date.now() < ends) {
    await pause(200);
    seen = timeSourcesOf(await ask(raw));
  }
  return {
    result: seen === 'unreadable' ? 'tool-failed' : 'answer',
    ...{ by: null, status: null, body: null, sources: [] },
    ...(seen === 'unreadable' ? {} : { timeSources: seen }),
    evidence: evidenceOf(from.name, readable, await ask(readable)),
  };
}

/** A server that is not asked at all will not become one by waiting. */
function isAwaited(seen: Seen, until: Asked['until']): boolean {
  if (seen === null || seen === 'unreadable') return false;
  const found = seen.find(({ address }) => sameAddress(address, until.source));
  return found !== undefined && !isAsAwaited(found, until);
}

/** Null where there is no chronyd to ask. */
type Seen = TimeSource[] | null | 'unreadable';

function timeSourcesOf({ exitCode, stdout, timedOut }: Ran): Seen {
  if (exitCode === 1 && stdout.startsWith('506 Cannot talk to daemon')) return null;
  return exitCode === 0 && !timedOut ? (timeSourcesIn(stdout) ?? 'unreadable') : 'unreadable';
}
