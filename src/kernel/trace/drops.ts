import { z } from 'zod';
import type { Connect, Recording } from '../../core/path/recording/recording.ts';
import { type BoundedOutput, keep } from '../exec/bounded-output.ts';
import { startProgram } from '../exec/python-server.ts';
import type { Started } from '../exec/start.ts';
import { jsonIn } from '../exec/untrusted.ts';

const time = z.string().regex(/^-?\d{1,20}$/);
const droppedSchema = z.object({
  time,
  event: z.enum(['netif_receive_skb', 'kfree_skb']),
  packet: z.string().max(64),
  link: z.string().max(64).nullable(),
  length: z.number(),
  location: z.string().max(256).nullable(),
  reason: z.string().max(64).nullable(),
});
type Dropped = z.infer<typeof droppedSchema>;

const connectSchema = z.object({
  time,
  event: z.literal('connect'),
  program: z.string().max(64),
  destination: z.string().max(64),
  port: z.number(),
});

const recordSchema = z.discriminatedUnion('event', [droppedSchema, connectSchema]);

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
  readonly #process: Started;
  readonly #begun: Promise<boolean>;
  readonly #over: Promise<boolean>;
  readonly #output: BoundedOutput;

  static async start(): Promise<Drops> {
    return new Drops(await startProgram({ program: 'drops', machine: null, group: null }));
  }

  private constructor(process: Started) {
    this.#process = process;
    const begun = Promise.withResolvers<boolean>();
    const over = Promise.withResolvers<boolean>();
    [this.#begun, this.#over] = [begun.promise, over.promise];
    this.#output = keep(process.stdout, most, (output) => {
      if (output.begins('ready\n')) begun.resolve(true);
      if (output.ends('over\n') || output.more) over.resolve(!output.more);
    });
    void process.ended.then(() => {
      begun.resolve(false);
      over.resolve(false);
    });
  }

  /** True once packets are watched; false where the kernel has no tracepoints for it. */
  async ready(): Promise<boolean> {
    const timer = setTimeout(() => this.#process.end(), startTime);
    const begun = await this.#begun;
    clearTimeout(timer);
    return begun;
  }

  /** Null where they could not be read to their end. */
  async stop(): Promise<DropRecords | null> {
    this.#process.stdin.end();
    const timer = setTimeout(() => this.#process.end(), stopTime);
    const whole = await this.#over;
    clearTimeout(timer);
    if (!whole) return null;
    const lines = this.#output.text.split('\n').filter((line) => line.startsWith('{'));
    const records = lines.map((line) => jsonIn(line, recordSchema, 4096));
    const events = records.filter((one) => one !== null);
    return {
      drops: dropsOf(events.filter((one) => one.event !== 'connect')),
      connects: events.filter((one) => one.event === 'connect').map(connectOf),
    };
  }

  end(): void {
    this.#process.stdin.end();
    const timer = setTimeout(() => this.#process.end(), stopTime).unref();
    void this.#process.ended.then(() => clearTimeout(timer));
  }
}

function connectOf({ time, program, destination, port }: z.infer<typeof connectSchema>): Connect {
  return { time: BigInt(time), program, destination, port };
}

/** Joins each dropped packet with the device by which the same packet was received last. */
function dropsOf(recorded: readonly Dropped[]): Recording['drops'] {
  const received = new Map<string, Dropped>();
  const drops: Recording['drops'] = [];
  for (const one of recorded) {
    const last = received.get(one.packet);
    if (one.event === 'netif_receive_skb') received.set(one.packet, one);
    else {
      received.delete(one.packet);
      if (last?.link == null || one.reason === null) continue;
      const { link, length, time } = last;
      drops.push({ time: BigInt(time), link, length, reason: one.reason, location: one.location ?? '' });
    }
  }
  return drops;
}
