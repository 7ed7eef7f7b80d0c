import { randomBytes } from 'node:crypto';
import type { Ran } from '../../core/ports.ts';
import { noRecords } from '../../core/probe/names.ts';
import type { ProbeOutcome, ProbeResult } from '../../core/probe/probe.ts';
import type { TraceRequest } from '../../core/probe/trace-probe.ts';
import { plainDatagram, udpQuestion } from '../../core/probe/udp-question.ts';
import type { Observation } from '../../core/state/observation.ts';
import { pythonInside } from '../exec/python.ts';
import { run } from '../exec/run.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { digResult, recordsIn, truncated } from '../probe/dns.ts';
import { evidenceOf } from '../probe/evidence.ts';
import { brokenAnswer, httpResult } from '../probe/http.ts';
import { hastyPatience, pingArguments, pingResult } from '../probe/ping.ts';

const connect = await pythonInside('connect');

/**
 * Seconds an echo may take: a thousand times what it takes inside one machine. In IPv6 a router asks for its
 * neighbours from a link-local address that is ready only 2 s after its link came up (RFC 4862, 5.4).
 */
export function patienceFor(to: string, observation: Observation, hasty: boolean): number {
  if (to.includes(':')) return 2.5;
  if (hasProxy(observation) || isAsking(observation)) return 1.5;
  return hasty ? hastyPatience : 0.5;
}

/** A node that answers for another takes its time: up to proxy_delay, 0.8 s (arp_process, pneigh_enqueue). */
const hasProxy = ({ nodes }: Observation): boolean =>
  Object.values(nodes).some(({ sysctls }) =>
    Object.entries(sysctls).some(([key, value]) => key.endsWith('.proxy_arp') && value === '1'),
  );

/** A packet waits for a question that is under way already, and is asked again each second (RETRANS_TIMER). */
const isAsking = ({ nodes }: Observation): boolean =>
  Object.values(nodes).some(({ neighbours }) => neighbours.some(({ state }) => state === 'INCOMPLETE'));

type Answer = Pick<ProbeOutcome, 'result' | 'by' | 'answer' | 'names' | 'broken'>;

/** Sends the one probe of a trace. `mark`: its ICMP identifier or its source port. */
export async function send(
  pid: number,
  place: NodePlace,
  request: TraceRequest,
  mark: number,
  patience: number,
): Promise<ProbeOutcome> {
  const { argv, commandLine, read } = commandOf(request, mark, patience);
  const ran = await run(intoMachine(pid, intoNode(place, argv)), { timeout: 8000 });
  const evidence = evidenceOf(place.name, commandLine, ran);
  return { ...read(ran), status: null, body: null, sources: [], evidence };
}

interface Command {
  argv: string[];
  /** As a learner would type it. */
  commandLine: string[];
  read: (ran: Ran) => Answer;
}

function commandOf({ to, probe }: TraceRequest, mark: number, patience: number): Command {
  switch (probe.kind) {
    case 'icmp':
      return {
        argv: pingArguments(to, patience, mark, probe),
        commandLine: pingArguments(to, patience, undefined, probe),
        read: pingResult,
      };
    case 'tcp':
    case 'udp': {
      const set = [probe.mark ?? 0, probe.tos ?? 0].map(String);
      const { bytes, commandLine } = probe.kind === 'udp' ? datagram(to, probe) : connection(to, probe.port);
      const words = [...connect, probe.kind, to, String(probe.port), String(mark), ...set, bytes];
      return { argv: words, commandLine, read: connectResult };
    }
    case 'dns': {
      const any = to.includes(':') ? '::' : '0.0.0.0';
      const commandLine = ['dig', '+tries=1', '+time=1', `@${to}`, probe.name];
      return {
        argv: [...commandLine.slice(0, 3), '-b', `${any}#${mark}`, ...commandLine.slice(3)],
        commandLine,
        read: digAnswer,
      };
    }
    case 'http': {
      // A kernel asks three times for a neighbour, a second apart, and then says that it is not there.
      const commandLine = [
        'curl',
        '-sS',
        '--noproxy',
        '*',
        '--connect-timeout',
        '3.5',
        '--max-time',
        '6',
        probe.url,
      ];
      const own = ['--local-port', String(mark), '-v', '-o', '/dev/null'];
      return { argv: [...commandLine.slice(0, -1), ...own, probe.url], commandLine, read: curlResult };
    }
  }
}

const connection = (to: string, port: number) => ({
  bytes: '',
  commandLine: ['nc', '-z', '-v', to, String(port)],
});

/**
 * A request that the service of that port understands; for an unknown service, and for a size, bytes of the trace's
 * own.
 */
function datagram(
  to: string,
  probe: { port: number; size?: number | undefined },
): { bytes: string; commandLine: string[] } {
  const { port, size = 8 } = probe;
  const token = randomBytes(Math.min(size, 8)).toString('hex');
  const question = udpQuestion(probe);
  if (question === null) return { bytes: token.padEnd(size * 2, '0'), commandLine: plainDatagram(to, port) };
  return { bytes: question.bytes(token), commandLine: question.command(to, port) };
}

const endings: Record<string, ProbeResult> = {
  answer: 'answer',
  silence: 'silence',
  refused: 'rejected',
  'no-route': 'no-route',
  'host-unreachable': 'host-unreachable',
};

function connectResult(ran: Ran): Answer {
  return { result: endings[ran.stdout.trim()] ?? 'tool-failed', by: null };
}

function curlResult(ran: Ran): Answer {
  const answer = /^< (HTTP\/[^\r\n]+)/m.exec(ran.stderr)?.[1]?.trim();
  return {
    ...{ result: httpResult(ran), by: null, ...brokenAnswer(ran) },
    ...(answer === undefined ? {} : { answer }),
  };
}

/** The status and the records of the answer, or the zones it refers to, as dig prints them. */
function digAnswer(ran: Ran): Answer {
  if (ran.exitCode !== 0) return { result: digResult(ran), by: null, names: truncated(ran) };
  const status = /status: (\w+),/.exec(ran.stdout)?.[1] ?? '';
  const records = recordsIn(ran.stdout, 'ANSWER').map(({ type, data }) => `${type} ${data}`);
  const zones = recordsIn(ran.stdout, 'AUTHORITY').filter(({ type }) => type === 'NS');
  const referral = zones.map(({ name, data }) => `${name} NS ${data}`);
  const found = records.length > 0 ? records : referral;
  const answer = status === 'NOERROR' ? found.join(', ') || noRecords : status;
  return { result: 'answer', by: null, answer };
}
