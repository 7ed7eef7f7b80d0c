import type { ProbeOutcome } from '../../core/check/probe.ts';
import type { DnsProbe } from '../../core/check/probe-names.ts';
import { start } from '../exec/start.ts';
import { intoMachine, intoNode, type NodePlace } from '../machine/enter.ts';
import { dns } from './dns.ts';
import { evidenceOf } from './evidence.ts';
import { listening } from './seen.ts';

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
  const capture = start(intoMachine(pid, intoNode(at, watch)));
  capture.stdin.end();
  let captured = '';
  let look = () => {};
  capture.stdout.on('data', (data) => {
    captured += data;
    look();
  });
  try {
    const failure = await listening(capture);
    const second = await dns(pid, from, asked);
    const id = second.names?.id ?? '';
    if (failure === null)
      await shown(
        () => answerTo(id).test(captured),
        (again) => (look = again),
      );
    const ran = { exitCode: 0, signal: null, stdout: captured, stderr: failure ?? '', timedOut: false };
    const evidence = evidenceOf(at.name, watch, { ...ran, truncated: false, milliseconds: 0 });
    const result = failure === null ? second.result : 'tool-failed';
    return { ...second, result, names: { ...second.names, ...traffic(captured, id) }, evidence };
  } finally {
    capture.kill('SIGKILL');
  }
}

/** Resolves when a condition holds that may change with every look, at the latest when packets must have come. */
function shown(holds: () => boolean, onLook: (look: () => void) => void): Promise<void> {
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

/** Whether this query came in, and which queries went out. */
function traffic(text: string, id: string): { arrived: boolean; sent: string[] } {
  const arrived = new RegExp(`In +IP6? \\S+ > \\S+\\.53: ${id}[+%]* `).test(text);
  const out = text.matchAll(/Out +IP6? \S+ > (\S+)\.53: \d+[+%]* (?:\[[^\]]*\] )*(\S+\? \S+)/g);
  return { arrived, sent: [...out].map((match) => `${match[1]}: ${match[2]}`) };
}
