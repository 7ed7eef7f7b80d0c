import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseDocument } from 'yaml';
import { type Track, trackSchema, untitled } from '../core/lab/track.ts';
import type { Problem } from '../core/session/control.ts';
import { issuesOf } from '../core/text/issues.ts';

/** A directory's `track.yaml`; one without a name where there is none, or where it is not sound. */
export async function readTrack(directory: string): Promise<{ track: Track; problems: Problem[] }> {
  const id = basename(directory);
  const source = await readFile(join(directory, 'track.yaml'), 'utf8').catch(() => null);
  if (source === null) return { track: untitled(id), problems: [] };
  const document = parseDocument(source, { uniqueKeys: true });
  const [broken] = document.errors;
  if (broken) return { track: untitled(id), problems: [trackProblem(broken.message)] };
  const parsed = trackSchema.safeParse(document.toJS());
  if (parsed.success) return { track: { id, ...parsed.data }, problems: [] };
  return {
    track: untitled(id),
    problems: issuesOf(parsed.error, trackSchema).map(({ message }) => trackProblem(message)),
  };
}

export const trackProblem = (message: string): Problem => ({
  ...{ file: 'track.yaml', line: null, column: null, field: null },
  ...{ message, severity: 'error' },
});
