import { mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';

export interface Reading {
  /** Of its files when they were read. */
  stamp: string;
  read: unknown;
  /** When it is read again, by this process's clock (`performance.now`); only where there was no time for it. */
  again?: number;
}

/** Directory -> the lab or track read there. */
export type Readings = Map<string, Reading>;

/** Bytes that a disk must have free before readings are kept on it; they take one of them in fifty or so. */
const leastRoom = 64 * 1024 * 1024;

interface Kept {
  build: string;
  readings: Readings;
}

/**
 * What the daemon has read of labs, kept for its next start: to read thirty anew takes a second of processor time.
 * Only the build that read them takes them up, for another one may read differently.
 */
export class KeptReadings {
  readonly #file: string;
  readonly #build: string;
  readonly #shipped: string | null;

  /** @param shipped what set-up has read, for the first start */
  constructor(file: string, build: string, shipped: string | null = null) {
    this.#file = file;
    this.#build = build;
    this.#shipped = shipped;
  }

  /** None where there is no such file, or another build's. */
  async take(): Promise<Readings> {
    return (await this.#in(this.#file)) ?? (await this.#in(this.#shipped)) ?? new Map();
  }

  async #in(file: string | null): Promise<Readings | null> {
    if (file === null) return null;
    try {
      const kept = deserialize(await readFile(file)) as Partial<Kept>;
      return kept.build === this.#build && kept.readings instanceof Map ? kept.readings : null;
    } catch {
      return null;
    }
  }

  /**
   * Not those that are read again in any case.
   * The sessions' journals need the last room of a disk: this does without, and the next start takes its time.
   */
  async keep(readings: Readings): Promise<void> {
    const next = `${this.#file}.new`;
    const whole = new Map([...readings].filter(([, { again }]) => again === undefined));
    const kept: Kept = { build: this.#build, readings: whole };
    try {
      const directory = dirname(this.#file);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(directory);
      if (bavail * bsize < leastRoom) return;
      await writeFile(next, serialize(kept), { mode: 0o600 });
      await rename(next, this.#file);
    } catch {
      await rm(next, { force: true }).catch(() => {});
    }
  }
}
