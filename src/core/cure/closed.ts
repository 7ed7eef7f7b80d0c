import type { Check } from '../check/check.ts';
import type { Line } from '../lab/lab.ts';
import { firstTrouble, walk } from '../path/model/walk.ts';
import type { Observation } from '../state/observation.ts';
import { reasons } from '../verdict/reasons.ts';
import { packetOf } from './mends.ts';
import { typedAll } from './proof.ts';

/**
 * Whether these lines would let a packet through, or end it for another reason, that one of these checks expects
 * to end for the reason for which it ends now.
 */
export function opens(observation: Observation, checks: readonly Check[], lines: readonly Line[]): boolean {
  const ending = checks.flatMap((check) => {
    const expected = expectedEnd(check);
    const packet = expected === null ? null : packetOf(check, { values: {} });
    return packet === null ? [] : [{ packet, expected }];
  });
  // Most steps have none: typing the lines and walking would be for nothing.
  if (ending.length === 0) return false;
  const after = typedAll(observation, lines);
  if (typeof after === 'string') return false;
  return ending.some(({ packet, expected }) => {
    const [was, is] = [observation, after].map((each) => firstTrouble(walk(each, packet)));
    return was?.kind === 'lost' && was.reason === expected && (is?.kind !== 'lost' || is.reason !== expected);
  });
}

/** The reason for which the packet of a check is not to arrive. `expect` may also be a word for its arrival. */
export function expectedEnd({ args }: Check): string | null {
  if ('ends' in args) return args.ends?.reason ?? null;
  const expected = 'expect' in args && typeof args.expect === 'string' ? args.expect : null;
  return reasons.find((reason) => reason === expected) ?? null;
}
