import type { Frame } from '../path/recording/recording.ts';
import { sameAddress } from '../state/ip.ts';
import type { NodeState, Observation } from '../state/observation.ts';
import {
  type Crossing,
  type Flow,
  type FlowEnd,
  mostCrossings,
  mostFlows,
  mostNewFlows,
  type TrafficNews,
} from './flow.ts';
import { type Passing, patience, Reach } from './progress.ts';
import { Recent } from './recent.ts';
import { type Sight, sightOf } from './sight.ts';

/** In `Sample.own`: hoplab sends from all of them. */
export const anyNode = '';

/** The frames of one reading. */
export interface Sample {
  frames: readonly Frame[];
  /** Nodes of which more was to be read. */
  lost: readonly string[];
  /** Nodes from which hoplab sends packets of its own at the time. */
  own: ReadonlySet<string>;
}

type Direction = 'request' | 'reply';

interface Known {
  flow: Flow;
  reach: Record<Direction, Reach>;
  changed: boolean;
}

/** Packets whose flow is remembered by what NAT leaves of them. */
const mostPrints = 1000;

/** Samples of a machine's packets, made into flows: who talks to whom, does it arrive, and where does it end. */
export class Traffic {
  readonly #flows = new Map<number, Known>();
  /** By protocol and both ends, in each direction, as some node has seen them. */
  readonly #ends = new Map<string, { known: Known; direction: Direction }>();
  readonly #prints = new Recent<{ known: Known; direction: Direction }>(mostPrints);
  #next = 1;

