import { type Frame, type Judgement, unchecked } from '../check/judgement.ts';
import { expectedFailure } from '../check/probe-frame.ts';
import type { Finding } from '../path/model/finding.ts';
import { ownersOf } from '../path/model/routing.ts';
import { kubectl } from '../path/model/rule-owner.ts';
import { serviceRange } from '../path/model/service-port.ts';
import type { NameControl } from '../probe/names.ts';
import type { ProbeOutcome, ProbeResult } from '../probe/probe.ts';
import { holds } from '../state/ip.ts';
import type { Observation } from '../state/observation.ts';
import { promptOf } from '../verdict/evidence.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Values } from '../verdict/verdict.ts';
import { diagnose, nearOf } from './packet.ts';

/** The reason for each reply code of a name server. */
const reasons: Partial<Record<ProbeResult, Reason>> = {
  'name-unknown': 'name-unknown',
  'no-data': 'record-missing',
  'server-refused': 'name-server-refuses',
  'server-failed': 'name-server-fails',
};

/** Of a silent server the state has no more than that. */
const silent: Reason[] = ['neighbour-silent', 'no-answer'];

/** Why a name was not found: no server to ask, the path to the server, or the server's reply. */
export function diagnoseName(
  observation: Observation,
  from: string,
  name: string,
  outcome: ProbeOutcome,
): Finding {
  const { nameservers, order, server = '' } = outcome.names ?? {};
  const nobody = nameservers?.length === 0 && (server === '' || /^(127\.|::1)/.test(server));
  const asked = sourcesOf(order, nobody ? null : server);
  const values: Values = {
    from,
    name,
    server,
    answered: nobody ? '' : server,
    sources: asked,
    order: (order ?? []).join(' '),
    ...(order === undefined || order.includes('dns') ? daemonAt(observation, server) : unasked(outcome)),
    ...nearOf(outcome),
    ...(outcome.names?.truncated === true ? { truncated: server } : {}),
    ...(clusterDns(observation, from, server) ??
      (outcome.names?.rootless === true ? { rootless: server } : {})),
  };
  const reason = reasons[outcome.result];
  const finding = (one: Reason): Finding => ({ reason: one, node: from, object: name, values });
  if (reason !== undefined) return finding(reason);
  // If the hosts file was asked as well, the missing name there is just as true, and nearer.
  if (nobody) return finding(order?.includes('files') ? 'name-unknown' : 'no-name-server');
  const way = diagnose(observation, { from, to: server, protocol: askedBy(outcome), port: 53 }, outcome);
  if (!silent.includes(way.reason))
    return { ...way, values: { ...values, client: from, nameServer: server, ...way.values } };
  // The question comes to it: then the server that it forwards to is the silent one (dnsmasq(8)).
  const forwarder = way.reason === 'no-answer' ? (values.daemon ?? '') : '';
  return { ...finding('name-server-silent'), values: { ...values, result: outcome.result, forwarder } };
}

/** The protocol of the last question: a client asks over TCP again where the answer does not fit into a datagram. */
export const askedBy = ({ names }: ProbeOutcome): 'tcp' | 'udp' =>
  names?.truncated === true ? 'tcp' : 'udp';

/** A server on a node that keeps what it has read of its files until it gets SIGHUP (dnsmasq(8)). */
export function daemonAt(observation: Observation, server: string): Values {
  const serverNode = ownersOf(observation, server).find((node) =>
    observation.nodes[node]?.listeners.some(({ port, process }) => port === 53 && process === 'dnsmasq'),
  );
  if (serverNode === undefined) return {};
  const { shell, exec } = promptOf(observation, serverNode);
  return { daemon: 'dnsmasq', serverNode, serverShell: shell, serverExec: exec };
}

/** The DNS of a cluster, as a pod asks it: it knows Services and pods, and asks servers outside for all other names. */
function clusterDns({ nodes }: Observation, from: string, server: string): Values | null {
  if (nodes[from]?.kind !== 'pod' || !holds(serviceRange, server)) return null;
  return { clusterDns: server, kubectl };
}

/** Name servers that resolv.conf names, and `hosts:` in nsswitch.conf lets no program ask. */
function unasked({ names }: ProbeOutcome): Values {
  const { nameservers = [], order = [] } = names ?? {};
  return nameservers.length === 0 ? {} : { withDns: [...order, 'dns'].join(' ') };
}

/** Whom a program has asked, as a learner would name them. */
function sourcesOf(order: readonly string[] | undefined, server: string | null): string {
  if (order === undefined) return server ?? '';
  const words: Record<string, string> = { files: '/etc/hosts', dns: server ?? '' };
  return order
    .map((source) => words[source] ?? source)
    .filter((source) => source !== '')
    .join(', ');
}

/** As `expectedFailure`, with a name that must be found instead of a ping. */
export function expectedNameFailure(
  frame: Frame,
  expected: Reason,
  finding: Finding,
  control: NameControl | undefined,
  answer: ProbeOutcome | null | undefined,
): Judgement {
  if (control === undefined) return unchecked(frame, 'control-failed', '-', {});
  const asked = { from: control.from, to: control.name };
  const reply = answer?.result === 'answer' ? { ...answer, result: 'reply' as const } : answer;
  const judgement = expectedFailure(frame, expected, finding, asked, reply);
  return { ...judgement, values: { ...judgement.values, controlName: control.name } };
}
