import { parseDocument } from 'yaml';
import { type Track, trackSchema, untitled } from '../core/lab/track.ts';
import type { Problem } from '../core/session/control.ts';
import { issuesOf } from '../core/text/issues.ts';
import type { Said } from '../core/text/said.ts';
import { fileProblem } from './problem.ts';
import { dataOf, yamlSaid } from './yaml-said.ts';

export interface ReadTrack {
  track: Track;
  problems: Problem[];
}

/** The text of a `track.yaml`; a track without a name where it is not sound. */
export function readTrack(source: string, id: string): ReadTrack {
  const refused = (problems: Problem[]) => ({ track: untitled(id), problems });
  const document = parseDocument(source, { uniqueKeys: true });
  const [broken] = document.errors;
  if (broken) return refused([trackProblem(yamlSaid(broken))]);
  const data = dataOf(document);
  if ('refused' in data) return refused([trackProblem(data.refused)]);
  const parsed = trackSchema.safeParse(data.is);
  if (parsed.success) return { track: { id, ...parsed.data }, problems: [] };
  return refused(issuesOf(parsed.error, trackSchema, data.is).map(trackProblem));
}

export const trackProblem = (said: Said): Problem => fileProblem('track.yaml', said);
