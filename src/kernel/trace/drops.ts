import { z } from 'zod';
import type { Recording } from '../../core/path/recording/recording.ts';
import { BoundedOutput } from '../exec/bounded-output.ts';
import { whenInterrupted } from '../exec/interrupt.ts';
import { jsonIn } from '../exec/untrusted.ts';
import { keep, type Reporter, reporter } from './reporter.ts';

const time = z.string().regex(/^-?\d{1,20}$/);
const dropSchema = z.object({
  time,
  event: z.literal('drop'),
  link: z.string().max(64),
  length: z.number(),
  location: z.string().max(256),
  reason: z.string().max(64),
});

const connectSchema = z.object({
  time,
  event: z.literal('connect'),
  program: z.string().max(64),
  destination: z.string().max(64),
  port: z.number(),
});

const recordSchema = z.discriminatedUnion('event', [dropSchema, connectSchema]);

type DropRecords = Pick<Recording, 'drops' | 'connects'>;

/** Bytes: the kernel's buffer is smaller. */
const most = 16 * 1024 * 1024;

/** Milliseconds until packets must be watched, and until every record must have arrived. */
const [startTime, stopTime] = [5000, 5000];

/**
 * The kernel's reasons for packets it drops, and the connections that programs open, from its tracepoints, if
 * they can be read. Tracepoints name no namespace: a dropped packet is identified by the device it came in
 * by, its length and the time, a connection by its destination.
 */
export class Drops {
  readonly #reporter: Reporter;
  readonly #begun = Promise.withResolvers<boolean>();
  readonly #over = Promise.withResolvers<boolean>();
  readonly #output = new BoundedOutput(most);
  #asked = false;

  /** They are watched from now on, until `stop` or `end`. */
  static async begin(): Promise<Drops> {
    let drops: Drops | null = null;
    // First of all: where the work has been given up meanwhile, nothing begins.
    const forget = whenInterrupted(() => drops?.end());
    drops = new Drops(await reporter());
    void drops.#over.promise.then(forget);
    return drops;
  }

  private constructor(reporter: Reporter) {
    this.#reporter = reporter;
    const output = this.#output;
    reporter.hear({
      data: (data) => {
        output.add(data);
        if (output.begins('ready\n')) this.#begun.resolve(true);
        if (output.ends('over\n') || output.more) this.#over.resolve(!output.more);
      },
      ended: () => {
        this.#begun.resolve(false);
        this.#over.resolve(false);
      },
    });
    reporter.say('begin');
    void this.#over.promise.then((whole) => (whole ? keep(reporter) : reporter.end()));
  }

  /** True once packets are watched; false where the kernel has no tracepoints for it. */
  async ready(): Promise<boolean> {
    const timer = setTimeout(() => this.#reporter.end(), startTime);
    const begun = await this.#begun.promise;
    clearTimeout(timer);
    return begun;
  }

  /** Null where they could not be read to their end. */
  async stop(): Promise<DropRecords | null> {
    this.end();
    if (!(await this.#over.promise)) return null;
    const lines = this.#output.text.split('\n').filter((line) => line.startsWith('{'));
    const records = lines.map((line) => jsonIn(line, recordSchema, 4096));
    const events = records.filter((one) => one !== null);
    return {
      drops: events
        .filter((one) => one.event === 'drop')
        .map(({ event: _, time, ...drop }) => ({ ...drop, time: BigInt(time) })),
      connects: events
        .filter((one) => one.event === 'connect')
        .map(({ event: _, time, ...connect }) => ({ ...connect, time: BigInt(time) })),
    };
  }

  end(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#reporter.say('stop');
    const timer = setTimeout(() => this.#reporter.end(), stopTime);
    void this.#over.promise.then(() => clearTimeout(timer));
  }
}
