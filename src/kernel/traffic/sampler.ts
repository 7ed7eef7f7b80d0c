import type { MachineSampler, SampleListener } from '../../core/ports.ts';
import type { Sample } from '../../core/traffic/traffic.ts';
import { ofNoMachine } from '../exec/interrupt.ts';
import { startProgram } from '../exec/python-server.ts';
import type { Started } from '../exec/start.ts';
import { Malformed } from '../exec/untrusted.ts';
import { groupOf, networkOf, nodesOf } from '../place/enter.ts';
import { Records } from '../trace/records.ts';
import { frameOf } from '../trace/watch-records.ts';

/** Milliseconds within which several changes of the nodes are one. */
const calm = 150;

/**
 * One process that joins a machine and samples its frames (py/hoplab_kernel/traffic). It waits in the kernel while
 * there are none. What it reports is taken for no more than frames.
 */
export class Sampler implements MachineSampler {
  readonly #pid: number;
  readonly #listener: SampleListener;
  readonly #own: () => ReadonlySet<string>;
  readonly #records = new Records();
  readonly #started: Promise<Started>;
  /** Resolves when its process has ended. */
  readonly over: Promise<void>;
  /** The names of nodes in orders that the program has not carried out yet, and in the one that it has. */
  #ordered: string[][] = [];
  #names: string[] = [];
  #frames: Sample['frames'][number][] = [];
  #lost = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #over = false;

  /** @param own the nodes from which hoplab sends now */
  constructor(pid: number, listener: SampleListener, own: () => ReadonlySet<string>) {
    this.#pid = pid;
    this.#listener = listener;
    this.#own = own;
    this.#started = this.#begin();
    this.over = this.#started.then(({ ended }) => ended.then(() => {}));
    void this.#started.then(() => this.#order());
  }

  look(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#order();
    }, calm);
  }

  async stop(): Promise<void> {
    this.#over = true;
    clearTimeout(this.#timer ?? undefined);
    const program = await this.#started;
    program.end();
    await program.ended;
  }

  async #begin(): Promise<Started> {
    const request = { program: 'traffic', machine: this.#pid, group: groupOf(this.#pid) } as const;
    // Work in the machine may be given up; this is none.
    const program = await ofNoMachine(() => startProgram(request));
    program.stdout.on('data', (data: Buffer) => this.#take(data, program));
    void program.ended.then(() => {
      const asked = this.#over;
      this.#over = true;
      clearTimeout(this.#timer ?? undefined);
      if (!asked) this.#listener.ended();
    });
    return program;
  }

  async #order(): Promise<void> {
    const places = await nodesOf(this.#pid).catch(() => []);
    const program = await this.#started;
    const line = JSON.stringify(places.map(networkOf));
    if (this.#over || places.length === 0) return;
    this.#ordered.push(places.map(({ name }) => name));
    program.stdin.write(`${line}\n`);
  }

  #take(data: Buffer, program: Started): void {
    if (this.#over) return;
    try {
      for (const record of this.#records.take(data)) this.#record(record);
    } catch {
      // Another program has taken its place: it ends like any that ends.
      program.end();
    }
  }

  #record(record: Uint8Array): void {
    const kind = String.fromCharCode(record[0] ?? 0);
    if (kind === 'A') {
      const names = this.#ordered.shift();
      if (names === undefined) throw new Malformed('an answer to no order');
      this.#names = names;
      return;
    }
    if (kind === 'W') {
      this.#tell();
      return;
    }
    const node = this.#names[(record[1] ?? 0) + 256 * (record[2] ?? 0)];
    if (node === undefined) throw new Malformed('a record of a node that is not sampled');
    if (kind === 'F') this.#frames.push(frameOf(node, record.subarray(3)));
    else if (kind === 'L') this.#lost.add(node);
    else throw new Malformed(`a record of kind ${record[0]}`);
  }

  #tell(): void {
    const sample = { frames: this.#frames, lost: [...this.#lost], own: this.#own() };
    this.#frames = [];
    this.#lost = new Set();
    this.#records.forget();
    if (sample.frames.length > 0) this.#listener.seen(sample);
  }
}