  get flows(): Flow[] {
    return [...this.#flows.values()].map(({ flow }) => ({ ...flow }));
  }

  /** Some flow may have to be judged later. */
  waits(now: number): boolean {
    return [...this.#flows.values()].some((known) => isOpen(known, now));
  }

  take({ frames, lost, own }: Sample, observation: Observation): TrafficNews {
    const crossings = new Map<string, Crossing>();
    const sorted = [...frames].sort((a, b) => (a.time < b.time ? -1 : 1));
    const first = sorted[0]?.time ?? 0n;
    for (const frame of sorted) {
      const sight = sightOf(frame);
      const state = observation.nodes[frame.node];
      if (sight === null || state === undefined) continue;
      const link = state.links.find(({ name }) => name === frame.link);
      // A card hears of frames for others, and leaves them; a port of a bridge takes them.
      if (frame.way === 'otherhost' && (link?.master ?? null) === null) continue;
      const { node } = frame;
      const found = this.#flowOf(sight, frame, own);
      if (found === null) continue;
      const { known, direction } = found;
      const way = frame.way === 'out' ? 'out' : 'in';
      const meant =
        frame.way === 'broadcast' || frame.way === 'multicast' || has(state, sight.destination.address);
      const source = known.flow.source.address;
      if (way === 'out' && source === sight.source.address && has(state, source)) {
        const from = observation.nodes[known.flow.from];
        if (from === undefined || !has(from, source)) restart(known, node);
      }
      // It goes on when hoplab sends nothing: the learner happened to begin it at that moment.
      if (sight.asks && direction === 'request' && !isOwn(known.flow.from, own)) known.flow.own = false;
      this.#seen(known, direction, sight, { node, link: frame.link, way, at: millisecondsOf(frame), meant });
      known.changed = true;
      if (lost.length > 0) known.flow.sampled = true;
      const shown = sight.about === null ? direction : 'error';
      const key = `${known.flow.number} ${node} ${frame.link} ${way} ${shown}`;
      const crossing = crossings.get(key);
      if (crossing) crossing.packets += 1;
      else if (crossings.size < mostCrossings)
        crossings.set(key, {
          ...{ flow: known.flow.number, node, link: frame.link, way, direction: shown, packets: 1 },
          after: Math.round(Number(frame.time - first) / 1e6),
        });
    }
    return { flows: this.#changed(), crossings: [...crossings.values()] };
  }

  /** Judges the flows of which nothing more has come. */
  settle(now: number): Flow[] {
    for (const known of this.#flows.values()) {
      const { flow, reach } = known;
      const sides: Direction[] = ['reply', 'request'];
      const side = sides.find((each) => (reach[each].since ?? now) <= now - patience);
      const end = side === undefined ? null : reach[side].end(flow.sampled);
      if (end === null || flow.verdict === 'refused') continue;
      // A reply that has not come to the one who asked is lost wherever it was last seen.
      const verdict = side === 'reply' ? 'dropped' : end.verdict;
      // A question for all that nobody answers ends nowhere.
      const where = asksForNeighbour(flow.protocol) && verdict === 'unanswered' ? null : end.where;
      const same = flow.where?.node === where?.node && flow.where?.link === where?.link;
      if (flow.verdict === verdict && same) continue;
      Object.assign(flow, { verdict, where });
      known.changed = true;
    }
    return this.#changed();
  }

  #flowOf(
    sight: Sight,
    frame: Frame,
    own: ReadonlySet<string>,
  ): { known: Known; direction: Direction } | null {
    if (sight.about !== null) {
      const { protocol, source, destination } = sight.about;
      const about = this.#ends.get(keyOf(protocol, source, destination));
      return about === undefined ? null : { known: about.known, direction: other(about.direction) };
    }
    const { protocol, source, destination, print } = sight;
    const key = keyOf(protocol, source, destination);
    const printed = this.#prints.get(print);
    const found = this.#ends.get(key) ?? printed;
    if (found === undefined && asksForNeighbour(protocol) && !sight.asks) return null;
    const here = found ?? { known: this.#begun(sight, frame, own), direction: 'request' as const };
    if (printed === undefined) here.known.flow.packets += 1;
    if (!this.#ends.has(key)) {
      this.#ends.set(key, here);
      this.#ends.set(keyOf(protocol, destination, source), {
        known: here.known,
        direction: other(here.direction),
      });
      if (found !== undefined) translate(here.known.flow, sight, here.direction);
    }
    this.#prints.set(print, here);
    return here;
  }

  #begun({ protocol, source, destination }: Sight, frame: Frame, own: ReadonlySet<string>): Known {
    const at = Math.floor(millisecondsOf(frame));
    const flow: Flow = {
      ...{ number: this.#next++, protocol, from: frame.node, source, destination, translated: null },
      ...{ packets: 0, sampled: false, verdict: 'under-way', where: null },
      ...{ own: isOwn(frame.node, own), firstAt: at, lastAt: at },
    };
    const known = { flow, reach: { request: new Reach(), reply: new Reach() }, changed: true };
    this.#flows.set(flow.number, known);
    if (this.#flows.size > mostFlows) this.#forget();
    return known;
  }

  /** The one that has been quiet for longest. */
  #forget(): void {
    const [quiet] = [...this.#flows.values()].sort((a, b) => a.flow.lastAt - b.flow.lastAt);
    if (quiet === undefined) return;
    this.#flows.delete(quiet.flow.number);
    for (const [key, { known }] of this.#ends) if (known === quiet) this.#ends.delete(key);
    this.#prints.forget(({ known }) => known === quiet);
  }

  #seen({ flow, reach }: Known, direction: Direction, sight: Sight, passing: Passing): void {
    const atOrigin = passing.node === flow.from;
    flow.lastAt = Math.max(flow.lastAt, Math.floor(passing.at));
    reach[direction].passed(passing);
    if (direction === 'request') {
      if (sight.asks && atOrigin) reach.request.awaits(passing.at);
      return;
    }
    // Who refused may be read after the refusal has come.
    if (flow.verdict === 'refused' && reach.reply.isLate(passing)) flow.where = reach.reply.first;
    reach.reply.awaits(passing.at);
    if (!atOrigin || passing.way !== 'in') return;
    const refused = sight.refuses || sight.about !== null;
    flow.verdict = refused ? 'refused' : 'answered';
    flow.where = refused ? reach.reply.first : null;
    reach.request.arrived(passing.at);
    reach.reply.arrived(passing.at);
  }

  #changed(): Flow[] {
    const changed = [...this.#flows.values()].filter((known) => known.changed).slice(-mostNewFlows);
    for (const known of changed) known.changed = false;
    return changed.map(({ flow }) => ({ ...flow }));
  }
}

const has = ({ links }: NodeState, wanted: string): boolean =>
  links.some(({ addresses }) => addresses.some(({ address }) => sameAddress(address, wanted)));

/** Its first packets were seen on their way only: a node is not looked at from its first moment on. */
function restart(known: Known, node: string): void {
  Object.assign(known.flow, { from: node, verdict: 'under-way', where: null });
  known.reach = { request: new Reach(), reply: new Reach() };
}

const asksForNeighbour = (protocol: string): boolean => protocol === 'arp' || protocol === 'ndp';

const other = (direction: Direction): Direction => (direction === 'request' ? 'reply' : 'request');

/** Not one of which the sample has not said anything for long: it will not. */
const isOpen = ({ flow, reach: { request, reply } }: Known, now: number): boolean =>
  (request.since !== null || reply.since !== null) &&
  (flow.verdict === 'under-way' || flow.verdict === 'answered') &&
  flow.lastAt > now - 4 * patience;

const keyOf = (protocol: string, source: FlowEnd, destination: FlowEnd): string =>
  `${protocol} ${source.address} ${source.port} ${destination.address} ${destination.port}`;

function translate(flow: Flow, { source, destination }: Sight, direction: Direction): void {
  flow.translated =
    direction === 'request' ? { source, destination } : { source: destination, destination: source };
}

const isOwn = (node: string, own: ReadonlySet<string>): boolean => own.has(node) || own.has(anyNode);

const millisecondsOf = ({ time }: Frame): number => Number(time) / 1e6;
