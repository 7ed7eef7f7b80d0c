import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HoplabError } from '../core/errors.ts';
import { proseFile } from '../core/lab/prose-section.ts';
import { languages } from '../core/language.ts';
import type { Problem } from '../core/session/control.ts';
import { largestLabFile } from '../core/text/lab-limits.ts';
import { type Said, said } from '../core/text/said.ts';
import { fileProblem } from './problem.ts';
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
      lstat(join(directory, name)).then(
        (found) => `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`,
        () => '',
      ),
    ),
  );
  return stamps[0] === '' ? null : stamps.join('/');
}

/** The files that are there, and why one of them is not read. */
export async function filesOf(
  directory: string,
  names: readonly string[],
): Promise<{ files: LabFiles; problems: Problem[] }> {
  const files: LabFiles = {};
  const problems: Problem[] = [];
  for (const file of names) {
    const read = await textOf(join(directory, file));
    if (read === null) continue;
    if ('text' in read) files[file] = read.text;
    else problems.push(fileProblem(file, read.refused));
  }
  return { files, problems };
}

/**
 * Null where there is no such file. The daemon reads as root: a link could lead to a file that the author of the lab
 * may not read, and problems quote what they find. A FIFO has no end.
 */
async function textOf(path: string): Promise<{ text: string } | { refused: Said } | null> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const found = await file.stat();
    if (!found.isFile()) return { refused: said('no-plain-file') };
    if (found.size > largestLabFile)
      return { refused: said('file-too-large', { size: `${found.size}`, most: `${largestLabFile}` }) };
    return { text: await file.readFile('utf8') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    return { refused: code === 'ELOOP' ? said('symbolic-link') : said('not-readable', { cause: message }) };
  } finally {
    await file?.close();
  }
}
