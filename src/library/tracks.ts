import { parseDocument } from 'yaml';
import { type Track, trackSchema, untitled } from '../core/lab/track.ts';
import type { Problem } from '../core/session/control.ts';
import { issuesOf } from '../core/text/issues.ts';
import { fileProblem } from './files.ts';
import { dataOf } from './read.ts';

export interface ReadTrack {
  track: Track;
  problems: Problem[];
}

/** The text of a `track.yaml`; a track without a name where it is not sound. */
export function readTrack(source: string, id: string): ReadTrack {
  const refused = (problems: Problem[]) => ({ track: untitled(id), problems });
  const document = parseDocument(source, { uniqueKeys: true });
  const [broken] = document.errors;
  if (broken) return refused([trackProblem(broken.message)]);
  const data = dataOf(document);
  if ('refused' in data) return refused([trackProblem(data.refused)]);
  const parsed = trackSchema.safeParse(data.is);
  if (parsed.success) return { track: { id, ...parsed.data }, problems: [] };
  return refused(issuesOf(parsed.error, trackSchema).map(({ message }) => trackProblem(message)));
}

export const trackProblem = (message: string): Problem => fileProblem('track.yaml', message);
