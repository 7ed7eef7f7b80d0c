/** Reports a survived error to the owner of the daemon: plain words, and the things they are about. */
export type Warn = (words: string, about: Record<string, string>) => void;

export const noWarning: Warn = () => {};
