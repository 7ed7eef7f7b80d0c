import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HoplabError } from '../../core/errors.ts';
import type { Warn } from '../../core/warn.ts';

/** The record of a machine on disk. */
export const machineRecord = z.object({
  id: z.string(),
  /** First of its 65,536 uids and gids; no other machine has them, so it also finds an unrecorded pid 1. */
  uidBase: z.int(),
  /** This and `startTime` are null until its pid 1 is there. */
  pid: z.int().nullable(),
  startTime: z.string().nullable(),
});
export type MachineRecord = z.output<typeof machineRecord>;

/** A record is one file, named by its id. @throws `machine-failed` where the disk does not take it; nothing of it stays */
export async function writeRecord<T extends { id: string } = MachineRecord>(
  directory: string,
  record: T,
): Promise<void> {
  const file = join(directory, `${record.id}.json`);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await writeFile(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
    await rename(`${file}.new`, file);
  } catch (error) {
    await rm(`${file}.new`, { force: true }).catch(() => {});
    const { message: words } = error as Error;
    throw new HoplabError('machine-failed', `the record ${file} could not be written: ${words}`, { file });
  }
}

export async function removeRecord(directory: string, id: string): Promise<void> {
  await rm(join(directory, `${id}.json`), { force: true });
}

/** Sets a broken record aside under another name and logs a warning; its machine is found by other means. */
export async function readRecords<S extends z.ZodType<{ id: string }>>(
  directory: string,
  schema: S,
  warn: Warn,
): Promise<z.output<S>[]> {
  const names = await readdir(directory).catch(() => [] as string[]);
  const records: z.output<S>[] = [];
  for (const name of names) {
    const file = join(directory, name);
    // Its daemon was killed while writing it.
    if (name.endsWith('.json.new')) await rm(file, { force: true }).catch(() => {});
    if (!name.endsWith('.json')) continue;
    try {
      const record = schema.parse(JSON.parse(await readFile(file, 'utf8')));
      if (`${record.id}.json` !== name) throw new Error(`it is about ${record.id}`);
      records.push(record);
    } catch (error) {
      await rename(file, `${file}.broken`).catch(() => {});
      warn('a record is broken, and was set aside', { file, words: (error as Error).message });
    }
  }
  return records;
}
