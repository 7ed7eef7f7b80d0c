import { sourcesIn } from '../../core/check/kinds/file/entry.ts';
import type { Ran } from '../../core/ports.ts';
import { familyAnswers, type NameFindings, type NameProbe } from '../../core/probe/names.ts';
import type { ProbeOutcome } from '../../core/probe/probe.ts';
import { hostLine, nearHost } from '../../core/text/slip.ts';
import { run } from '../exec/run.ts';
import { intoMachine, intoNode, type NodePlace } from '../place/enter.ts';
import { dns, nameserversIn } from './dns.ts';
import { evidenceOf } from './evidence.ts';
import { readText } from './read.ts';

type Asked = Extract<NameProbe, { kind: 'resolve' }>;

/** Seconds and tries the resolver waits for each server instead of its own 5 and 2: resolv.conf(5). */
const impatient = 'RES_OPTIONS=timeout:2 attempts:1';

/** Resolves a name as a program of the node does. */
export async function resolve(pid: number, from: NodePlace, asked: Asked): Promise<ProbeOutcome> {
  const outcome = await (asked.libc === 'musl' ? byMusl : byGlibc)(pid, from, asked.name);
  if (!asked.families || outcome.result === 'tool-failed') return outcome;
  const replies = await families(pid, from, asked.name);
  if (replies === null) return { ...outcome, result: 'tool-failed' };
  return { ...outcome, names: { ...outcome.names, ...replies } };
}

/**
 * The server's reply to the question for each family; a program asks both at the same time. Null where a question was
 * not asked to its end.
 */
async function families(pid: number, from: NodePlace, name: string): Promise<NameFindings | null> {
  const question = { kind: 'dns' as const, from: from.name, name, server: null, recurse: true };
  const types = ['A', 'AAAA'] as const;
  const answers = await Promise.all(types.map((type) => dns(pid, from, { ...question, type })));
  if (answers.some(({ result }) => result === 'tool-failed')) return null;
  const server = answers.map(({ names }) => names?.server).find((one) => one !== undefined);
  return {
    families: types.map((type, at) => ({
      type,
      result: familyAnswers.find((one) => one === answers[at]?.result) ?? 'silence',
    })),
    ...(server === undefined ? {} : { server }),
  };
}

/** scripts/services builds this program: musl's getaddrinfo, and nothing else. It waits for musl's own 5 s. */
async function byMusl(pid: number, from: NodePlace, name: string): Promise<ProbeOutcome> {
  const argv = ['musl-addresses', name];
  const ran = await run(intoMachine(pid, intoNode(from, argv)), { timeout: 20_000 });
  const blank = {
    by: null,
    status: null,
    body: null,
    sources: [],
    evidence: evidenceOf(from.name, argv, ran),
  };
  const addresses = addressesIn(ran);
  if (ran.timedOut || (ran.exitCode === 0) !== addresses.length > 0)
    return { ...blank, result: 'tool-failed' };
  // It reads no nsswitch.conf: /etc/hosts, then the name servers, always.
  const order = ['files', 'dns'];
  if (ran.exitCode === 0) return { ...blank, result: 'answer', names: { addresses, order } };
  // EAI_NONAME and EAI_AGAIN, in the program's own numbers.
  if (ran.exitCode !== 2 && ran.exitCode !== 3) return { ...blank, result: 'tool-failed' };
  const { names, ...outcome } = await why(pid, from, name, order);
  const near = await nearIn(pid, from, name, order);
  return { ...outcome, names: { ...names, ...near }, evidence: blank.evidence };
}

/**
 * `getent ahosts` asks as ping does, for both families and whatever addresses the node has (AI_ADDRCONFIG hides
 * answers from a node with only its loopback up).
 */
