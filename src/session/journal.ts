import { constants } from 'node:fs';
import { copyFile, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HoplabError } from '../core/errors.ts';
import { noWarning, type Warn } from '../core/warn.ts';
import { type Entry, entriesIn, lineOf } from './journal-line.ts';

type Of<K extends Entry['kind']> = Entry & { kind: K };

/**
 * A session's life on disk: one file of lines (journal-line.ts), each a change. It is appended to, and written anew
 * where much of it is old (`shorten`). A daemon killed while writing, or a disk that was full, leaves a broken end:
 * it is copied beside the file before it is cut off.
 */
export class Journal {
  readonly #file: string;
  readonly #warn: Warn;
  #session: Of<'session'> | null = null;
  #machine: Of<'machine'> | null = null;
  #writing: Promise<void> = Promise.resolve();
  /**
   * Entries not on the disk yet: those appended since the last write began, and those that a full disk
   * refused.
   */
  readonly #owed: Entry[] = [];
  /** The number of entries ever appended. */
  #lines = 0;
  #failing = false;
  #wanted: { done: Promise<void>; sync: boolean } | null = null;
  /** The file anew; it holds the entries up to number `upTo`. */
  #anew: { entries: readonly Entry[]; upTo: number } | null = null;
  /** Entries that only the file anew has: it is written before any other. */
  #isMissing = false;
  /** Bytes that are sound, where a broken end follows. */
  #sound: number | null = null;

  private constructor(file: string, warn: Warn) {
    this.#file = file;
    this.#warn = warn;
  }

  static at(directory: string, session: string, warn: Warn = noWarning): Journal {
    return new Journal(join(directory, `${session}.jsonl`), warn);
  }

  /**
   * Entries of one moment make one line. Resolves when it is with the kernel (`sync`: on the disk). Rejects with
   * `journal-failed`; nothing is lost as long as the daemon lives.
   */
  append(entries: readonly Entry[], sync = false): Promise<void> {
    this.#owed.push(...entries);
    this.#lines += entries.length;
    this.#remember(entries);
    return this.#write(sync);
  }

  /** Once written, the file begins with `progress` and has these events only. A disk without room keeps it as it is. */
  shorten(progress: Of<'progress'>, events: readonly Of<'event'>[]): Promise<void> {
    const heads = [this.#session, progress, this.#machine].filter((each) => each !== null);
    this.#anew = { entries: [...heads, ...events], upTo: this.#lines };
    return this.#write(true);
  }

  /** Resolves when the entries so far are written, or could not be. */
  written(): Promise<void> {
    return this.#writing;
  }

  #write(sync: boolean): Promise<void> {
    if (this.#wanted === null) {
      const done = this.#writing.then(() => this.#writeOwed());
      this.#wanted = { done, sync };
      this.#writing = done.catch(() => {});
    }
    this.#wanted.sync ||= sync;
    return this.#wanted.done;
  }

