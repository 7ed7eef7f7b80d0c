import type { FlowPlace, FlowVerdict } from './flow.ts';

/** A sight of one direction of a flow. */
export interface Passing extends FlowPlace {
  way: 'in' | 'out';
  /** Milliseconds since 1970, to the microsecond: so far apart are the nodes that a packet passes. */
  at: number;
  /** The packet was for this node: it has the address, or everybody was meant. */
  meant: boolean;
}

/** Milliseconds without a sign of them after which packets are judged to have gone no further. */
export const patience = 900;

/** Packets that came in at a node of a flow too large to be looked at whole, before none going out means something. */
const enough = 3;

/** How far one direction has come since it last arrived. */
export class Reach {
  readonly #nodes = new Map<string, { in: number; out: number; last: Passing }>();
  #since: number | null = null;
  #first: Passing | null = null;
  /** Times of its last arrival, and of the one before. */
  #arrivedAt = 0;
  #before = 0;

  /** Where it began: the earliest sight since the last arrival, or of the last arrival itself. */
  get first(): FlowPlace | null {
    return this.#first && { node: this.#first.node, link: this.#first.link };
  }

  /** Since when something of it has not arrived. */
  get since(): number | null {
    return this.#since;
  }

  awaits(at: number): void {
    if (at > this.#arrivedAt) this.#since ??= at;
  }

  /** Nodes are not all read at once: what was on its way to the last arrival may be read after it. */
  passed(passing: Passing): void {
    if (passing.at <= this.#before) return;
    const isOld = (this.#first?.at ?? 0) <= this.#arrivedAt && passing.at > this.#arrivedAt;
    if (this.#first === null || isOld || passing.at < this.#first.at) this.#first = passing;
    if (passing.at <= this.#arrivedAt) return;
    const known = this.#nodes.get(passing.node) ?? { in: 0, out: 0, last: passing };
    known[passing.way] += 1;
    if (passing.at >= known.last.at) known.last = passing;
    this.#nodes.set(passing.node, known);
  }

  /** A sight of what has arrived already is told as late. */
  isLate({ at }: Passing): boolean {
    return at <= this.#arrivedAt;
  }

  arrived(at: number): void {
    this.#before = this.#arrivedAt;
    this.#arrivedAt = at;
    this.#since = null;
    this.#nodes.clear();
  }

  /** Where it was last seen, and whether that was where it was to come; null while the sample does not say. */
  end(sampled: boolean): { verdict: FlowVerdict; where: FlowPlace } | null {
    const seen = [...this.#nodes.values()];
    const kept = seen.filter((each) => each.in > 0 && each.out === 0).sort(later);
    const last = sampled ? kept.find((each) => each.in >= enough) : (kept[0] ?? seen.sort(later)[0]);
    if (last === undefined) return null;
    const { node, link, way, meant } = last.last;
    return { verdict: way === 'in' && meant ? 'unanswered' : 'dropped', where: { node, link } };
  }
}

const later = (one: { last: Passing }, other: { last: Passing }): number => other.last.at - one.last.at;
