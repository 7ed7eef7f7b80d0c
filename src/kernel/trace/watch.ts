import { HoplabError } from '../../core/errors.ts';
import { type BoundedOutput, keep } from '../exec/bounded-output.ts';
import { startProgram } from '../exec/python-server.ts';
import type { Started } from '../exec/start.ts';
import { groupOf, type NodePlace, networkOf } from '../place/enter.ts';
import { WatchRecords, type WatchResult } from './watch-records.ts';

/** What to look for, and which packets' rules to trace. */
interface Orders {
  /** Of the places it was opened for, those that are watched. `connections`: which it has already is asked. */
  nodes: { name: string; bridge: boolean; connections: boolean }[];
  /** The watcher reports no frames and rules of other packets. */
  rules: TraceRule[];
  /** Frames to report besides; their rules are not traced. */
  frames: TraceRule[];
  /** Addresses or ports, in hexadecimal digits: a reported connection contains one of them. */
  known: string[];
}

/**
 * IP protocol, and the bytes at an offset of its header. `inside`: one of these bits is enough, in an inner
 * packet behind this EtherType (filter.py).
 */
export type TraceRule = [protocol: number, offset: number, hex: string, inside?: string];

/** Milliseconds it may take until every node is watched; a tenth of a second is usual. */
const startTime = 10_000;

/**
 * Milliseconds for the remaining reports: at the end the watcher sends the rules once more, and perhaps
 * conntrack's table.
 */
const stopTime = 15_000;

/** Milliseconds the process may go on after its last word: it closes its sockets. */
const closeTime = 5000;

/** Milliseconds between two tellings, and how many times longer than the last one took. */
const [shortest, rest] = [20, 5];

/** One process that joins the machine and watches all of its nodes (py/hoplab_kernel/trace). */
export class Watch {
  readonly #process: Started;
  readonly #news: () => void;
  readonly #errors: BoundedOutput;
  #names: readonly string[] = [];
  #records = new WatchRecords([]);
  #failure: string | null = null;
  #moved: () => void = () => {};
  #telling: NodeJS.Timeout | null = null;

  /** Starts the process; it waits for `open`. `news`: more has been seen. */
  static async of(pid: number, news: (seen: WatchResult) => void): Promise<Watch> {
    const program = await startProgram({ program: 'trace', machine: pid, group: groupOf(pid) });
    return new Watch(program, news);
  }

  private constructor(program: Started, news: (seen: WatchResult) => void) {
    this.#news = () => news(this.seen);
    this.#process = program;
    this.#process.stdout.on('data', (data: Buffer) => this.#guarded(() => this.#take(data)));
    this.#errors = keep(this.#process.stderr, 4096);
    void this.#process.ended.then(() => this.#fail('it has ended before it had told everything'));
  }

  get seen(): WatchResult {
    return this.#records.seen;
  }

  /** Where it may have to look: it opens its sockets there and waits for `arm`. */
  open(places: readonly NodePlace[]): void {
    this.#names = places.map(({ name }) => name);
    this.#records = new WatchRecords(this.#names);
    this.#process.stdin.write(`${JSON.stringify(places.map(networkOf))}\n`);
  }

  /** Resolves when every node is watched; with what WatchRecords says of its own tables. */
  async arm({ nodes, rules, frames, known }: Orders): Promise<WatchRecords['armings']> {
    const asked = nodes.map((each) => [this.#names.indexOf(each.name), each.bridge, each.connections]);
    this.#process.stdin.write(`${JSON.stringify({ nodes: asked, rules, frames, known })}\n`);
    await this.#until(() => this.#records.armed, startTime);
    return this.#records.armings;
  }

  /** Ends the watching; everything seen until now is in the answer. Its tables go while the answer is read. */
  async stop(): Promise<WatchResult> {
    this.end();
    await this.#until(() => this.#records.complete, stopTime);
    const { seen } = this;
    seen.frames.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    return seen;
  }

  /**
   * Nothing more to watch: the process waits for the end of its input, which comes also when the daemon dies.
   */
  end(): void {
    this.#process.stdin.end();
    const timer = setTimeout(() => this.#process.end(), stopTime + closeTime).unref();
    void this.#process.ended.then(() => clearTimeout(timer));
    clearTimeout(this.#telling ?? undefined);
  }

  /** @throws `feature-missing` where it does not come to that, for whatever reason */
  async #until(holds: () => boolean, longest: number): Promise<void> {
    const timer = setTimeout(() => this.#fail(`it took longer than ${longest / 1000} s`), longest);
    while (!holds() && this.#failure === null) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#moved = resolve;
      await promise;
    }
    clearTimeout(timer);
    if (holds()) return;
    const output = this.#errors.text.trim();
    const words = `the machine cannot be watched: ${output || this.#failure}`;
    throw new HoplabError('feature-missing', words, { output: output || this.#failure });
  }

  #take(data: Buffer): void {
    if (this.#failure !== null) return;
    this.#records.take(data);
    this.#moved();
    this.#telling ??= setTimeout(() => this.#guarded(() => this.#tell()), shortest);
  }

  /** The listener decodes the whole recording anew: the larger it is, the less often it is called. */
  #tell(): void {
    const started = performance.now();
    this.#news();
    const pause = rest * (performance.now() - started);
    this.#telling = pause < shortest ? null : setTimeout(() => (this.#telling = null), pause);
  }

  /** No caller would catch it. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#fail((error as Error).message);
    }
  }

  #fail(reason: string): void {
    this.#failure ??= reason;
    this.#process.end();
    this.#moved();
  }
}
