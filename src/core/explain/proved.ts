import type { Check } from '../check/check.ts';
import { opens } from '../cure/closed.ts';
import { unwanted } from '../cure/files.ts';
import { withValues } from '../cure/fillings.ts';
import { withGateway, withRouter } from '../cure/gateways.ts';
import { type JudgedCheck, mends, packetOf, translatorOf } from '../cure/mends.ts';
import { letsThrough, surplusOf } from '../cure/surplus.ts';
import type { Packet } from '../path/model/packet.ts';
import { isPacketReason } from '../path/recording/hop.ts';
import { parseIp } from '../state/ip.ts';
import { promptOf } from '../verdict/evidence.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { CureLine, Verdict } from '../verdict/verdict.ts';
import { choiceOf, chosen } from './explain.ts';
import { looks } from './looks.ts';
import { besides, redirected } from './trace/beside.ts';

/**
 * A failing verdict with the commands that cure it: of several ways those that helped when tried on a copy of
 * the state. If none helped, only the commands that show more remain.
 * @param others the step's checks: no way is good that opens what one of them expects to be closed, or writes what one wants in no file.
 */
export function withCure(asked: JudgedCheck, verdict: Verdict, others: readonly Check[] = []): Verdict {
  if (verdict.reason === null) return verdict;
  const traced = tracedCure(asked, verdict).filter((way) => !opens(asked.observation, others, way));
  if (traced.length > 0) return { ...verdict, cure: joinCures(traced) };
  const surplus = surplusOf(asked, verdict, others);
  if (surplus !== null)
    return { ...verdict, values: { ...verdict.values, ...surplus.values }, cure: surplus.lines };
  const given = givenCure(asked, verdict).filter((way) => !opens(asked.observation, others, way));
  if (given.length > 0) return { ...verdict, cure: joinCures(given) };
  const values = { ...verdict.values, ...translatorOf(asked, verdict) };
  const { better, ways } = choiceOf({ ...verdict, values });
  const packet = packetOf(asked.check, verdict) ?? routed(asked.check);
  const wanted = packet === null ? [] : sendingOn(asked, others, packet);
  const filled = (way: CureLine[]): CureLine[][] =>
    packet === null
      ? [way]
      : [...valuesIn(asked, packet, way), way].flatMap((one) => [
          ...withGateway(asked.observation, packet, one),
          one,
        ]);
  const good = chosen(
    {
      better: [...wanted, ...better].flatMap((way) =>
        packet === null ? [way] : withRouter(asked.observation, packet, way),
      ),
      ways: ways.flatMap(filled),
    },
    (way) =>
      suits(asked, verdict, way) &&
      !(wanted.length > 0 && serverOf(way) !== undefined) &&
      tried(asked, verdict, way) &&
      !opens(asked.observation, others, way) &&
      !letsThrough(asked, way) &&
      !unwanted(others, way),
  );
  return { ...verdict, cure: joinCures(good.length > 0 ? good : [cureLines(asked, verdict)]) };
}

/**
 * The cures that a trace has proved, where the packets alone know them: of what no check asks about, and of a rule of
 * nftables, whose handle and chain the state does not have.
 */
function tracedCure({ outcomes }: JudgedCheck, { reason, node, values }: Verdict): CureLine[][] {
  const end = outcomes.findLast((one) => one?.traced !== undefined)?.traced?.path.end;
  if (end === undefined || end.node !== node) return [];
  const unasked = reason === 'no-answer' && isPacketReason(end.reason);
  const native = reason === end.reason && (values.handle ?? values.policyNft ?? '') !== '';
  return unasked || native ? waysIn(end.cure) : [];
}

/** The rule of NAT that gave the packet an address or a port at which nobody answers, corrected. */
function givenCure(asked: JudgedCheck, verdict: Verdict): CureLine[][] {
  const { values } = verdict;
  if (values.giver === undefined && values.portGiver === undefined) return [];
  const packet = packetOf(asked.check, verdict);
  const elsewhere = packet === null ? [] : redirected(asked, packet, verdict.reason, values);
  const [blank = [], ...known] = elsewhere;
  const ways = [...known, ...besides(asked, values), ...(blank.length > 0 ? [blank] : [])];
  return ways.filter((way) => mends(asked, verdict, way)).slice(0, 1);
}

/** The lab says which address a node without one is to have. */
function valuesIn({ observation }: JudgedCheck, packet: Packet, way: CureLine[]): CureLine[][] {
  const has = (text: string) => way.some(({ run }) => run.includes(text));
  return has('addr add ADDRESS') && !has('addr del') ? [] : withValues(observation, packet, way);
}

const tried = (asked: JudgedCheck, verdict: Verdict, way: readonly CureLine[]): boolean =>
  way.some(({ run }) => looks(run, verdict.reason)) || mends(asked, verdict, way);

