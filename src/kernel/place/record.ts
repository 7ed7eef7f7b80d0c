import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is known of a machine on disk. `pid` and `startTime` are null until its pid 1 is there. */
export interface MachineRecord {
  id: string;
  /** First of its 65,536 uids and gids; no other machine has them, so it also finds an unrecorded pid 1. */
  uidBase: number;
  pid: number | null;
  startTime: string | null;
}

/** A record is one file, named by its id. */
export async function writeRecord<T extends { id: string } = MachineRecord>(
  directory: string,
  record: T,
): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, `${record.id}.json`);
  await writeFile(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

export async function removeRecord(directory: string, id: string): Promise<void> {
  await rm(join(directory, `${id}.json`), { force: true });
}

export async function readRecords<T = MachineRecord>(directory: string): Promise<T[]> {
  const names = await readdir(directory).catch(() => [] as string[]);
  const records: T[] = [];
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const text = await readFile(join(directory, name), 'utf8');
    records.push(JSON.parse(text) as T);
  }
  return records;
}
