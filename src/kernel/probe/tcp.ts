import type { Ran } from '../../core/ports.ts';
import type { ProbeOutcome, ProbeResult } from '../../core/probe/probe.ts';
import { run } from '../exec/run.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { evidenceOf } from './evidence.ts';
import { refusedHere } from './refused-here.ts';

/**
 * One TCP connection with nc(1), closed as soon as it is accepted. Refused may take until the first
 * retransmission (1 s): the ICMP error can be held back.
 */
export async function tcp(
  pid: number,
  from: NodePlace,
  to: string,
  port: number,
  hasty = false,
): Promise<ProbeOutcome> {
  const argv = ['nc', '-n', '-v', '-z', '-w', hasty ? '1' : '3', to, String(port)];
  const ran = await run(intoMachine(pid, intoNode(from, argv)), { timeout: 8000 });
  const evidence = evidenceOf(from.name, argv, ran);
  return { result: tcpResult(ran), by: null, status: null, body: null, sources: [], evidence };
}

/** The words of OpenBSD's nc, which are the C library's for each error of connect(2). */
function tcpResult(ran: Ran): ProbeResult {
  if (ran.timedOut) return 'tool-failed';
  if (ran.exitCode === 0) return /succeeded!/.test(ran.stderr) ? 'answer' : 'tool-failed';
  if (
    /Connection refused|reset by peer|Broken pipe|Permission denied|Operation not permitted|Invalid argument/.test(
      ran.stderr,
    )
  )
    return 'rejected';
  if (refusedHere.test(ran.stderr)) return 'no-route';
  if (/No route to host/.test(ran.stderr)) return 'host-unreachable';
  return /timed out/.test(ran.stderr) ? 'silence' : 'tool-failed';
}
