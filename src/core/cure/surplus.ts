import type { Check } from '../check/check.ts';
import { judge } from '../check/judge.ts';
import type { Line } from '../lab/lab.ts';
import type { Decision, Packet, Walk } from '../path/model/packet.ts';
import { firstTrouble, walk } from '../path/model/walk.ts';
import { networkOf } from '../state/ip.ts';
import type { Observation, Route } from '../state/observation.ts';
import { promptOf } from '../verdict/evidence.ts';
import type { CureLine, Values, Verdict } from '../verdict/verdict.ts';
import { applyLine } from './apply-line.ts';
import { expectedEnd } from './closed.ts';
import { endsAsAsked, type JudgedCheck, packetOf } from './mends.ts';
import { typedAll } from './proof.ts';

/** What a node has too much, and the lines that take it away. */
interface Surplus {
  lines: CureLine[];
  values: Values;
}

/** One thing that lets the packet get further than it should. */
interface Taken {
  line: CureLine;
  text: string;
  values: Values;
}

/**
 * Of a packet that should end because something is not there, and gets further: what is there and has to be taken away.
 * Null where nothing of the kind is known, or where the control, or another check of the step, needs it.
 */
export function surplusOf(asked: JudgedCheck, verdict: Verdict, others: readonly Check[]): Surplus | null {
  const { check, observation } = asked;
  const expected = expectedEnd(check);
  const packet = expected === null ? null : packetOf(check, verdict);
  if (packet === null || expected === null) return null;
  if (verdict.reason !== 'unexpected-reply' && verdict.reason !== 'other-reason') return null;
  for (const node of nodesOf(walk(observation, packet), expected)) {
    const found = takenAt(observation, packet, expected, node);
    const lines = found.map(({ line }) => line);
    if (lines.length === 0 || needs(asked, others, lines)) continue;
    const surplus = found.map(({ text }) => text).join(', ');
    const values = found.length === 1 ? found[0]?.values : {};
    return { lines, values: { surplusNode: node, surplusTo: packet.to, surplus, ...values } };
  }
  return null;
}

const nodesOf = ({ request, reply }: Walk, expected: string): string[] => {
  const back = expected === 'reply-not-routed' ? (reply?.hops ?? []) : [];
  return [...new Set([...request.hops, ...back].map(({ node }) => node))];
};

/** As much of one node as has to go until the packet ends as it should; nothing where it then still does not. */
function takenAt(before: Observation, packet: Packet, expected: string, node: string): Taken[] {
  const found: Taken[] = [];
  let state = before;
  while (found.length < most) {
    const one = decider(state, walk(state, packet), expected, node);
    const next = one === null ? 'refused' : applyLine(state, one.line);
    if (one === null || typeof next === 'string') return [];
    found.push(one);
    if (endsAsAsked(next, packet, expected)) return found;
    state = next;
  }
  return [];
}

const most = 4;

/** What decides at a node that the packet goes on. */
function decider(observation: Observation, way: Walk, expected: string, node: string): Taken | null {
  const { shell: on, ip, exec } = promptOf(observation, node);
  const back = expected === 'reply-not-routed';
  const rule = back ? translation(way, node) : null;
  if (rule !== null) {
    const line = { on, run: `${exec}iptables -t nat -D POSTROUTING ${rule.line}`, or: false };
    return { line, text: rule.text, values: { surplusRule: rule.text } };
  }
  const hop = ((back ? way.reply : way.request)?.hops ?? []).find((one) => one.node === node);
  const state = observation.nodes[node];
  if (hop === undefined || state === undefined) return null;
  const to = hop.before.destination;
  if (expected === 'forwarding-off') {
    if (hop.in === null || hop.out === null || hop.decisions[0]?.by === 'bridge') return null;
    const surplusKey = to.includes(':') ? 'net.ipv6.conf.all.forwarding' : 'net.ipv4.ip_forward';
    const line = { on, run: `${exec}sysctl -w ${surplusKey}=0`, or: false };
    return { line, text: surplusKey, values: { surplusKey } };
  }
  if (expected !== 'no-route' && !back) return null;
  const { text = '' } = hop.decisions.find(({ by }) => by === 'route') ?? {};
  const route = state.routes.find((one) => one.text === text && one.type === 'unicast');
  if (route === undefined) return null;
  const values = { surplusTo: to };
  if (route.protocol !== 'kernel') {
    const table = route.table === 'main' ? '' : ` table ${route.table}`;
    const six = route.family === 'ipv6' ? ' -6' : '';
    const line = { on, run: `${ip}${six} route del ${route.text}${table}`, or: false };
    return { line, text: route.text, values: { ...values, surplusRoute: route.text } };
  }
  // A node that replies is known by its address.
  const address = back ? null : addressOf(observation, node, route);
  if (address === null) return null;
  const line = { on, run: `${ip} addr del ${address} dev ${route.dev}`, or: false };
  return {
    line,
    text: `${address} dev ${route.dev}`,
    values: { ...values, surplusAddress: address, surplusLink: route.dev ?? '' },
  };
}

/** The rule that gives the request a source to which replies find their way. */
function translation({ request }: Walk, node: string): Decision | null {
  const hop = request.hops.find((one) => one.node === node && one.before.source !== one.after.source);
  const rule = hop?.decisions.find(({ by, place }) => by === 'rule' && place === 'nat POSTROUTING');
  return rule?.line === undefined || hop?.after.source.includes(':') ? null : rule;
}

/** The address with which a route came. */
function addressOf({ nodes }: Observation, node: string, { dev, destination }: Route): string | null {
  const link = nodes[node]?.links.find(({ name }) => name === dev);
  const one = link?.addresses.find(({ address, prefix }) => networkOf(address, prefix) === destination);
  return one === undefined ? null : `${one.address}/${one.prefix}`;
}

/** The lines would take away what the control, or another check of the step, needs. */
function needs({ check, observation }: JudgedCheck, others: readonly Check[], lines: readonly CureLine[]) {
  const after = typedAll(observation, lines);
  if (typeof after === 'string') return true;
  const works = (state: Observation, packet: Packet) => firstTrouble(walk(state, packet)) === null;
  const control = 'control' in check.args ? check.args.control : undefined;
  const asked: Packet[] =
    typeof control === 'object' && 'to' in control
      ? [{ from: control.from, to: control.to, protocol: 'icmp', port: null }]
      : [];
  const packets = others.flatMap((one) => {
    const packet = expectedEnd(one) === null ? packetOf(one, { values: {} }) : null;
    return packet === null ? [] : [packet];
  });
  const passes = (state: Observation, one: Check) =>
    judge({ check: one, observation: state, processes: [], outcomes: [], step: '' }).status === 'pass';
  return (
    [...asked, ...packets].some((packet) => works(observation, packet) && !works(after, packet)) ||
    others.some((one) => passes(observation, one) && !passes(after, one))
  );
}

/** Ends that come of something that is not there: what lets the packet arrive cures none. */
const lacking = ['no-route', 'neighbour-silent'];

/** Whether these lines make the packet arrive that is to end because something is not there. */
export function letsThrough({ check, observation }: JudgedCheck, lines: readonly Line[]): boolean {
  const packet = lacking.includes(expectedEnd(check) ?? '') ? packetOf(check, { values: {} }) : null;
  const after = packet === null ? 'open' : typedAll(observation, lines);
  return packet !== null && typeof after !== 'string' && firstTrouble(walk(after, packet)) === null;
}
