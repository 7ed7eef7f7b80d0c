import { parsePrefix } from '../../../state/ip.ts';
import type { PolicyRule } from '../../../state/observation.ts';
import { promptOf } from '../../../verdict/evidence.ts';
import {
  entryFrame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
} from '../../judgement.ts';
import type { Args } from './schema.ts';

/** A node has, or does not have, a rule that sends these packets to this table. */
export function judgeIpRule({ args, observation }: JudgeFacts<Args>): Judgement {
  const { on, family, absent } = args;
  const wanted = wordsOf(args);
  const ip = family === 'ipv6' ? 'ip -6' : 'ip';
  const list = `${ip} rule`;
  const frame = entryFrame(on, wanted, wanted, list, absent);
  const node = nodeOr(frame, observation, on);
  if (isJudgement(node)) return node;
  const all = node.policies.filter((policy) => policy.family === family);
  const command = `${promptOf(observation, on).exec}${list}`;
  frame.evidence = [{ on, command, output: all.map(({ text }) => text).join('\n') }];
  const chosen = all.filter((policy) => selects(args, policy));
  const found = chosen.find((policy) => decides(args, policy));
  const deletion = ({ priority }: PolicyRule) => `${ip} rule del priority ${priority}`;
  if (absent)
    return found === undefined
      ? pass(frame, '-')
      : fail(frame, 'entry-present', found.text, { found: found.text, delete: deletion(found) });
  if (found !== undefined) return pass(frame, found.text);
  const [near] = chosen;
  const make = { add: `${ip} rule add ${wanted}`, maker: list };
  if (near === undefined) return fail(frame, 'entry-missing', '-', make);
  return fail(frame, 'wrong-entry', near.text, {
    ...{ found: near.text, delete: deletion(near), add: `${ip} rule add ${wanted}` },
  });
}

/** As one types it behind `ip rule add`. */
function wordsOf({ priority, from, to, iif, oif, mark, table, action }: Args): string {
  return [
    ...(priority === undefined ? [] : [`priority ${priority}`]),
    ...(from === undefined && to !== undefined ? [] : [`from ${from ?? 'all'}`]),
    ...(to === undefined ? [] : [`to ${to}`]),
    ...(iif === undefined ? [] : [`iif ${iif}`]),
    ...(oif === undefined ? [] : [`oif ${oif}`]),
    ...(mark === undefined ? [] : [`fwmark ${mark}`]),
    ...(action === 'lookup' ? (table === undefined ? [] : [`lookup ${table}`]) : [action]),
  ].join(' ');
}

/** The same packets: what is not written must not be selected by either. */
function selects({ from, to, iif, oif, mark }: Args, policy: PolicyRule): boolean {
  return (
    !policy.negated &&
    samePrefix(from, policy.from) &&
    samePrefix(to, policy.to) &&
    (iif ?? null) === policy.iif &&
    (oif ?? null) === policy.oif &&
    (mark === undefined ? policy.mark === null : policy.mark?.value === mark)
  );
}

function decides({ priority, table, action }: Args, policy: PolicyRule): boolean {
  const done = policy.action;
  return (
    (done.kind === 'refuse' ? done.type === action : done.kind === 'table' && action === 'lookup') &&
    (priority === undefined || priority === policy.priority) &&
    (table === undefined || (done.kind === 'table' && done.table === table))
  );
}

function samePrefix(wanted: string | undefined, seen: string | null): boolean {
  if (wanted === undefined || seen === null) return (wanted ?? null) === seen;
  const [one, other] = [parsePrefix(wanted), parsePrefix(seen)];
  return (
    one !== null &&
    other !== null &&
    one.bits === other.bits &&
    one.ip.family === other.ip.family &&
    one.ip.value === other.ip.value
  );
}