  async #writeOwed(): Promise<void> {
    const sync = this.#wanted?.sync ?? false;
    this.#wanted = null;
    const anew = this.#anew;
    const refusal = await this.#writeAnew();
    const line = [...this.#owed];
    if (line.length === 0 && !this.#isMissing) return;
    try {
      if (this.#isMissing) throw refusal;
      await this.#saveBroken();
      const handle = await open(this.#file, 'a', 0o600);
      try {
        await addTo(handle, lineOf(line));
        this.#owed.splice(0, line.length);
        this.#failing = false;
        if (sync) await handle.datasync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      // Of what is owed for long the file anew has all that counts.
      if (refusal !== null && anew !== null) this.#putOff(anew);
      const failed = this.#failed('progress could not be written to', error);
      if (!this.#failing) this.#warn(failed.message, { file: this.#file });
      this.#failing = true;
      throw failed;
    }
  }

  /** @returns why it could not be written */
  async #writeAnew(): Promise<unknown> {
    const anew = this.#anew;
    if (anew === null) return null;
    this.#anew = null;
    const file = `${this.#file}.new`;
    try {
      await this.#saveBroken();
      const handle = await open(file, 'w', 0o600);
      try {
        await handle.writeFile(lineOf(anew.entries));
        await handle.datasync();
      } finally {
        await handle.close();
      }
      await rename(file, this.#file);
      this.#isMissing = false;
      this.#dropOwed(anew.upTo);
      return null;
    } catch (error) {
      await rm(file, { force: true }).catch(() => {});
      if (!this.#isMissing)
        this.#warn('a journal could not be shortened', { file: this.#file, words: (error as Error).message });
      return error;
    }
  }

  #putOff(anew: { entries: readonly Entry[]; upTo: number }): void {
    this.#anew ??= anew;
    this.#isMissing = true;
    this.#dropOwed(this.#anew.upTo);
  }

  #dropOwed(upTo: number): void {
    this.#owed.splice(0, Math.max(0, upTo - (this.#lines - this.#owed.length)));
  }

  /** Reads up to the first broken line: the entries after it are incomplete. Changes nothing. */
  async read(): Promise<Entry[]> {
    const bytes = await readPlainFile(this.#file);
    const entries: Entry[] = [];
    let sound = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, sound)) {
      const line = entriesIn(bytes.toString('utf8', sound, end));
      if (line === null) break;
      for (const entry of line) entries.push(entry);
      sound = end + 1;
    }
    this.#sound = sound < bytes.length ? sound : null;
    this.#remember(entries);
    if (this.#sound !== null) {
      const about = { file: this.#file, sound: `${sound} of ${bytes.length} bytes` };
      this.#warn('a journal has a broken end, which is left out', about);
    }
    return entries;
  }

  /** Before the broken end goes. */
  async #saveBroken(): Promise<void> {
    const sound = this.#sound;
    if (sound === null) return;
    await copyAside(this.#file);
    const handle = await open(this.#file, 'r+');
    await handle.truncate(sound).finally(() => handle.close());
    this.#sound = null;
  }

  #remember(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.kind === 'session') this.#session = entry;
      if (entry.kind === 'machine') this.#machine = entry;
    }
  }

  /** @throws `journal-failed` where it is still there afterwards */
  async remove(): Promise<void> {
    await this.#writing;
    await rm(this.#file, { force: true }).catch((error) => {
      throw this.#failed('the session has ended, and comes back with the next daemon: there is still', error);
    });
  }

  /** Under another name, where no session is read from it. */
  async setAside(): Promise<string> {
    const name = await freeName(this.#file);
    await rename(this.#file, name);
    return name;
  }

  #failed(words: string, error: unknown): HoplabError {
    const message = `${words} ${this.#file}: ${(error as Error).message}`;
    return new HoplabError('journal-failed', message, { file: this.#file });
  }
}

/** Half a line would break the next one. */
async function addTo(handle: FileHandle, line: string): Promise<void> {
  const { size } = await handle.stat();
  await handle.appendFile(line).catch(async (error) => {
    await handle.truncate(size).catch(() => {});
    throw error;
  });
}

/** A FIFO would wait for its writer. */
async function readPlainFile(file: string): Promise<Buffer> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await handle.stat()).isFile()) throw new Error('it is no file');
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function copyAside(file: string): Promise<void> {
  const name = await freeName(file);
  await copyFile(file, name, constants.COPYFILE_EXCL).catch(async (error) => {
    await rm(name, { force: true }).catch(() => {});
    throw error;
  });
}

/** FILE.broken, FILE.broken.2, ... */
async function freeName(file: string): Promise<string> {
  for (let count = 1; ; count++) {
    const name = count === 1 ? `${file}.broken` : `${file}.broken.${count}`;
    const free = await stat(name).then(
      () => false,
      () => true,
    );
    if (free) return name;
  }
}

/** Ids of the sessions that have a journal. */
export async function journaledSessions(directory: string): Promise<string[]> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const names = await readdir(directory);
  return names.filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length));
}
