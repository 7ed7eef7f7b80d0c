import type { PlainProbe, ProbeOutcome } from '../../core/probe/probe.ts';
import type { Observation } from '../../core/state/observation.ts';
import { detectionDone } from '../observe/tentative.ts';
import { nodesOf, placeOf } from '../place/enter.ts';
import { cached } from './cached.ts';
import { command } from './command.ts';
import { distribution } from './distribution.ts';
import { dns } from './dns.ts';
import { http } from './http.ts';
import { load } from './load.ts';
import { ntp } from './ntp.ts';
import { pairs } from './pairs.ts';
import { ping } from './ping.ts';
import { read } from './read.ts';
import { resolve } from './resolve.ts';
import { ruleText } from './rule-text.ts';
import { seen } from './seen.ts';
import { smtp } from './smtp.ts';
import { tcp } from './tcp.ts';
import { timeSources } from './time-sources.ts';
import { tls } from './tls.ts';

/**
 * Sends real packets and returns the result; a failing tool is an outcome, not an exception.
 * @param hasty waits no longer for an answer than one takes without an obstacle.
 */
export async function probe(
  pid: number,
  asked: PlainProbe,
  hasty = false,
  observation?: Observation,
): Promise<ProbeOutcome> {
  const from = await placeOf(pid, asked.from);
  if (isIpv6(targetOf(asked)) || (asked.kind === 'pairs' && asked.family === 'ipv6'))
    await detectionDone(pid, await nodesOf(pid));
  switch (asked.kind) {
    case 'ping':
      return ping(pid, from, asked.to, hasty, asked.size);
    case 'pairs':
      return pairs(pid, asked, hasty, observation);
    case 'http':
      return http(pid, from, asked.url, hasty);
    case 'seen':
      return seen(pid, from, asked.to, await placeOf(pid, asked.at), hasty);
    case 'tls':
      return tls(pid, from, asked, hasty);
    case 'ntp':
      return ntp(pid, from, asked, hasty);
    case 'smtp':
      return smtp(pid, from, asked, hasty);
    case 'load':
      return load(pid, from, asked);
    case 'time-sources':
      return timeSources(pid, from, asked, hasty);
    case 'distribution':
      return distribution(pid, from, asked, hasty);
    case 'command':
      return command(pid, from, asked.run, asked.as);
    case 'rule-text':
      return ruleText(pid, from, asked);
    case 'dns':
      return dns(pid, from, asked, hasty);
    case 'cached':
      return cached(pid, from, asked.query, await placeOf(pid, asked.at));
    case 'resolve':
      return resolve(pid, from, asked);
    case 'read':
      return read(pid, from, asked.path);
    case 'tcp':
      return tcp(pid, from, asked.to, asked.port, hasty);
  }
}

/** An address, or a URL with one in brackets; a name may mean either family and is not waited for. */
function targetOf(asked: PlainProbe): string {
  if ('url' in asked) return new URL(asked.url).hostname;
  if (asked.kind === 'dns') return asked.server ?? '';
  return 'to' in asked ? asked.to : '';
}

const isIpv6 = (target: string) => target.includes(':');
