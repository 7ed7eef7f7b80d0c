import { spawn } from 'node:child_process';

export interface Ended {
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
  /** stdout as the one JSON document it must be. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
  json(): any;
}

export const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
export const node = [process.execPath, '--disable-warning=ExperimentalWarning'];

/** Only what the command line may depend on, and English. */
export function environment(changes: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '/', LANG: 'C.UTF-8', ...changes };
}

/** Runs the real command line as a process of its own. */
export function hoplab(
  args: string[],
  env: Record<string, string> = {},
  input: string | Uint8Array = '',
): Promise<Ended> {
  const [program = '', ...options] = node;
  const child = spawn(program, [...options, main, ...args], { env: environment(env) });
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on('data', (chunk) => chunks.stdout.push(chunk));
  child.stderr.on('data', (chunk) => chunks.stderr.push(chunk));
  // It may have exited before it read its input.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const stdout = Buffer.concat(chunks.stdout).toString();
      const stderr = Buffer.concat(chunks.stderr).toString();
      resolve({ code, signal, stdout, stderr, json: () => JSON.parse(stdout) });
    });
  });
}
