import { serviceRange } from '../../core/path/model/service-port.ts';
import type { Ran } from '../../core/ports.ts';
import type { DnsProbe, DnsRecord, NameFindings } from '../../core/probe/names.ts';
import type { ProbeOutcome, ProbeResult } from '../../core/probe/probe.ts';
import { holds, parseIp } from '../../core/state/ip.ts';
import { nearServer } from '../../core/text/slip.ts';
import { run } from '../exec/run.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { evidenceOf } from './evidence.ts';
import { readText } from './read.ts';

/** Seconds a first and a second query wait; the second outlasts the pause between two ARP requests (1 s). */
const patience = [1, 2];

/** One query with dig(1). Silence is asked a second time: a packet may be lost to a neighbour's late answer. */
export async function dns(
  pid: number,
  from: NodePlace,
  asked: DnsProbe,
  hasty = false,
): Promise<ProbeOutcome> {
  let outcome = await once(pid, from, asked, patience[0] ?? 1);
  if (outcome.result === 'silence' && !hasty) outcome = await once(pid, from, asked, patience[1] ?? 1);
  if (outcome.result === 'server-failed' && asked.recurse) return withRoot(pid, from, asked, outcome);
  if (outcome.result === 'silence' && !hasty) outcome = await withOwnNames(pid, from, asked, outcome);
  if (asked.server !== null || outcome.names?.records !== undefined) return outcome;
  // No reply: which servers does the node ask at all?
  const { text } = await readText(pid, from, '/etc/resolv.conf');
  // It could not be read, which says nothing of the servers in it.
  if (text === undefined) return outcome;
  const resolver = text ?? '';
  const nameservers = nameserversIn(resolver);
  const near = nameservers.length === 0 ? nearServer(resolver) : null;
  const server = outcome.names?.server ?? nameservers[0];
  // dig gives up at a line it cannot read. Programs pass over it, and no server is left to ask.
  const isUnread = nameservers.length === 0 && unread.test(outcome.evidence.output);
  return {
    ...outcome,
    ...(isUnread ? { result: 'silence' as const } : {}),
    names: {
      ...outcome.names,
      nameservers,
      ...(server === undefined ? {} : { server }),
      ...(near === null ? {} : { near: { ...near, file: '/etc/resolv.conf' } }),
    },
  };
}

/** A server that could not find out: does it at least find the servers of the root, where its questions begin? */
async function withRoot(
  pid: number,
  from: NodePlace,
  asked: DnsProbe,
  outcome: ProbeOutcome,
): Promise<ProbeOutcome> {
  const server = outcome.names?.server ?? asked.server;
  const root = await once(pid, from, { ...asked, name: '.', type: 'NS', server }, patience[1] ?? 1);
  if (root.result !== 'server-failed') return outcome;
  return { ...outcome, names: { ...outcome.names, rootless: true } };
}

/** A silent server of a cluster: does it answer for the cluster's own names, which it asks nobody else for? */
async function withOwnNames(
  pid: number,
  from: NodePlace,
  asked: DnsProbe,
  outcome: ProbeOutcome,
): Promise<ProbeOutcome> {
  const resolver = asked.server === null ? (await readText(pid, from, '/etc/resolv.conf')).text : null;
  const server = asked.server ?? outcome.names?.server ?? nameserversIn(resolver ?? '')[0] ?? '';
  if (!holds(serviceRange, server)) return outcome;
  const own = await once(pid, from, { ...asked, name: clusterName, type: 'A', server }, patience[1] ?? 1);
  const replied = ['answer', 'no-data', 'name-unknown'].includes(own.result);
  return replied ? { ...outcome, names: { ...outcome.names, ownNames: true } } : outcome;
}

/** Every cluster has this Service: that of its API server. */
const clusterName = 'kubernetes.default.svc.cluster.local';

/** argv of one query, as a learner types it but for the patience. */
function digArguments({ name, type, server, recurse }: DnsProbe): string[] {
  const whom = server === null ? [] : [`@${server}`];
  return ['dig', ...whom, name, type, ...(recurse ? [] : ['+norecurse'])];
}

