import { briefLabReading, mostLateReadings, onlyLabReading } from '../core/text/lab-limits.ts';
import { said } from '../core/text/said.ts';
import { type Bounded, labWithin, refusedLab, refusedTrack, trackWithin } from './bounded-read.ts';
import type { LabFiles, ReadLab } from './read.ts';
import { type ReadingLimits, ReadingThread } from './reading-thread.ts';
import type { ReadTrack } from './tracks.ts';

const enough = said('not-read-yet', { count: `${mostLateReadings}` });

/**
 * Reads the labs and tracks of other authors, and those that clients have saved: hardly any of them takes longer than
 * it takes to begin a thread, so that each has a moment in this one.
 */
export class ForeignReader {
  readonly #thread: ReadingThread;
  #late = 0;

  constructor(limits?: ReadingLimits) {
    this.#thread = new ReadingThread(limits);
  }

  /** Before a look at all directories: many files that take too long would delay it by the sum of their times. */
  begin(): void {
    this.#late = 0;
  }

  lab(files: LabFiles, track: string): Promise<Bounded<ReadLab>> {
    return this.#read(
      (limits) => labWithin(files, track, false, limits),
      () => this.#thread.lab({ files, track, whole: false }),
      () => refusedLab(enough),
    );
  }

  track(yaml: string, track: string): Promise<Bounded<ReadTrack>> {
    return this.#read(
      (limits) => trackWithin(yaml, track, limits),
      () => this.#thread.track({ yaml, track }),
      () => refusedTrack(track, enough),
    );
  }

  async #read<T>(
    briefly: (limits: readonly number[]) => Bounded<T>,
    inThread: () => Promise<Bounded<T>>,
    refuse: () => Bounded<T>,
  ): Promise<Bounded<T>> {
    const isLast = this.#late >= mostLateReadings;
    const brief = briefly(isLast ? onlyLabReading : briefLabReading);
    if (brief.late !== true) return brief;
    if (isLast) return refuse();
    const read = await inThread();
    if (read.late === true) this.#late += 1;
    return read;
  }
}