async function byGlibc(pid: number, from: NodePlace, name: string, again = true): Promise<ProbeOutcome> {
  const argv = ['getent', 'ahosts', name];
  const ran = await run(intoMachine(pid, intoNode(from, ['env', impatient, ...argv])), { timeout: 20_000 });
  const sources = (await readText(pid, from, '/etc/nsswitch.conf')).text;
  const order = orderIn(sources ?? '');
  const evidence = evidenceOf(from.name, argv, ran);
  const blank = { by: null, status: null, body: null, sources: [], evidence };
  const isFound = addressesIn(ran).length > 0;
  if (ran.timedOut || sources === undefined || isFound !== (ran.exitCode === 0))
    return { ...blank, result: 'tool-failed' };
  if (ran.exitCode === 0) {
    const held = await heldIn(pid, from, name, order, ran);
    const names = { addresses: addressesIn(ran), order, ...(await serversOf(pid, from)), ...held };
    return { ...blank, result: 'answer', names };
  }
  // getent(1): 2 says that the name was not found; everything else is an error of its own.
  if (ran.exitCode !== 2 || ran.stdout !== '') return { ...blank, result: 'tool-failed' };
  const near = await nearIn(pid, from, name, order);
  if (!order.includes('dns')) {
    const names = { order, ...(await serversOf(pid, from)), ...near };
    return { ...blank, result: 'name-unknown', names };
  }
  const { names, ...outcome } = await why(pid, from, name, order);
  // The server has the name: it was only too slow for getent, whose error says nothing of that.
  if (again && (names?.records ?? []).length > 0) return byGlibc(pid, from, name, false);
  return { ...outcome, names: { ...names, ...near }, evidence };
}

/** The line of /etc/hosts, where that is asked first and has the name. */
async function heldIn(
  pid: number,
  from: NodePlace,
  name: string,
  [first]: readonly string[],
  ran: Ran,
): Promise<Pick<NameFindings, 'hostsLine'>> {
  if (first !== 'files') return {};
  const hosts = (await readText(pid, from, '/etc/hosts')).text ?? '';
  const line = addressesIn(ran).flatMap((address) => hostLine(name, address, hosts) ?? [])[0];
  return line === undefined ? {} : { hostsLine: line };
}

/** A line of /etc/hosts that fits but for one thing, if that file was asked. */
async function nearIn(
  pid: number,
  from: NodePlace,
  name: string,
  order: readonly string[],
): Promise<Pick<NameFindings, 'near'>> {
  const hosts = order.includes('files') ? (await readText(pid, from, '/etc/hosts')).text : null;
  const near = hosts == null ? null : nearHost(name, hosts);
  return near === null ? {} : { near: { ...near, file: '/etc/hosts' } };
}

/** Nothing where the file could not be read: no file, no servers. */
async function serversOf(pid: number, from: NodePlace): Promise<Pick<NameFindings, 'nameservers'>> {
  const { text } = await readText(pid, from, '/etc/resolv.conf');
  return text === undefined ? {} : { nameservers: nameserversIn(text ?? '') };
}

/** The same question to the name server, which says more than getent does. */
async function why(pid: number, from: NodePlace, name: string, order: string[]): Promise<ProbeOutcome> {
  const outcome = await dns(pid, from, {
    kind: 'dns',
    from: from.name,
    name,
    type: 'A',
    server: null,
    recurse: true,
  });
  const found = outcome.result === 'answer' || outcome.result === 'no-data';
  const result = found ? 'name-unknown' : outcome.result;
  return { ...outcome, result, names: { ...outcome.names, order } };
}

/** `192.168.1.11   STREAM db`, one line per kind of socket. */
function addressesIn({ stdout }: Ran): string[] {
  return [...new Set([...stdout.matchAll(/^(\S+)\s+STREAM/gm)].map((match) => match[1] ?? ''))];
}

function orderIn(text: string): string[] {
  const line = /^hosts\s*:.*$/m.exec(text)?.[0];
  // Without a line glibc asks its files first (nss/nss_database.c); nsswitch.conf(5) has it the other way round.
  return line === undefined ? ['files', 'dns'] : sourcesIn(line.replace(/#.*/, '')).split(' ');
}
