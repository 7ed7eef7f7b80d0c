/** The errors of every method about a session. */
export const oneSession = ['session-none', 'session-not-found'] as const;

/** The errors of every method that waits for its turn in a session's machine. */
export const liveMachine = [...oneSession, 'machine-gone', 'interrupted'] as const;
