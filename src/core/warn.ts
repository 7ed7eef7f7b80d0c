/** Tells the owner of the daemon what went wrong and was survived: plain words, and what they are about. */
export type Warn = (words: string, about: Record<string, string>) => void;

export const noWarning: Warn = () => {};
