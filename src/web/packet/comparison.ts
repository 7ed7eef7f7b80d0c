import { eventsOf, type PacketEvent } from '../../core/picture/events.ts';
import { difference } from '../../protocol/extras.ts';
import type { Observation } from '../state/protocol-types.ts';
import type { Sent } from '../view/sent.ts';

type Change = ReturnType<typeof difference>[number];

/** One event of both paths; null where a path has ended. */
interface Row {
  before: PacketEvent | null;
  now: PacketEvent | null;
}

interface Comparison {
  rows: Row[];
  /** The row from which on the paths differ; the number of rows where they do not. */
  parting: number;
  /** What was changed between the two, and whether in the node where they part or end differently. */
  changes: (Change & { there: boolean })[];
}

/** Two packets that were sent for the same question, before and after a change. */
export function compare(before: Sent, now: Sent): Comparison {
  const telling = ({ path }: Sent) => eventsOf(path).filter((event) => !isRoutine(event));
  const [old, recent] = [telling(before), telling(now)];
  const count = Math.max(old.length, recent.length);
  const rows = Array.from({ length: count }, (_, at) => ({
    before: old[at] ?? null,
    now: recent[at] ?? null,
  }));
  const differs = rows.findIndex((row) => traits(row.before) !== traits(row.now));
  const parting = differs < 0 ? count : differs;
  const nodes = new Set(
    [before.path.end.node, ...[parting - 1, parting].map((at) => rows[at]?.before?.hop.node)].filter(
      (node) => node !== undefined,
    ),
  );
  const isSame = parting === count && before.path.end.kind === now.path.end.kind;
  const changes = changesSince(before.state, now.state);
  return {
    ...{ rows, parting },
    changes: changes.map((each) => ({ ...each, there: !isSame && nodes.has(each.node) })),
  };
}

/** A question for an address that was answered: whether a neighbour was known already makes no path another. */
const isRoutine = ({ kind, hop }: PacketEvent) => kind === 'question' && hop.resolution?.answer != null;

export const changesSince = (before: Observation, now: Observation): Change[] =>
  difference(before, now).filter(
    (each, _, all) =>
      each.kind !== 'setting' ||
      !all.some((other) => each.node === other.node && isCopy(each.text, other.text)),
  );

/** The kernel copies a switch for all interfaces to each of them. */
function isCopy(text: string, of: string): boolean {
  const forwarding = /^net\.(ipv[46])\.conf\.(\w+)\.forwarding = /.exec(text);
  if (!forwarding) return false;
  const [, family] = forwarding;
  const all = family === 'ipv4' ? 'net.ipv4.ip_forward = ' : 'net.ipv6.conf.all.forwarding = ';
  return of.startsWith(all) && !text.startsWith(all);
}

/** What makes one event another: where, what, what became of it. */
function traits(event: PacketEvent | null): string {
  if (event === null) return '';
  const { kind, packet, hop } = event;
  const changed = hop.changes
    .filter(({ field }) => !field.endsWith('Mac'))
    .map(({ field, after }) => [field, after]);
  const verdicts = hop.rules.map(({ rule, verdict }) => [rule, verdict]);
  return JSON.stringify([
    kind,
    packet.direction,
    packet.name.en,
    hop.node,
    hop.in,
    hop.out,
    changed,
    verdicts,
  ]);
}
