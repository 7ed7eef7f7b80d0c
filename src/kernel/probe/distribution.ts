import { z } from 'zod';
import type { Ran } from '../../core/ports.ts';
import type { PlainProbe, ProbeOutcome, ProbeResult } from '../../core/probe/probe.ts';
import { quote } from '../../core/text/shell.ts';
import type { Evidence } from '../../core/verdict/verdict.ts';
import { pythonInside } from '../exec/python.ts';
import { run } from '../exec/run.ts';
import { jsonIn, lastLineOf } from '../exec/untrusted.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { withNameAnswer } from './name-answer.ts';

type Asked = Extract<PlainProbe, { kind: 'distribution' }>;

const program = await pythonInside('distribution');

/** Many requests of one process, and the servers that answered them. */
export async function distribution(
  pid: number,
  from: NodePlace,
  asked: Asked,
  hasty = false,
): Promise<ProbeOutcome> {
  const { hostname, host, port, pathname, search } = new URL(asked.url);
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  // Longer than the kernel's first retransmission.
  const patience = hasty ? '0.5' : '1.5';
  const words = [address, port || '80', `${pathname}${search}`, host, String(asked.requests)];
  const argv = [...program, ...words, asked.header ?? '', patience];
  const ran = await run(intoMachine(pid, intoNode(from, argv)), { timeout: 20_000 });
  const counted = countsIn(ran);
  const blank = {
    by: null,
    status: null,
    body: null,
    sources: [],
    evidence: evidenceOf(from.name, asked, counted, ran),
  };
  if (counted === null) return { ...blank, result: 'tool-failed' };
  const { answers, unanswered, addresses } = counted;
  const outcome = { ...blank, result: resultOf(counted), answers, unanswered, names: { addresses } };
  return withNameAnswer(pid, from, asked.url, outcome);
}

const countsSchema = z.object({
  answers: z.record(z.string().max(1024), z.int().min(0)),
  unanswered: z.int().min(0),
  ended: z.string(),
  error: z.string().max(1024),
  asked: z.int().min(0),
  addresses: z.array(z.string().max(64)).max(64),
});
type Counts = z.infer<typeof countsSchema>;

/** The program's counts; null if it did not finish, or printed something else. */
function countsIn({ stdout, exitCode, timedOut }: Ran): Counts | null {
  return exitCode !== 0 || timedOut ? null : jsonIn(lastLineOf(stdout), countsSchema);
}

const endings: ProbeResult[] = [
  'answer',
  'rejected',
  'silence',
  'no-route',
  'host-unreachable',
  'name-unknown',
];

const resultOf = ({ ended }: Counts): ProbeResult => endings.find((one) => one === ended) ?? 'tool-failed';

/** As a learner could ask: the counts as uniq(1) prints them. */
function evidenceOf(
  on: string,
  { url, requests, header }: Asked,
  counted: Counts | null,
  ran: Ran,
): Evidence {
  const one = header === null ? `curl -s ${quote(url)}` : `curl -sI ${quote(url)} | grep -i ${quote(header)}`;
  const counts = Object.entries(counted?.answers ?? {}).map(
    ([name, count]) => `${String(count).padStart(7)} ${name}`,
  );
  const failures =
    counted === null || counted.error === ''
      ? []
      : [`${counted.unanswered} of ${counted.asked}: ${counted.error}`];
  return {
    on,
    command: `for i in $(seq ${requests}); do ${one}; done | sort | uniq -c`,
    output:
      counted === null
        ? ran.stderr.trim().slice(-2000)
        : [...counts.sort().reverse(), ...failures].join('\n'),
  };
}
