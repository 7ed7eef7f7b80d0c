import type { Said } from '../text/said.ts';

/** Something wrong in a lab's files, before it is known at which line. */
export interface Finding extends Said {
  file: 'lab.yaml' | 'en.md' | 'ko.md';
  /** The place in lab.yaml, e.g. `['steps', 2, 'checks', 0, 'ping', 'to']`. */
  path: (string | number)[];
  /** Line in a prose file, from 1; null in lab.yaml, where `path` has the place. */
  line: number | null;
  severity: 'error' | 'warning';
  /** It is about a missing or an outdated translation. */
  translation?: true;
  /** The mark that belongs under the heading at this line. */
  mark?: string;
}

export const inLab = (
  path: (string | number)[],
  said: Said,
  severity: Finding['severity'] = 'error',
): Finding => ({ file: 'lab.yaml', path, line: null, ...said, severity });
