import { loadRunIn } from '../../core/probe/dnsperf.ts';
import type { ProbeOutcome } from '../../core/probe/probe.ts';
import type { LoadRun, ServiceProbe } from '../../core/probe/services.ts';
import { run } from '../exec/run.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';

type Asked = Extract<ServiceProbe, { kind: 'load' }>;

/** Seconds after which a query counts as lost: a thousand times an answer's time on a quiet computer. */
const patience = '2';
/** In one machine no more are under way than a socket's buffer holds (212992 bytes, some 250 datagrams). */
const outstanding = { least: 100, most: 200 };
const between = '--- ';

/** Several runs, those to the other address in turn with the first; where the first is silent, it is the only one. */
const script = `queries=$1 runs=$2 line=$3 addresses=$4; shift 4
for run in $(seq "$runs"); do
  for address in $addresses; do
    said=$(yes "$line" | head -n "$queries" | dnsperf -n 1 -s "$address" "$@" 2>&1)
    printf '%s\\n' "${between}$address" "$said"
    case "$run $address $said" in "1 \${addresses%% *} "*'Queries completed:    0 '*) exit ;; esac
  done
done`;

/** A name server under load, by dnsperf. */
export async function load(pid: number, from: NodePlace, asked: Asked): Promise<ProbeOutcome> {
  const { to, against, name, type, queries, runs } = asked;
  const addresses = against === null ? [to] : [to, against];
  const words = wordsOf(asked);
  const counts = [String(queries), String(runs), `${name} ${type}`, addresses.join(' ')];
  const argv = ['sh', '-c', script, 'load', ...counts, ...words];
  const ran = await run(intoMachine(pid, intoNode(from, argv)), { timeout: 60_000 });
  const found = ran.timedOut || ran.exitCode !== 0 ? null : runsIn(ran.stdout);
  const silent = found?.length === 1 && found[0]?.answered === 0;
  const whole = silent || found?.length === runs * addresses.length;
  const answered = found?.some((one) => one.to === to && one.answered > 0) ?? false;
  const command = `yes '${name} ${type}' | head -n ${queries} | dnsperf -n 1 -s ${to} ${words.join(' ')}`;
  const output = (found ?? []).map(lineOf).join('\n') || `${ran.stdout}${ran.stderr}`.trim().slice(-2000);
  return {
    result: !whole ? 'tool-failed' : answered ? 'answer' : 'silence',
    ...{ by: null, status: null, body: null, sources: [] },
    ...(whole && found !== null ? { load: found } : {}),
    evidence: { on: from.name, command, output },
  };
}

function wordsOf({ port, protocol, clients, offered }: Asked): string[] {
  return [
    ...['-p', String(port), '-m', protocol, '-c', String(clients), '-T', '1', '-t', patience],
    ...['-q', String(Math.min(Math.max(outstanding.least, clients), outstanding.most))],
    ...(offered === null ? [] : ['-Q', String(offered)]),
  ];
}

/** Null if one of them is not dnsperf's output. */
function runsIn(text: string): LoadRun[] | null {
  const parts = text.split(new RegExp(`^${between}`, 'm')).slice(1);
  const found = parts.flatMap((part) => loadRunIn(part, part.split('\n', 1)[0] ?? '') ?? []);
  return found.length === parts.length ? found : null;
}

const lineOf = ({ to, sent, answered, seconds, latency }: LoadRun): string =>
  `${to}: ${answered} of ${sent} answered, ${Math.round(answered / seconds)} per second, ${(latency * 1000).toFixed(2)} ms`;
