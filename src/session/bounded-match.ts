import { runInNewContext } from 'node:vm';

/** Characters of a text that are looked through. */
const most = 1 << 16;

/** Milliseconds after which a pattern has no match. */
const longest = 200;

/**
 * The first group of a lab's own pattern in a text, line by line; null if it does not match. A pattern with
 * repetitions inside repetitions can run for ever and block the daemon: it has a time limit.
 */
export function firstGroup(pattern: string, text: string): string | null {
  const given = { pattern, text: text.slice(0, most) };
  try {
    return runInNewContext("new RegExp(pattern, 'm').exec(text)?.[1] ?? null", given, { timeout: longest });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return null;
  }
}
