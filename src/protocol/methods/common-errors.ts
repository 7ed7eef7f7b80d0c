/** What every method answers that is asked about a session. */
export const oneSession = ['session-none', 'session-not-found'] as const;

/** What every method answers that waits for its turn in a session's machine. */
export const liveMachine = [...oneSession, 'machine-gone', 'interrupted'] as const;
