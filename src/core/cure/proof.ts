import type { Line } from '../lab/lab.ts';
import type { Packet, Walk } from '../path/model/packet.ts';
import { firstTrouble, walk } from '../path/model/walk.ts';
import type { Observation } from '../state/observation.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Values } from '../verdict/verdict.ts';
import { applyLine } from './apply-line.ts';
import { blank, vain } from './blanks.ts';

/** The trouble to cure: the packet that does not arrive, and the reason. */
export interface Trouble {
  packet: Packet;
  reason: Reason | null;
  node: string;
  values: Values;
}

/**
 * Whether these lines, typed one after the other, help: the tools take them, they change something, and where the model
 * gives the same reason for the packet's end, the packet then comes further in it. Words that a person has to fill in,
 * and tools that are not understood here, are not judged.
 */
export function helps(observation: Observation, trouble: Trouble, lines: readonly Line[]): boolean {
  const state = typedAll(observation, lines);
  if (typeof state === 'string') return state === 'open';
  return furtherIn(observation, state, trouble);
}

/** The state after all lines; `useless` where one is refused or nothing changes, `open` where it is not judged here. */
export function typedAll(observation: Observation, lines: readonly Line[]): Observation | 'open' | 'useless' {
  let state = observation;
  for (const line of lines) {
    if (blank.test(line.run)) return vain(observation, line) ? 'useless' : 'open';
    const next = applyLine(state, line);
    if (next === 'unknown') return 'open';
    if (next === 'refused') return 'useless';
    state = next;
  }
  return JSON.stringify(state) === JSON.stringify(observation) ? 'useless' : state;
}

export function furtherIn(
  before: Observation,
  after: Observation,
  { packet, reason, node, values }: Trouble,
): boolean {
  const ways = [before, after].map((each) => walk(each, packet));
  const [one, other] = ways.map((way) => firstTrouble(way));
  const [was, is] = ways.map(lengthOf);
  if (one?.kind !== 'lost' || one.reason !== reason || one.node !== node) return true;
  // A mark that conntrack restores is seen on the packet; the model does not have it.
  if (one.values.validMark !== values.validMark) return true;
  if (other?.kind !== 'lost') return true;
  // Round in circles is no further.
  if (other.reason === 'routing-loop') return false;
  // The same rule may stop the reply as well, once the request has come past it.
  const turned = other.values.direction !== one.values.direction;
  const same =
    !turned && other.reason === one.reason && other.node === one.node && other.object === one.object;
  return !same && (is ?? 0) >= (was ?? 0);
}

const lengthOf = ({ request, reply }: Walk): number => request.hops.length + (reply?.hops.length ?? 0);
