import { runInNewContext } from 'node:vm';
import { untitled } from '../core/lab/track.ts';
import { inEachLanguage } from '../core/language.ts';
import type { Problem } from '../core/session/control.ts';
import { longestLabReading, longestProblem, mostProblems } from '../core/text/lab-limits.ts';
import { type Said, said } from '../core/text/said.ts';
import { fileProblem } from './problem.ts';
import { type LabFiles, type ReadLab, readLab } from './read.ts';
import { settleSchemas } from './settled.ts';
import { type ReadTrack, readTrack, trackProblem } from './tracks.ts';

/** Milliseconds, for one attempt after another. */
type Limits = readonly number[] | null;

/** What was read; `late` where there was no time for it: the same files may be read at another time. */
export type Bounded<T> = T & { late?: true };

/**
 * Reads a lab with a limit on time: a few kilobytes of YAML or Markdown can take minutes. `null` is for hoplab's own
 * labs, which a slow or busy computer must not take for hostile.
 */
export function labWithin(
  files: LabFiles,
  track: string,
  whole: boolean,
  limits: Limits = longestLabReading,
): Bounded<ReadLab> {
  const read = within(limits, () => readLab(files, track, whole));
  if ('code' in read) return refusedLab(read);
  return { ...read, problems: firstOf(read.problems) };
}

export function trackWithin(
  text: string,
  id: string,
  limits: Limits = longestLabReading,
): Bounded<ReadTrack> {
  const read = within(limits, () => readTrack(text, id));
  if ('code' in read) return refusedTrack(id, read);
  return { ...read, problems: firstOf(read.problems) };
}

export const refusedLab = (why: Said): Bounded<ReadLab> => ({
  ...{ lab: null, late: true },
  problems: [shortened(fileProblem('lab.yaml', why))],
});

export const refusedTrack = (id: string, why: Said): Bounded<ReadTrack> => ({
  ...{ track: untitled(id), late: true },
  problems: [shortened(trackProblem(why))],
});

/**
 * The result of work, or why there is none. vm's limit is on time that passes: where a busy computer gave this thread
 * less than half of it, the next limit applies.
 */
function within<T>(limits: Limits, work: () => T): T | Said {
  if (limits === null) return work();
  settleSchemas();
  let [longest = 0] = limits;
  for (const limit of limits) {
    longest = limit;
    const before = ownTime();
    try {
      return runInNewContext('work()', { work }, { timeout: limit });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT')
        return said('not-readable', { cause: (error as Error).message });
      if (ownTime() - before > limit / 2) break;
    }
  }
  return said('reading-too-long', { seconds: `${longest / 1000}` });
}

/** Milliseconds of processor time of this thread. */
function ownTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** As many as a person reads and a log holds, errors first where there are more. */
function firstOf(problems: readonly Problem[]): Problem[] {
  const short = problems.map(shortened);
  if (short.length <= mostProblems) return short;
  const errors = short.filter(({ severity }) => severity === 'error');
  const first = [...errors, ...short.filter(({ severity }) => severity !== 'error')].slice(0, mostProblems);
  const more = said('more-problems', { count: `${short.length - mostProblems}` });
  return [...first, fileProblem('lab.yaml', more, errors.length > 0 ? 'error' : 'warning')];
}

function shortened(problem: Problem): Problem {
  const short = (text: string) => text.slice(0, longestProblem);
  const values = Object.fromEntries(
    Object.entries(problem.values).map(([name, value]) => [name, short(value)] as const),
  );
  const words = inEachLanguage((language) => short(problem.words[language]));
  return { ...problem, values, words, message: short(problem.message) };
}
