import { createInterface } from 'node:readline/promises';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { questionText } from './question.ts';

type Prediction = Result<'labs.get'>['steps'][number]['predict'][number];

/** Asks at the terminal; no answer where there is none, or where nothing was typed. */
export async function ask(prediction: Prediction, cli: Cli): Promise<string[]> {
  if (cli.json || !process.stdin.isTTY || !process.stdout.isTTY) return [];
  process.stdout.write(`${questionText(prediction, null, cli)}\n`);
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const line = await reader.question('> ');
    return line.trim() === '' ? [] : [line];
  } finally {
    reader.close();
  }
}