/** A route is good for a packet that takes it. */
function routed({ kind, args }: Check): Packet | null {
  if (kind !== 'route' || parseIp(args.to) === null) return null;
  return { from: args.on, to: args.to, protocol: 'icmp', port: null };
}

/** Each way to cure, with its lines. */
export function waysIn(lines: readonly CureLine[]): CureLine[][] {
  const ways: CureLine[][] = [];
  for (const line of lines) {
    if (line.or || ways.length === 0) ways.push([line]);
    else ways.at(-1)?.push(line);
  }
  return ways;
}

export const joinCures = (ways: readonly CureLine[][]): CureLine[] =>
  ways.flatMap((way, choice) => way.map((line, at) => ({ ...line, or: choice > 0 && at === 0 })));

/** A server of web pages answers nothing but HTTP, and dig reads no file. */
const otherServices = ['smtp', 'tls', 'dns', 'resolve', 'ntp', 'cached', 'load'];
const asksServers = ['dns', 'cached', 'load'];

/** Another program should listen on the port, or the server of another node should answer: it names its node. */
function isOther({ kind, args }: Check, server: string, node: string | null): boolean {
  const program = server === 'nginx' ? server : 'python3';
  if (kind === 'listener') return args.process !== undefined && args.process !== program;
  const [, host = node] = (kind === 'http' && /^host=(\S+)$/.exec(args.body ?? '')) || [];
  return host !== node;
}

const serverOf = (way: readonly CureLine[]): string | undefined =>
  way.flatMap(({ run }) => /http\.server|\bnginx$/.exec(run) ?? [])[0];

/** The rules of NAT by which the step wants the packet sent on: then no server should answer where it arrives. */
const sendingOn = ({ observation }: JudgedCheck, others: readonly Check[], packet: Packet): CureLine[][] =>
  others.flatMap(({ kind, args }) => {
    if (kind !== 'nat' || args.to !== packet.to || args.destination === undefined) return [];
    if (packet.protocol !== 'tcp' || args.tcp !== packet.port) return [];
    const { shell, exec } = promptOf(observation, args.at);
    const inner = args.destination.includes(':') ? `[${args.destination}]` : args.destination;
    const target = args.port === undefined ? args.destination : `${inner}:${args.port}`;
    const tool = args.destination.includes(':') ? 'ip6tables' : 'iptables';
    const rule = `PREROUTING -p tcp --dport ${packet.port} -j DNAT --to-destination ${target}`;
    return [[{ on: shell, run: `${exec}${tool} -t nat -A ${rule}`, or: false }]];
  });

function suits(
  { check, observation }: JudgedCheck,
  { node, values }: Verdict,
  way: readonly CureLine[],
): boolean {
  if (way.some(({ on }) => observation.nodes[on] === undefined && on !== 'host' && on !== node)) return false;
  const has = (text: string) => way.some(({ run }) => run.includes(text));
  // The table to read is that of the router, not that of the node where the packet arrived.
  const { routerShell } = values;
  if (has('-t nat -S') && routerShell !== undefined && way.some(({ on }) => on !== routerShell)) return false;
  const datagram = ('udp' in check.args && check.args.udp !== undefined) || check.kind === 'ntp';
  const server = serverOf(way);
  if (
    server !== undefined &&
    (datagram || otherServices.includes(check.kind) || isOther(check, server, node))
  )
    return false;
  return !(has('/etc/hosts') && asksServers.includes(check.kind));
}

/**
 * The commands to look at if no known cure helps: the one under the verdict, or those that print the deciding
 * state.
 */
function cureLines({ observation }: JudgedCheck, { node, reason, evidence, values }: Verdict): CureLine[] {
  const { shell, exec, ip } = promptOf(observation, node ?? 'host');
  if (reason !== null && translating.includes(reason)) {
    const router = promptOf(observation, values.router ?? node ?? 'host');
    return [{ on: router.shell, run: `${router.exec}iptables -t nat -S`, or: false }];
  }
  const asked = evidence.find(({ command }) => looks(command, null) && !command.startsWith('hoplab'));
  if (asked !== undefined) {
    const prompt = promptOf(observation, asked.on);
    const run = / (-n|exec) \S/.test(asked.command) ? asked.command : `${prompt.exec}${asked.command}`;
    return [{ on: prompt.shell, run, or: false }];
  }
  const target = parseIp(values.to ?? '') === null ? null : values.to;
  return [{ on: shell, run: target === null ? `${exec}ss -ltnup` : `${ip} route get ${target}`, or: false }];
}

const translating: readonly Reason[] = [
  ...([
    'not-translated',
    'wrong-translation',
    'translated-otherwise',
    'wrong-source',
    'rule-not-met',
  ] as const),
];
