import { type Frame, type Judgement, unchecked } from '../check/judgement.ts';
import { expectedFailure } from '../check/probe-frame.ts';
import type { Finding } from '../path/model/finding.ts';
import { ownersOf } from '../path/model/routing.ts';
import type { NameControl } from '../probe/names.ts';
import type { ProbeOutcome, ProbeResult } from '../probe/probe.ts';
import type { Observation } from '../state/observation.ts';
import { sedPattern } from '../text/shell.ts';
import { promptOf } from '../verdict/evidence.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Values } from '../verdict/verdict.ts';
import { clusterDns } from './cluster-names.ts';
import { meantServer, serverMissing, serversAround } from './name-servers.ts';
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
    ...(clusterDns(observation, from, server, name, outcome) ??
      (outcome.names?.rootless === true ? { rootless: server } : {})),
  };
  const reason = reasons[outcome.result];
  const finding = (one: Reason): Finding => ({ reason: one, node: from, object: name, values });
  if (reason !== undefined) return finding(reason);
  if (nobody) return unserved(observation, from, outcome, finding);
  const way = diagnose(observation, { from, to: server, protocol: askedBy(outcome), port: 53 }, outcome);
  if (!silent.includes(way.reason)) {
    const configured = nameservers?.includes(server) === true;
    const missing =
      way.reason === 'no-listener' && way.values.service === undefined
        ? serverMissing(observation, from, way.node, { server, configured })
        : {};
    return { ...way, values: { ...values, client: from, nameServer: server, ...missing, ...way.values } };
  }
  // The question comes to it: then the server that it forwards to is the silent one (dnsmasq(8)).
  const forwarder = way.reason === 'no-answer' ? (values.daemon ?? '') : '';
  return { ...finding('name-server-silent'), values: { ...values, result: outcome.result, forwarder } };
}

/** Nobody was asked but perhaps the hosts file: resolv.conf names no server. */
function unserved(
  observation: Observation,
  from: string,
  { names }: ProbeOutcome,
  finding: (reason: Reason) => Finding,
): Finding {
  const { near, order = [] } = names ?? {};
  const line = near?.file === '/etc/resolv.conf' ? near.line : null;
  const serverLine = `nameserver ${meantServer(observation, from, line) ?? 'ADDRESS'}`;
  const add = (one: Finding, more: Values): Finding => ({ ...one, values: { ...one.values, ...more } });
  if (line !== null) return add(finding('no-name-server'), { serverLine, nearPattern: sedPattern(line) });
  if (!order.includes('files')) return add(finding('no-name-server'), { serverLine });
  // The missing name in the hosts file is just as true, and nearer where there is no name server at all.
  const unnamed = serversAround(observation, from).length > 0;
  return add(finding('name-unknown'), unnamed ? { serverLine, noServerIn: '/etc/resolv.conf' } : {});
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
