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
  const accepted = tcpResult(ran);
  const open = accepted === 'answer' ? await unfinished(pid, from, to, port, hasty) : null;
  const told = open === null ? evidence : { ...evidence, output: `${evidence.output}\n${open.line}` };
  const result = open === null ? accepted : open.result;
  return { result, by: null, status: null, body: null, sources: [], evidence: told };
}

/**
 * A connection in which nothing but its beginning arrives is none: the end that nc sent is not acknowledged then. The
 * line of ss(8) of such a connection, or why there is none; null where all of them end.
 */
async function unfinished(
  pid: number,
  from: NodePlace,
  to: string,
  port: number,
  hasty: boolean,
): Promise<{ result: ProbeResult; line: string } | null> {
  const peer = to.includes(':') ? `[${to}]` : to;
  const argv = ['ss', '-Htno', 'state', 'fin-wait-1', 'dst', peer, 'dport', '=', `:${port}`];
  const ending = async () => {
    const ran = await run(intoMachine(pid, intoNode(from, argv)), { timeout: 4000 });
    if (ran.exitCode !== 0) broken = `ss: exit code ${ran.exitCode}: ${ran.stderr}`;
    return ran.stdout.split('\n').filter((line) => line !== '');
  };
  let broken: string | null = null;
  // An older one is sent again at longer and longer intervals.
  const fresh = (await ending()).filter((line) => !/timer:\(on,\S+,[2-9]\)/.test(line)).map(portOf);
  const until = performance.now() + (hasty ? 300 : 1000);
  let left = fresh;
  while (left.length > 0 && broken === null && performance.now() < until) {
    const now = (await ending()).map(portOf);
    left = left.filter((one) => now.includes(one));
  }
  if (broken !== null) return { result: 'tool-failed', line: broken };
  if (left.length < fresh.length || left.length === 0) return null;
  return { result: 'silence', line: `FIN-WAIT-1 -> ${peer}:${port}` };
}

/** `0 1 10.0.1.2:40000 10.0.2.2:80 timer:(on,120ms,0)` */
const portOf = (line: string): string => line.trim().split(/\s+/)[2] ?? '';

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
