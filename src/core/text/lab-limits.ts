/** Bytes of one file of a lab or track; the longest that come with hoplab have a fifth of it. */
export const largestLabFile = 128 * 1024;

/**
 * Milliseconds that one lab may take to be read; 10 are usual. The second number is for where the thread got less than
 * half of the first from a busy computer.
 */
export const longestLabReading = [2000, 8000] as const;

/** Milliseconds for which a lab that is none of hoplab's own may keep the daemon from other work. */
export const briefLabReading = [100] as const;

/** The same where it is read now or never. */
export const onlyLabReading = [100, 1000] as const;

/** Labs and tracks that may take too long in one look at all of them: then only those are read that take a moment. */
export const mostLateReadings = 3;

/** Milliseconds after which one that took too long is read again: the computer may have been busy. */
export const lateReadingAgain = 60_000;

/** Megabytes of memory that judging the files of a client may take. */
export const largestLabHeap = 256;

/** Problems that are reported of one lab, and characters of one of them. */
export const mostProblems = 100;
export const longestProblem = 500;
