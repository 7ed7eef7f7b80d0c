import { randomInt } from 'node:crypto';
import type { ProbeOutcome } from '../../core/probe/probe.ts';
import { begin } from '../exec/begin.ts';
import { keep } from '../exec/bounded-output.ts';
import type { Launched } from '../exec/launch.ts';
import { run } from '../exec/run.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { evidenceOf } from './evidence.ts';
import { hastyPatience, pingArguments, pingResult } from './ping.ts';

/**
 * Milliseconds after the ping's end in which the capture may still deliver the request; the second, if
 * silence is to be reported soon.
 */
const [deliveryTime, hastyDelivery] = [500, 100];

/** How long tcpdump may take until it listens. */
const startTime = 5000;

/** Bytes of a capture's text that are read. */
export const mostCaptured = 256 * 1024;

/** Seconds the ping waits: longer than the kernel lets pass between two ARP requests. */
const patience = 1.1;

/** A ping from one node while another node is watched: with which source addresses did its request arrive? */
export async function seen(
  pid: number,
  from: NodePlace,
  to: string,
  at: NodePlace,
  hasty = false,
): Promise<ProbeOutcome> {
  const id = randomInt(1, 0xffff);
  // The identifier is at byte 4 of an echo request in both families; IPv6 headers have 40 bytes (RFC 8200).
  const filter = `(icmp[icmptype] = icmp-echo and icmp[4:2] = ${id}) or (ip6[40] = 128 and ip6[44:2] = ${id})`;
  const watch = ['tcpdump', '-n', '-l', '--immediate-mode', '-c', '1', '-i', 'any', filter];
  const capture = begin(intoMachine(pid, intoNode(at, watch)));
  const captured = keep(capture.stdout, mostCaptured);
  try {
    const begun = await listening(capture);
    const argv = pingArguments(to, hasty ? hastyPatience : patience, id);
    const ran = await run(intoMachine(pid, intoNode(from, argv)), { timeout: 5000 });
    const ended = await endedWithin(capture, hasty ? hastyDelivery : deliveryTime);
    // Of itself it ends with the packet alone.
    const failure = begun ?? (ended && captured.text === '' ? 'tcpdump ended' : null);
    const result = failure === null ? pingResult(ran) : { result: 'tool-failed' as const, by: null };
    const silent = failure === null && captured.text === '';
    const evidence = silent
      ? evidenceOf(from.name, ['ping', '-c', '1', to], ran)
      : evidenceOf(at.name, watch, { ...ran, stdout: captured.text, stderr: failure ?? '' });
    return { ...result, status: null, body: null, sources: sourcesOf(captured.text), evidence };
  } finally {
    capture.end();
    await capture.over;
  }
}

/** Null once the capture is armed; otherwise why it is not. */
export function listening(capture: Launched): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const errors = keep(capture.stderr, 4096, ({ text }) => text.includes('listening on') && resolve(null));
  void capture.over.then(() => resolve(errors.text || 'tcpdump ended'));
  setTimeout(() => resolve('tcpdump does not begin'), startTime).unref();
  return promise;
}

/** `... eth0 In  IP 192.168.1.2 > 192.168.1.3: ICMP echo request, ...` -> `192.168.1.2`. */
function sourcesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/ IP6? (\S+) > \S+: ICMP6?/g)].map((match) => match[1] ?? ''))];
}

/** Whether a capture has ended by itself, or does within so many milliseconds. */
export function endedWithin(capture: Launched, milliseconds: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  void capture.over.then(() => resolve(true));
  setTimeout(() => resolve(false), milliseconds).unref();
  return promise;
}
