import type { Ran } from '../../core/ports.ts';
import { echoData } from '../../core/probe/echo.ts';
import type { ProbeOutcome, ProbeResult } from '../../core/probe/probe.ts';
import type { SocketOptions } from '../../core/probe/trace-probe.ts';
import { run } from '../exec/run.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { evidenceOf } from './evidence.ts';
import { refusedHere } from './refused-here.ts';

/**
 * How long a first echo request waits, in seconds: a thousand times what a reply inside one machine takes. Then two
 * more follow, the last of them more than the second after the first that the kernel lets pass between two ARP
 * requests (retrans_time_ms) and between two ICMP errors to one peer (icmp_ratelimit). What was silent for such a
 * reason answers then.
 */
const patience = 0.5;
const further = { count: 2, interval: 0.6 };

/**
 * The wait, in seconds, if silence is to be reported soon: the state explains it, or a patient ping follows.
 */
export const hastyPatience = 0.3;

/** `id` becomes the ICMP identifier, so that a capture can distinguish this ping from others. */
export const pingArguments = (
  to: string,
  wait: number,
  id?: number,
  {
    size,
    mtu,
    mark,
    tos,
    count = 1,
    interval,
  }: {
    size?: number | undefined;
    mtu?: number | undefined;
    count?: number;
    interval?: number;
  } & SocketOptions = {},
): string[] => [
  ...['ping', '-n', '-c', String(count), '-W', String(wait)],
  ...(interval === undefined ? [] : ['-i', String(interval)]),
  ...(size === undefined ? [] : ['-s', String(size)]),
  ...(mtu === undefined ? [] : ['-M', 'do', '-s', String(echoData(to, mtu))]),
  ...(id === undefined ? [] : ['-e', String(id)]),
  ...(mark === undefined ? [] : ['-m', String(mark)]),
  ...(tos === undefined ? [] : ['-Q', String(tos)]),
  to,
];

/**
 * An echo request; silence is asked a second time, and so is an unreachable host, which may come from the
 * kernel's memory of a neighbour that was silent a moment ago.
 */
export async function ping(
  pid: number,
  from: NodePlace,
  to: string,
  hasty = false,
  size?: number,
): Promise<ProbeOutcome> {
  const ask = (wait: number) => once(pid, from, to, wait, size);
  if (hasty) return ask(hastyPatience);
  const outcome = await ask(patience);
  const again = outcome.result === 'silence' || outcome.result === 'host-unreachable';
  return again ? once(pid, from, to, patience, size, further) : outcome;
}

async function once(
  pid: number,
  from: NodePlace,
  to: string,
  wait: number,
  size?: number,
  requests: { count: number; interval?: number } = { count: 1 },
): Promise<ProbeOutcome> {
  const argv = pingArguments(to, wait, undefined, { size, ...requests });
  const ran = await run(intoMachine(pid, intoNode(from, argv)), { timeout: 5000 });
  return {
    ...pingResult(ran),
    status: null,
    body: null,
    sources: [],
    evidence: evidenceOf(
      from.name,
      ['ping', '-c', String(requests.count), ...(size === undefined ? [] : ['-s', String(size)]), to],
      ran,
    ),
  };
}

/** iputils' words, in the C locale. */
export function pingResult(ran: Ran): { result: ProbeResult; by: string | null } {
  const output = `${ran.stdout}\n${ran.stderr}`;
  const answer = (result: ProbeResult, by: string | null = null) => ({ result, by });
  if (ran.timedOut || ran.exitCode === null || ran.exitCode === 126 || ran.exitCode === 127)
    return answer('tool-failed');
  if (ran.exitCode === 0) return answer(/ bytes from /.test(output) ? 'reply' : 'tool-failed');
  // A redirect only names a shorter way, and the packet goes on.
  const error = /^From (\S+?):? icmp_seq=\d+ (?!Redirect )(.*)$/m.exec(output);
  if (/^Destination (Host Unreachable|unreachable: Address unreachable)/.test(error?.[2] ?? ''))
    return answer('host-unreachable', error?.[1] ?? null);
  if (error) return answer('rejected', error[1] ?? null);
  if (refusedHere.test(output)) return answer('no-route');
  if (/No route to host/.test(output)) return answer('host-unreachable');
  // EPERM: a rule dropped it here. EACCES and EINVAL: a prohibit or blackhole route (fib_props in fib_semantics.c).
  if (/Operation not permitted|ping broadcast|Invalid argument|connect: Permission denied/.test(output))
    return answer('rejected');
  if (/Name or service not known|Temporary failure in name resolution/.test(output))
    return answer('name-unknown');
  // iputils exits 1 when requests were sent and nothing came back, 2 for every other error (ping(8)).
  return answer(ran.exitCode === 1 && / packets transmitted/.test(output) ? 'silence' : 'tool-failed');
}
