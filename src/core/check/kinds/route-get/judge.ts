import { sameAddress } from '../../../state/ip.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass, unchecked } from '../../judgement.ts';
import { outcomeOr } from '../../probe-frame.ts';
import { corrected } from './routed.ts';
import type { Args } from './schema.ts';

/**
 * The errors of a look-up that the kernel does not route: no route, or a route or rule that refuses
 * (fib_props in fib_semantics.c).
 */
const refused =
  /RTNETLINK answers: (Network is unreachable|No route to host|Permission denied|Invalid argument)/;

/** The kernel routes this packet the wanted way, or not at all. */
export function judgeRouteGet({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { on, to, via, dev, table, absent } = args;
  const list = asking(args);
  const wanted = [
    to,
    ...(via === undefined ? [] : ['via', via]),
    ...(dev === undefined ? [] : ['dev', dev]),
    ...(table === undefined ? [] : ['table', table]),
  ].join(' ');
  const frame: Frame = {
    node: on,
    object: to,
    expected: absent ? '-' : wanted,
    values: { list, wanted, to, absent: absent ? 'yes' : '' },
    evidence: [],
  };
  const outcome = outcomeOr(frame, observation, on, outcomes[0]);
  if ('reason' in outcome) return outcome;
  const body = outcome.body ?? '';
  const refusal = refused.exec(body)?.[1];
  const line = body.split('\n')[0]?.trim() ?? '';
  const decided = outcome.status === 0 && / dev \S+/.test(line);
  if (!decided && (outcome.status === 0 || refusal === undefined))
    return unchecked(frame, 'tool-failed', '-', { tool: list });
  const look = { add: 'ip rule', delete: 'ip rule' };
  if (!decided)
    return absent
      ? pass(frame, refusal ?? '-')
      : fail(frame, 'entry-missing', refusal ?? '-', { ...look, maker: 'ip route' });
  const right = meets(args, line);
  if (absent) return right ? fail(frame, 'entry-present', line, { found: line, ...look }) : pass(frame, line);
  if (right) return pass(frame, line);
  const decider = tableOf(line);
  const values = { found: line, ...look, decider, ...corrected(observation, args, decider) };
  return fail(frame, 'wrong-entry', line, values);
}

const tableOf = (line: string): string => / table (\S+)/.exec(line)?.[1] ?? 'main';

/** `ip route get` for the packet, with the words ip takes. */
export function asking({ to, from, iif, mark }: Args): string {
  return [
    `ip route get ${to}`,
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(iif === undefined ? [] : [`iif ${iif}`]),
    ...(mark === undefined ? [] : [`mark ${mark}`]),
  ].join(' ');
}

function meets({ via, dev, table }: Args, line: string): boolean {
  const after = (word: string) => new RegExp(` ${word} (\\S+)`).exec(line)?.[1];
  return (
    (via === undefined || sameAddress(via, after('via') ?? '')) &&
    (dev === undefined || dev === after('dev')) &&
    (table === undefined || table === tableOf(line))
  );
}
