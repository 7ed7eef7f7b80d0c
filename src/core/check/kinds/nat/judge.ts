import type { Fields, TracedHop } from '../../../path/recording/hop.ts';
import type { MovedRule } from '../../../path/recording/moved-rule.ts';
import { sameAddress } from '../../../state/ip.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
} from '../../judgement.ts';
import { endedAs, tracedOr } from '../../path-frame.ts';
import { endOf, nodesOf, requestOf } from '../../path-sights.ts';
import { sameRule } from '../rule/judge.ts';
import type { Args } from './schema.ts';

/**
 * NAT seen from both sides: header and conntrack entry at the node, its rules' counters, the packet at the
 * receiver.
 */
export function judgeNat({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, to, at } = args;
  const values = { from, to, at, expect: 'reply', translator: at };
  const frame: Frame = { node: at, object: to, expected: wishOf(args), values, evidence: [] };
  const node = nodeOr(frame, observation, at);
  if (isJudgement(node)) return node;
  const path = tracedOr(frame, observation, args, outcomes[0]);
  if ('reason' in path) return path;
  const request = requestOf(path);
  const hop = request?.hops.find((one) => one.node === at && one.layer === 'ip');
  const moved = (outcomes[0]?.traced?.moved ?? []).filter((rule) => rule.node === at && rule.table === 'nat');
  if (hop?.after != null) {
    frame.evidence.push(...natEvidence(at, hop, moved));
    const wrong = otherwise(frame, args, hop, hop.after);
    if (wrong !== null) return wrong;
  }
  const lost = endedAs(frame, {}, path, null);
  if (lost !== null) return lost;
  if (hop?.after == null) {
    return fail(frame, 'other-path', nodesOf(request).join(', '), { missed: at, expected: at });
  }
  return (
    ruleOtherwise(frame, args, moved) ??
    seenOtherwise(frame, args, request?.hops.at(-1)) ??
    pass(frame, [`${ends(hop.before)} => ${ends(hop.after)}`, ...moved.map(counted)].join('; '))
  );
}

/** The header that left is not as asked, or conntrack does not expect the answer at the address that was asked. */
function otherwise(frame: Frame, asked: Args, hop: TracedHop, after: Fields): Judgement | null {
  const { source, destination, port } = asked;
  const expectedAnswer = hop.conntrack?.reply.split(' -> ').map(addressOf);
  const sides = [
    { side: 'source' as const, wanted: source, answered: expectedAnswer?.[1] },
    { side: 'destination' as const, wanted: destination, answered: expectedAnswer?.[0] },
  ];
  for (const { side, wanted, answered: answer } of sides) {
    if (wanted === undefined) continue;
    const whole = side === 'destination' && port !== undefined ? `${wanted}:${port}` : wanted;
    const rightPort = side === 'source' || port === undefined || after.destinationPort === port;
    const right =
      sameAddress(after[side], wanted) && rightPort && (answer === undefined || sameAddress(answer, wanted));
    if (right) continue;
    const samePort = side === 'source' || hop.before?.destinationPort === after.destinationPort;
    const unchanged = hop.before?.[side] === after[side] && samePort;
    const match =
      side === 'source' ? `-s ${hop.before?.source ?? ''}` : `-d ${hop.before?.destination ?? ''}`;
    const target = side === 'source' ? `SNAT --to-source ${whole}` : `DNAT --to-destination ${whole}`;
    const values = {
      ...{ side, expected: whole, chain: side === 'source' ? 'POSTROUTING' : 'PREROUTING' },
      order: `${match}${protocolOf(asked)} -j ${target}`,
      ...(side === 'destination' ? { public: hop.before?.destination ?? '' } : {}),
    };
    const seen = port === undefined ? after[side] : endOf(after, side);
    return fail(frame, unchanged ? 'not-translated' : 'wrong-translation', seen, values);
  }
  return null;
}

/** Ports need a protocol in front of them. */
function protocolOf({ tcp, udp, port }: Args): string {
  if (port === undefined || (tcp === undefined && udp === undefined)) return '';
  return tcp === undefined ? ` -p udp --dport ${udp}` : ` -p tcp --dport ${tcp}`;
}

function ruleOtherwise(frame: Frame, { like }: Args, moved: readonly MovedRule[]): Judgement | null {
  if (like === undefined || moved.some(({ rule }) => sameRule(rule, like))) return null;
  const met = moved.map(({ rule }) => rule).join(', ');
  return fail(frame, 'rule-not-met', met || '-', { rule: like, met });
}

function seenOtherwise(frame: Frame, { seen }: Args, last: TracedHop | undefined): Judgement | null {
  const source = last?.before?.source;
  if (seen === undefined || source === undefined || sameAddress(source, seen)) return null;
  return {
    ...fail(frame, 'wrong-source', source, { expected: seen, translator: '' }),
    node: last?.node ?? null,
  };
}

function natEvidence(at: string, { conntrack }: TracedHop, moved: readonly MovedRule[]): Frame['evidence'] {
  const entry = conntrack === null ? '-' : `${conntrack.original} | ${conntrack.reply}`;
  return [
    { on: at, command: 'conntrack -L', output: entry },
    { on: at, command: 'iptables -t nat -nvL', output: moved.map(counted).join('\n') || '-' },
  ];
}

const counted = ({ rule, before, after }: MovedRule) => `${rule} (${before} -> ${after})`;
const ends = (fields: Fields | null) =>
  fields === null ? '-' : `${endOf(fields, 'source')} -> ${endOf(fields, 'destination')}`;

/** An end of a tuple without its port. */
function addressOf(end: string): string {
  return /^\[(.*)\]:\d+$/.exec(end)?.[1] ?? (end.split(':').length === 2 ? (end.split(':')[0] ?? '') : end);
}

function wishOf({ source, destination, port, seen }: Args): string {
  return [
    ...(source === undefined ? [] : [`src ${source}`]),
    ...(destination === undefined ? [] : [`dst ${destination}${port === undefined ? '' : `:${port}`}`]),
    ...(seen === undefined ? [] : [`seen: ${seen}`]),
  ].join(', ');
}
