import { constants } from 'node:os';

/** As a shell gives it: the command's own, or 128 and the signal that ended it. */
export function exitCodeOf({ exitCode, signal }: { exitCode: number | null; signal: string | null }): number {
  if (exitCode !== null) return exitCode;
  return 128 + (constants.signals[signal as NodeJS.Signals] ?? 0);
}
