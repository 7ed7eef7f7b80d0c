import { readFile } from 'node:fs/promises';
import type { Drop } from '../../core/path/trace/recording.ts';
import { type Started, start } from '../exec/start.ts';

const program = await readFile(new URL('./drops.py', import.meta.url), 'utf8');

interface Told {
  time: string;
  event: 'netif_receive_skb' | 'kfree_skb';
  packet: string;
  link: string | null;
  length: number;
  location: string | null;
  reason: string | null;
}

/**
 * The kernel's own words for the packets it throws away, where its tracepoints can be read. They name no
 * namespace: what was dropped is told by the device it came in by, its length and the time.
 */
export class Drops {
  readonly #process: Started;
  readonly #said: Promise<string>;
  readonly #begun: Promise<boolean>;

  constructor() {
    this.#process = start(['unshare', '--mount', 'python3', '-I', '-S', '-c', program]);
    let text = '';
    this.#begun = new Promise((resolve) => {
      this.#process.stdout.on('data', (data) => {
        text += data;
        if (text.includes('\n')) resolve(text.startsWith('ready\n'));
      });
      this.#process.ended.then(() => resolve(false));
    });
    this.#said = this.#process.ended.then(() => text);
  }

  /** True once packets are watched; false where the kernel has no tracepoints for it. */
  ready(): Promise<boolean> {
    return this.#begun;
  }

  async stop(): Promise<Drop[]> {
    this.end();
    const lines = (await this.#said).split('\n').filter((line) => line.startsWith('{'));
    return dropsOf(lines.map((line) => JSON.parse(line) as Told));
  }

  end(): void {
    this.#process.stdin.end();
  }
}

/** Joins each dropped packet with the device by which the same packet was received last. */
function dropsOf(told: readonly Told[]): Drop[] {
  const received = new Map<string, Told>();
  const drops: Drop[] = [];
  for (const one of told) {
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
