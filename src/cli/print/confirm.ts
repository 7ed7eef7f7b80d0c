import { createInterface } from 'node:readline/promises';

/** Whether a person at the terminal can be asked. */
export const canAsk = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

/** Yes only where one of these words was typed; the end of the input is no. */
export async function confirm(question: string, yes: readonly string[]): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<string>((resolve) => reader.once('close', () => resolve('')));
  try {
    const line = await Promise.race([reader.question(question), ended]);
    return yes.includes(line.trim().toLowerCase());
  } finally {
    reader.close();
  }
}
