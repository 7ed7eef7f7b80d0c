import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { rangesOf } from './vm.ts';

const root = new URL('../..', import.meta.url).pathname;

export interface CommandResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** A daemon of the test's own, run and driven as a user does: by scripts/hoplab. */
export class Daemon {
  readonly directory = mkdtempSync('/run/hoplab-test-');
  readonly run = join(this.directory, 'run');
  readonly state = join(this.directory, 'state');
  readonly #environment: Record<string, string>;
  #process: ChildProcess | null = null;
  #log = '';

  private constructor(port: number, environment: Record<string, string>) {
    this.#environment = {
      PATH: process.env.PATH ?? '',
      LANG: 'C.UTF-8',
      HOPLAB_RUN: this.run,
      HOPLAB_STATE: this.state,
      HOPLAB_LISTEN: `127.0.0.1:${port}`,
      ...environment,
    };
  }

  static async make(environment: Record<string, string> = {}): Promise<Daemon> {
    const daemon = new Daemon(await freePort(), environment);
    // A machine's root, user nobody in the VM, reads below it.
    chmodSync(daemon.directory, 0o755);
    mkdirSync(daemon.state);
    return daemon;
  }

  get url(): string {
    return `http://${this.#environment.HOPLAB_LISTEN}`;
  }

  /** The environment with which clients find it. */
  get environment(): Record<string, string> {
    return this.#environment;
  }

  get log(): string {
    return this.#log;
  }

  /**
   * Resolves when it says it is ready; rejects with its log when it ends before.
   * @param through a program that runs it
   */
  async start(more: Record<string, string> = {}, through: readonly string[] = []): Promise<void> {
    const [program = '', ...args] = [...through, join(root, 'scripts/hoplab'), 'daemon'];
    const child = spawn(program, args, {
      env: { ...this.#environment, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#log = '';
    await new Promise<void>((resolve, reject) => {
      const hear = (data: Buffer) => {
        this.#log += data;
        if (this.#log.includes('hoplab is ready')) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => reject(new Error(`the daemon ended with ${code}: ${this.#log}`)));
    });
  }

  get #hasEnded(): boolean {
    const { exitCode = null, signalCode = null } = this.#process ?? {};
    return exitCode !== null || signalCode !== null;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (!child || this.#hasEnded) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /** `hoplab ARGS...` to its end. */
  hoplab(...args: string[]): Promise<CommandResult> {
    return this.started(...args).ended;
  }

  /** `hoplab ARGS...`, still running. */
  started(...args: string[]): { child: ChildProcess; ended: Promise<CommandResult> } {
    const child = spawn(join(root, 'scripts/hoplab'), args, {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { child, ended: saidBy(child) };
  }

  async json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
    const { stdout, stderr } = await this.hoplab('--json', ...args);
    try {
      return JSON.parse(stdout) as T;
    } catch {
      throw new Error(`no JSON from hoplab ${args.join(' ')}: ${stdout}${stderr}`);
    }
  }

  /** Stops every session and the daemon, and removes its directories. */
  async remove(): Promise<void> {
    // Whoever ended the whole group of processes, as Ctrl-C does, ended it too, and its machines live.
    if (this.#hasEnded && rangesOf(this.run).size > 0) await this.start();
    await this.hoplab('stop', '--all');
    await this.kill('SIGTERM');
    rmSync(this.directory, { recursive: true });
  }
}

/** Runs work with a daemon that is not started yet; whatever happens, nothing of it is left. */
export async function withDaemon(
  work: (daemon: Daemon) => Promise<void>,
  environment: Record<string, string> = {},
): Promise<void> {
  const daemon = await Daemon.make(environment);
  try {
    await work(daemon);
  } finally {
    await daemon.remove();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** The output of a program once it has ended. */
export function saidBy(child: ChildProcessByStdio<null, Readable, Readable>): Promise<CommandResult> {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  return new Promise((resolve) => {
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
