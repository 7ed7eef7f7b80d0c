import { mkdir, open, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { HoplabError } from '../core/errors.ts';
import type { Mistake } from '../core/practice/mistake.ts';
import type { NumberedEvent } from '../core/session/event.ts';

/** One line of a session's file. */
export type Entry =
  | { kind: 'session'; id: string; lab: string; startedAt: number }
  /**
   * From here on the session runs in this machine; `previous` is the one undo would bring back. `mistake`: the
   * one `break` has put into it, which no event tells.
   */
  | {
      kind: 'machine';
      id: string;
      mistake?: Mistake | null;
      previous: { id: string; step: string; mistake?: Mistake | null } | null;
    }
  | ({ kind: 'event' } & NumberedEvent);

/**
 * A session's life on disk: one append-only file of JSON lines. A daemon killed while writing, or a disk that
 * was full, leaves a broken end, which is cut off when the file is read or written again.
 */
export class Journal {
  readonly #file: string;
  #writing: Promise<void> = Promise.resolve();
  /** Said, but not on the disk yet, for it was full: goes there with what is said next. */
  #owed = '';

  private constructor(file: string) {
    this.#file = file;
  }

  static at(directory: string, session: string): Journal {
    return new Journal(join(directory, `${session}.jsonl`));
  }

  /**
   * Appends in order; resolves when the lines are with the kernel (`sync`: on the disk). Rejects with
   * `journal-failed`; nothing is lost as long as the daemon lives.
   */
  append(entries: readonly Entry[], sync = false): Promise<void> {
    const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    const written = this.#writing.then(() => this.#write(text, sync));
    this.#writing = written.catch(() => {});
    return written;
  }

  async #write(text: string, sync: boolean): Promise<void> {
    this.#owed += text;
    try {
      const handle = await open(this.#file, 'a', 0o600);
      try {
        const { size } = await handle.stat();
        await handle.appendFile(this.#owed).catch(async (error) => {
          // Half a line would break the next one.
          await handle.truncate(size).catch(() => {});
          throw error;
        });
        this.#owed = '';
        if (sync) await handle.datasync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      const words = (error as Error).message;
      throw new HoplabError('journal-failed', `progress could not be written to ${this.#file}: ${words}`, {
        file: this.#file,
      });
    }
  }

  /** Up to the first line that is none: what stands behind it no longer tells a whole story. */
  async read(): Promise<Entry[]> {
    const text = await readFile(this.#file, 'utf8');
    const entries: Entry[] = [];
    let good = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', good)) {
      const entry = entryIn(text.slice(good, end));
      if (entry === null) break;
      entries.push(entry);
      good = end + 1;
    }
    if (good < text.length) await truncate(this.#file, Buffer.byteLength(text.slice(0, good)));
    return entries;
  }

  async remove(): Promise<void> {
    await this.#writing;
    await rm(this.#file, { force: true });
  }
}

function entryIn(line: string): Entry | null {
  try {
    const entry = JSON.parse(line) as Entry | null;
    return entry !== null && kinds.includes(entry.kind) ? entry : null;
  } catch {
    return null;
  }
}

const kinds = ['session', 'machine', 'event'];

/** Ids of the sessions that have a journal. */
export async function journaledSessions(directory: string): Promise<string[]> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const names = await readdir(directory);
  return names.filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length));
}
