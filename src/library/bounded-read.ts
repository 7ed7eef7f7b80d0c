import { runInNewContext } from 'node:vm';
import { untitled } from '../core/lab/track.ts';
import type { Problem } from '../core/session/control.ts';
import { longestLabReading, longestProblem, mostProblems } from '../core/text/lab-limits.ts';
import { fileProblem } from './files.ts';
import { type LabFiles, type ReadLab, readLab } from './read.ts';
import { type ReadTrack, readTrack, trackProblem } from './tracks.ts';

/**
 * Reads a lab with a limit on time: a few kilobytes of YAML or Markdown can take minutes. `null` is for hoplab's own
 * labs, which a slow or busy computer must not take for hostile.
 */
export function labWithin(
  files: LabFiles,
  track: string,
  whole: boolean,
  longest: number | null = longestLabReading,
): ReadLab {
  const read = within(longest, () => readLab(files, track, whole));
  if (typeof read === 'string') return { lab: null, problems: [fileProblem('lab.yaml', read)] };
  return { ...read, problems: firstOf(read.problems) };
}

export function trackWithin(text: string, id: string, longest: number | null = longestLabReading): ReadTrack {
  const read = within(longest, () => readTrack(text, id));
  if (typeof read === 'string') return { track: untitled(id), problems: [trackProblem(read)] };
  return { ...read, problems: firstOf(read.problems) };
}

/** The result of work, or why there is none. */
function within<T>(longest: number | null, work: () => T): T | string {
  if (longest === null) return work();
  try {
    return runInNewContext('work()', { work }, { timeout: longest });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      return (error as Error).message;
    return `reading takes longer than ${longest / 1000} s; the files are too large or too deeply nested`;
  }
}

/** As many as a person reads and a log holds, errors first where there are more. */
function firstOf(problems: readonly Problem[]): Problem[] {
  const short = problems.map((problem) => ({
    ...problem,
    message: problem.message.slice(0, longestProblem),
  }));
  if (short.length <= mostProblems) return short;
  const errors = short.filter(({ severity }) => severity === 'error');
  const first = [...errors, ...short.filter(({ severity }) => severity !== 'error')].slice(0, mostProblems);
  const more: Problem = fileProblem('lab.yaml', `and ${short.length - mostProblems} more problems`);
  return [...first, errors.length > 0 ? more : { ...more, severity: 'warning' }];
}
