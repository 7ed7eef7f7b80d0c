/** Bytes of one file of a lab or track; the longest that come with hoplab have a fifth of it. */
export const largestLabFile = 128 * 1024;

/** Milliseconds that one lab may take to be read; 10 are usual. */
export const longestLabReading = 2000;

/** Megabytes of memory that judging the files of a client may take. */
export const largestLabHeap = 256;

/** Problems that are reported of one lab, and characters of one of them. */
export const mostProblems = 100;
export const longestProblem = 500;
