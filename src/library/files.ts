import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HoplabError } from '../core/errors.ts';
import { proseFile } from '../core/lab/prose-section.ts';
import { languages } from '../core/language.ts';
import type { LabFiles } from './read.ts';

export const labFileNames = ['lab.yaml', ...languages.map(proseFile)];

/** Directories in one, by name; rejects with `labs-directory-missing`. */
export async function directoriesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new HoplabError(
      'labs-directory-missing',
      `cannot read the lab directory ${directory}: ${error.code}`,
      { directory },
    );
  });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Changes whenever one of these files does; null where the first is not there. */
export async function stampOf(directory: string, names: readonly string[]): Promise<string | null> {
  const stamps = await Promise.all(
    names.map((name) =>
      stat(join(directory, name)).then(
        (found) => (found.isFile() ? `${found.ino} ${found.size} ${found.mtimeMs}` : ''),
        () => '',
      ),
    ),
  );
  return stamps[0] === '' ? null : stamps.join('/');
}

export async function filesOf(directory: string): Promise<LabFiles> {
  const files: LabFiles = {};
  for (const name of labFileNames) {
    const text = await readFile(join(directory, name), 'utf8').catch(() => null);
    if (text !== null) files[name] = text;
  }
  return files;
}
