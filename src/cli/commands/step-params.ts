import type { Cli } from '../cli.ts';
import { TranslatedError } from '../translated-error.ts';

/** `[STEP|--all]`, as requests want it. */
export function stepParams(
  { words, session }: Cli,
  step: string | undefined,
  { all }: { all?: boolean },
): { session?: string; step?: string } {
  if (all && step !== undefined) throw new TranslatedError('argument-invalid', words.usage.stepAndAll);
  const named = all ? 'all' : step;
  return { ...session, ...(named === undefined ? {} : { step: named }) };
}
