/**
 * A probe and its way as the documents have it: on entry to the step, and after the step's solution; `same` where
 * the solution changes nothing of it. Ways as `wayOf` writes them, ` or ` between those that chance
 * chooses from; an error's code where no probe can be sent.
 */
export type Row = [from: string, what: string, entry: string, after: string];

/** Rows by step. */
export type LabWays = Record<string, Row[]>;
