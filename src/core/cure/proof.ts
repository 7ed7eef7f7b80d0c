import type { Line } from '../lab/lab.ts';
import type { Packet, Walk } from '../path/model/packet.ts';
import { firstTrouble, walk } from '../path/model/walk.ts';
import type { Observation } from '../state/observation.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Values } from '../verdict/verdict.ts';
import { typed } from './typed.ts';

/** What is to be cured: the packet that does not come through, and why. */
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
  let state = observation;
  for (const line of lines) {
    if (placeholder.test(line.run)) return true;
    const next = typed(state, line);
    if (next === 'unknown') return true;
    if (next === 'refused') return false;
    state = next;
  }
  if (JSON.stringify(state) === JSON.stringify(observation)) return false;
  return furtherIn(observation, state, trouble);
}

/** Words in capitals stand for what the state does not tell (cures.ts). */
const placeholder = /\b(GATEWAY|NETWORK|LENGTH|ADDRESS|LINK|PEER|MAC|NUMBER|OTHER-END|CHAIN)\b/;

function furtherIn(
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
  const same = other.reason === one.reason && other.node === one.node && other.object === one.object;
  return !same && (is ?? 0) >= (was ?? 0);
}

const lengthOf = ({ request, reply }: Walk): number => request.hops.length + (reply?.hops.length ?? 0);
