import type { DnsProbe } from '../../core/probe/names.ts';
import type { ProbeOutcome } from '../../core/probe/probe.ts';
import { begin } from '../exec/begin.ts';
import { type BoundedOutput, keep } from '../exec/bounded-output.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { dns } from './dns.ts';
import { evidenceOf } from './evidence.ts';
import { endedWithin, listening, mostCaptured } from './seen.ts';

/** How long after the answer the capture may still deliver the packets before it. */
const deliveryTime = 500;

/**
 * One query, asked twice: does the second leave the server that has just answered the first? The capture at the
 * server is read until it shows the server's answer, and everything sent before that comes before it.
 */
export async function cached(
  pid: number,
  from: NodePlace,
  asked: DnsProbe,
  at: NodePlace,
): Promise<ProbeOutcome> {
  const first = await dns(pid, from, asked);
  if (first.names?.records === undefined) return first;
  const watch = ['tcpdump', '-n', '-l', '--immediate-mode', '-i', 'any', 'udp port 53'];
  const capture = begin(intoMachine(pid, intoNode(at, watch)));
  let look = () => {};
  const captured = keep(capture.stdout, mostCaptured, () => look());
  try {
    const begun = await listening(capture);
    const second = await dns(pid, from, asked);
    const id = second.names?.id ?? '';
    if (begun === null)
      await awaitHit(
        () => linesOf(captured).some((line) => answerTo(id).test(line)),
        (again) => (look = again),
      );
    const ended = await endedWithin(capture, 0);
    const failure = captured.more
      ? 'more packets than are read'
      : (begun ?? (ended ? 'tcpdump ended' : null));
    const ran = { exitCode: 0, signal: null, stdout: captured.text, stderr: failure ?? '', timedOut: false };
    const evidence = evidenceOf(at.name, watch, { ...ran, truncated: false, milliseconds: 0 });
    const result = failure === null ? second.result : 'tool-failed';
    return { ...second, result, names: { ...second.names, ...traffic(linesOf(captured), id) }, evidence };
  } finally {
    capture.end();
  }
}

/** Resolves when a condition holds that may change with every look, at the latest when packets must have come. */
function awaitHit(holds: () => boolean, onLook: (look: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, deliveryTime);
    const look = () => {
      if (!holds()) return;
      clearTimeout(timer);
      resolve();
    };
    onLook(look);
    look();
  });
}

/** `eth0  Out IP 192.168.1.100.53 > 192.168.1.10.40000: 4711 1/0/1 A 192.0.2.1 (60)` */
const answerTo = (id: string) => new RegExp(`Out +IP6? \\S+\\.53 > \\S+: ${id}[*$|-]* `);

/** A packet is one line; one that is longer is none that is looked for. */
const linesOf = ({ text }: BoundedOutput): string[] => text.split('\n').filter(({ length }) => length < 1024);

/** Whether this query came in, and which queries went out. */
function traffic(lines: readonly string[], id: string): { arrived: boolean; sent: string[] } {
  const asks = new RegExp(`In +IP6? \\S+ > \\S+\\.53: ${id}[+%]* `);
  const out = /Out +IP6? \S+ > (\S+)\.53: \d+[+%]* (?:\[[^\]]*\] )*(\S+\? \S+)/;
  return {
    arrived: lines.some((line) => asks.test(line)),
    sent: lines.flatMap((line) => {
      const match = out.exec(line);
      return match === null ? [] : [`${match[1]}: ${match[2]}`];
    }),
  };
}
