import { Worker } from 'node:worker_threads';
import { largestLabHeap } from '../core/text/lab-limits.ts';
import { said } from '../core/text/said.ts';
import { fileProblem } from './problem.ts';
import type { LabFiles, ReadLab } from './read.ts';

export interface LintRequest {
  files: LabFiles;
  track: string;
  whole: boolean;
}

/** Milliseconds without a request after which the thread ends, and its memory with it. */
const idle = 10_000;

/**
 * Judges files that clients send, in a thread of its own: any client may send many that take as long as the limit
 * lets them (bounded-read.ts), and the daemon has one thread for all clients.
 */
export class LintThread {
  #worker: Promise<Worker> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #ending: NodeJS.Timeout | undefined;

  /** One request after another. */
  read(request: LintRequest): Promise<ReadLab> {
    const answer = this.#last.then(() => this.#ask(request));
    this.#last = answer.catch(() => {});
    return answer;
  }

  async #ask(request: LintRequest): Promise<ReadLab> {
    clearTimeout(this.#ending);
    this.#worker ??= startWorker();
    const worker = await this.#worker;
    worker.ref();
    const { promise, resolve } = Promise.withResolvers<ReadLab>();
    // Out of memory, or its stack: the thread is over.
    const fail = ({ message }: Error) => {
      this.#worker = null;
      resolve({ lab: null, problems: [fileProblem('lab.yaml', said('not-readable', { cause: message }))] });
    };
    worker.once('message', resolve).once('error', fail);
    worker.postMessage(request);
    const answer = await promise;
    worker.off('message', resolve).off('error', fail);
    worker.unref();
    this.#ending = setTimeout(() => this.#end(), idle).unref();
    return answer;
  }

  #end(): void {
    void this.#worker?.then((worker) => worker.terminate());
    this.#worker = null;
  }
}

async function startWorker(): Promise<Worker> {
  const worker = new Worker(new URL('./lint-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: largestLabHeap },
  });
  worker.on('error', () => {});
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  return worker;
}
