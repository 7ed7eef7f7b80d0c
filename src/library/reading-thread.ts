import { Worker } from 'node:worker_threads';
import { largestLabHeap, longestLabReading } from '../core/text/lab-limits.ts';
import { type Said, said } from '../core/text/said.ts';
import { type Bounded, refusedLab, refusedTrack } from './bounded-read.ts';
import type { LabFiles, ReadLab } from './read.ts';
import type { ReadTrack } from './tracks.ts';

interface LabRequest {
  files: LabFiles;
  track: string;
  whole: boolean;
}

interface TrackRequest {
  yaml: string;
  track: string;
}

export type ReadingRequest = (LabRequest | TrackRequest) & { limits: ReadingLimits };

/** Milliseconds; the second number is for where a busy computer left little of the first. */
export type ReadingLimits = readonly [number, number];

/** Milliseconds without a request after which the thread ends, and its memory with it. */
const idle = 10_000;

const ended = said('reader-ended', {});

/**
 * Reads files that take as long as the limit lets them, in a thread of its own: the daemon has one thread for all
 * clients, and any client may send many such files.
 */
export class ReadingThread {
  readonly #limits: ReadingLimits;
  #worker: Promise<Worker | null> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #ending: NodeJS.Timeout | undefined;

  constructor(limits: ReadingLimits = longestLabReading) {
    this.#limits = limits;
  }

  /** @param gone aborted when nobody waits for the answer any more: it is not begun then */
  async lab(request: LabRequest, gone?: AbortSignal): Promise<Bounded<ReadLab>> {
    const answer = await this.#inTurn<Bounded<ReadLab>>(request, gone);
    return isRefused(answer) ? refusedLab(answer) : answer;
  }

  async track(request: TrackRequest): Promise<Bounded<ReadTrack>> {
    const answer = await this.#inTurn<Bounded<ReadTrack>>(request);
    return isRefused(answer) ? refusedTrack(request.track, answer) : answer;
  }

  /** One request after another. */
  #inTurn<T extends object>(request: LabRequest | TrackRequest, gone?: AbortSignal): Promise<T | Said> {
    const answer = this.#last.then(() => (gone?.aborted ? ended : this.#ask<T>(request)));
    this.#last = answer.catch(() => {});
    return answer;
  }

  /** The answer, or why there is none. */
  async #ask<T extends object>(request: LabRequest | TrackRequest): Promise<T | Said> {
    const limits = this.#limits;
    // After as long it is ended: it has not kept its own limit (bounded-read.ts).
    const longestAnswer = 2 * (limits[0] + limits[1]);
    clearTimeout(this.#ending);
    const { promise, resolve } = Promise.withResolvers<T | Said>();
    // Out of memory, or its stack: the thread is over. So it is where it could not begin.
    const fail = ({ message }: Error) => resolve(said('not-readable', { cause: message }));
    const over = () => resolve(ended);
    const starting = this.#worker ?? startWorker();
    this.#worker = starting;
    const worker = await starting.catch(fail);
    if (!worker) {
      this.#worker = null;
      if (worker === null) over();
      return promise;
    }
    const late = setTimeout(
      () => resolve(said('reading-too-long', { seconds: `${longestAnswer / 1000}` })),
      longestAnswer,
    );
    worker.ref();
    worker.once('message', resolve).once('error', fail).once('exit', over);
    worker.postMessage({ ...request, limits } satisfies ReadingRequest);
    const answer = await promise;
    clearTimeout(late);
    worker.off('message', resolve).off('error', fail).off('exit', over);
    if (isRefused(answer)) await this.#end();
    else {
      worker.unref();
      this.#ending = setTimeout(() => void this.#end(), idle).unref();
    }
    return answer;
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await (await worker)?.terminate();
  }
}

const isRefused = (answer: object): answer is Said => 'code' in answer;

/** Null where it ends before it reads. */
async function startWorker(): Promise<Worker | null> {
  const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: largestLabHeap },
  });
  worker.on('error', () => {});
  return new Promise((resolve, reject) =>
    worker
      .once('message', () => resolve(worker))
      .once('error', reject)
      .once('exit', () => resolve(null)),
  );
}
