import type { Check } from '../check/check.ts';
import { judge } from '../check/judge.ts';
import { decidesRight } from '../check/kinds/route-get/routed.ts';
import { probesOf } from '../check/probes.ts';
import type { Line } from '../lab/lab.ts';
import type { Packet } from '../path/model/packet.ts';
import { firstTrouble, walk } from '../path/model/walk.ts';
import type { Probe, ProbeOutcome } from '../probe/probe.ts';
import { parseIp } from '../state/ip.ts';
import type { Observation, Process } from '../state/observation.ts';
import { packetFor } from '../text/url.ts';
import { promptOf } from '../verdict/evidence.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Values, Verdict } from '../verdict/verdict.ts';
import { editFile } from './files.ts';
import { furtherIn, typedAll } from './proof.ts';

/** A check, and the observations it was judged by. */
export interface JudgedCheck {
  check: Check;
  observation: Observation;
  processes: Process[];
  outcomes: (ProbeOutcome | null)[];
}

/**
 * Whether these lines, typed one after the other, bring a failing check further: the tools accept them and
 * the state changes. A check that reads the state then passes, or fails for its next reason; for one that
 * sends packets, the model's packet comes further, or is treated differently.
 */
export function mends(asked: JudgedCheck, verdict: Verdict, lines: readonly Line[]): boolean {
  const { check, observation, outcomes } = asked;
  if (check.kind === 'file') return further(verdict, judgeAgain(asked, editFile(outcomes[0] ?? null, lines)));
  const after = typedAll(observation, lines);
  if (typeof after === 'string') return after === 'open';
  // The packets have been sent: only the link that takes too little changes.
  if (check.kind === 'mtu' && verdict.reason === 'path-mtu')
    return judgeAgain({ ...asked, observation: after }).values.peer !== verdict.values.peer;
  // What the kernel decided was read by a command: the model says what it decides now.
  if (check.kind === 'route-get' && verdict.reason === 'wrong-entry') return decidesRight(after, check.args);
  const packet = packetOf(check, verdict);
  if (packet === null) return further(verdict, judgeAgain({ ...asked, observation: after }));
  const { node, values } = verdict;
  const reason = causeOf(verdict);
  if (endsAsAsked(after, packet, values.expect)) return true;
  // A packet that should end, and does not, need not come further.
  if (verdict.reason === 'unexpected-reply') return false;
  if (!furtherIn(observation, after, { packet, reason, node: node ?? '', values })) return false;
  return !treated.includes(reason) || otherwise(observation, after, packet);
}

/** A check that expects a rule to stop its packet: by the model, one does. */
export function endsAsAsked(after: Observation, packet: Packet, expected: string | undefined): boolean {
  const end = firstTrouble(walk(after, packet));
  return end?.kind === 'lost' && end.reason === expected;
}

/** The packet is treated differently, and no worse: replies still come back. */
function otherwise(before: Observation, after: Observation, packet: Packet): boolean {
  const [was, is] = [walk(before, packet), walk(after, packet)];
  const lost = firstTrouble(was) === null && firstTrouble(is) !== null;
  return !lost && JSON.stringify(was) !== JSON.stringify(is);
}

/** Reasons about rules and routes that treat an arriving packet: their cure shows in its path. */
const treated: readonly (Reason | null)[] = [
  ...(['not-translated', 'wrong-translation', 'translated-otherwise', 'wrong-source'] as const),
  ...(['other-path', 'enters-node', 'other-way-back'] as const),
];

function causeOf({ reason, values }: Verdict): Reason | null {
  return reason === 'other-reason' ? ((values.actual as Reason | undefined) ?? null) : reason;
}

function judgeAgain(asked: JudgedCheck, outcome?: ProbeOutcome | null): Verdict {
  const outcomes = outcome === undefined ? asked.outcomes : [outcome, ...asked.outcomes.slice(1)];
  return judge({ ...asked, step: '', outcomes });
}

/** A pass, or another reason that is not one that comes before. */
function further(was: Verdict, is: Verdict): boolean {
  if (is.status === 'pass') return true;
  // A link that has come is asked for its address next.
  if (was.reason === 'link-missing' && is.reason === 'no-address') return true;
  return is.reason !== was.reason && !first.some((reason) => is.reason === reason);
}

/** Nothing else can be asked where this is so: no cure leads here. */
const first: readonly Reason[] = [
  ...([
    'netns-missing',
    'container-missing',
    'pod-missing',
    'link-missing',
    'no-address',
    'no-route',
  ] as const),
  ...(['entry-missing', 'rule-missing', 'neighbour-missing', 'tool-failed'] as const),
];

/**
 * The node and rule that decide the packet's source: the rule that translates it, else the router that the verdict
 * names for its address, else the last one; and the sender.
 */
export function translatorOf({ check, observation }: JudgedCheck, verdict: Verdict): Values {
  const ordered = verdict.values.order !== undefined;
  const packet = treated.includes(causeOf(verdict)) && !ordered ? packetOf(check, verdict) : null;
  if (packet === null) return {};
  const { hops } = walk(observation, packet).request;
  const source = hops[0]?.before.source ?? '';
  for (const hop of hops.toReversed()) {
    const rule = hop.decisions.find(({ by, place }) => by === 'rule' && place === 'nat POSTROUTING');
    if (rule?.line === undefined || hop.before.source === hop.after.source) continue;
    return { ...routerAt(observation, hop.node), source, chainName: 'POSTROUTING', line: String(rule.line) };
  }
  const passed = hops.filter((hop) => hop.in !== null && hop.out !== null);
  const named = passed.find(({ node }) => node === verdict.values.router);
  const last = named ?? passed.at(-1);
  return last === undefined ? {} : { ...routerAt(observation, last.node), source };
}

function routerAt(observation: Observation, node: string): Values {
  const { shell, exec } = promptOf(observation, node);
  return { router: node, routerShell: shell, routerExec: exec };
}

/** The packet whose way decides a check; null for one that only reads, and where the packet's end is not known. */
export function packetOf(check: Check, { values }: Pick<Verdict, 'values'>): Packet | null {
  const [probe] = probesOf(check);
  const packet = probe === undefined ? null : packetOfProbe(probe, values.server ?? '');
  return packet !== null && parseIp(packet.to) !== null ? packet : null;
}

function packetOfProbe(probe: Probe, server: string): Packet | null {
  const { from } = probe;
  switch (probe.kind) {
    case 'ping':
    case 'seen':
      return { from, to: probe.to, protocol: 'icmp', port: null };
    case 'http':
    case 'distribution':
      return packetFor(from, probe.url);
    case 'trace': {
      const { to, probe: sent } = probe;
      const protocol = sent.kind === 'dns' ? 'udp' : sent.kind === 'http' ? 'tcp' : sent.kind;
      return { from, to, protocol, port: 'port' in sent ? sent.port : null };
    }
    case 'tcp':
    case 'tls':
      return { from, to: probe.to, protocol: 'tcp', port: probe.port };
    case 'dns':
    case 'resolve':
      return { from, to: server, protocol: 'udp', port: 53 };
    case 'ntp':
      return { from, to: probe.to, protocol: 'udp', port: 123 };
    case 'smtp':
      return { from, to: probe.to, protocol: 'tcp', port: 25 };
    default:
      return null;
  }
}