async function once(pid: number, from: NodePlace, asked: DnsProbe, wait: number): Promise<ProbeOutcome> {
  const argv = digArguments(asked);
  const ran = await run(intoMachine(pid, intoNode(from, [...argv, `+time=${wait}`, '+tries=1'])), {
    timeout: 12_000,
  });
  const server = asked.server ?? serverIn(ran.stdout);
  return {
    result: digResult(ran),
    by: null,
    status: null,
    body: null,
    sources: [],
    names: { ...findings(ran), ...(server === null ? {} : { server }) },
    evidence: evidenceOf(from.name, argv, { ...ran, stdout: essence(ran.stdout) }),
  };
}

/** dig's exit codes (dig(1)) and the server's answer (RCODE, RFC 1035 4.1.1). */
export function digResult(ran: Ran): ProbeResult {
  if (ran.timedOut) return 'tool-failed';
  if (ran.exitCode === 0) {
    const status = /status: (\w+),/.exec(ran.stdout)?.[1];
    if (status === 'NOERROR') return recordsIn(ran.stdout, 'ANSWER').length > 0 ? 'answer' : 'no-data';
    if (status === 'NXDOMAIN') return 'name-unknown';
    if (status === 'REFUSED') return 'server-refused';
    return status === undefined ? 'tool-failed' : 'server-failed';
  }
  if (ran.exitCode !== 9) return 'tool-failed';
  if (/timed out/.test(ran.stdout)) return 'silence';
  if (/network unreachable/i.test(ran.stdout)) return 'no-route';
  if (/host unreachable/i.test(ran.stdout)) return 'host-unreachable';
  if (/connection refused/.test(ran.stdout)) return 'rejected';
  return /no servers could be reached/.test(ran.stdout) ? 'silence' : 'tool-failed';
}

/** @see NameFindings.truncated */
export const truncated = ({ exitCode, stdout }: Ran): Pick<NameFindings, 'truncated'> =>
  exitCode !== 0 && stdout.includes(';; Truncated, retrying in TCP mode') ? { truncated: true } : {};

function findings(ran: Ran): NameFindings {
  if (ran.exitCode !== 0) return truncated(ran);
  const id = /, id: (\d+)/.exec(ran.stdout)?.[1] ?? '';
  const zones = recordsIn(ran.stdout, 'AUTHORITY').filter(({ type }) => type === 'NS');
  const referrals = [...new Set(zones.map(({ name }) => name))];
  return { records: recordsIn(ran.stdout, 'ANSWER'), referrals, id };
}

/** `www.example.com.  300  IN  A  192.0.2.1` in the section of this name. */
export function recordsIn(text: string, section: 'ANSWER' | 'AUTHORITY'): DnsRecord[] {
  const [, behind = ''] = `\n${text}`.split(`\n;; ${section} SECTION:\n`, 2);
  const end = behind.indexOf('\n\n');
  return behind
    .slice(0, Math.max(end, 0))
    .split('\n')
    .flatMap((line) => {
      const [, name, type, data] = /^(\S+)\s+\d+\s+IN\s+(\S+)\s+(.*)$/.exec(line) ?? [];
      if (name === undefined || type === undefined || data === undefined) return [];
      return [{ name: bare(name), type, data: bare(data) }];
    });
}

const bare = (name: string) => (name.length > 1 ? name.replace(/\.$/, '') : name);

/** `;; SERVER: 192.168.1.100#53(192.168.1.100) (UDP)`, or the one dig complains of. */
function serverIn(text: string): string | null {
  const serverLine = /^;; SERVER: ([^#\s]+)#/m.exec(text) ?? /(?:error to|setup with) ([^#\s]+)#/.exec(text);
  return serverLine?.[1] ?? null;
}

/** The relevant part of dig's output: the status, the sections, the server. */
function essence(text: string): string {
  return text
    .split('\n')
    .filter((line) =>
      /^(?!;|$)|^;; (->>HEADER|SERVER|UDP setup|\S+ SECTION|communications|no servers)/.test(line),
    )
    .join('\n');
}

const unread = /parse of \/etc\/resolv\.conf failed/;

/** resolv.conf(5). Glibc passes over what is no address. */
export function nameserversIn(text: string): string[] {
  const named = [...text.matchAll(/^nameserver\s+(\S+)/gm)].map((match) => match[1] ?? '');
  return named.filter((one) => parseIp(one.replace(/%.*/, '')) !== null);
}
