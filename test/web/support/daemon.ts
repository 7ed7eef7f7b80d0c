import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Ended, hoplab } from '../../cli/hoplab.ts';

const program = join(import.meta.dirname, '../../../scripts/hoplab');
const page = join(import.meta.dirname, '../../../src/web/dist/index.html');

/** A real daemon with directories and a port of its own, which serves the built page. */
export interface Daemon {
  /** The address `hoplab url` prints. */
  url: string;
  /** `hoplab ARGS...`, another client of it. */
  hoplab(...args: string[]): Promise<Ended>;
  /** kill -9, and a new daemon on the same port and directories. */
  killAndRestart(): Promise<void>;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

interface Scope {
  teardown(work: () => Promise<void>): void;
}

export async function startDaemon(scope: Scope, more: Record<string, string> = {}): Promise<Daemon> {
  await access(page).catch(() => {
    throw new Error('the page is not built: npm run build:web');
  });
  const directory = await mkdtemp(join(tmpdir(), 'hoplab-web-'));
  // A machine's root is user nobody here, and builds its own root from the directories below.
  await chmod(directory, 0o755);
  const env = {
    HOPLAB_RUN: join(directory, 'run'),
    HOPLAB_STATE: join(directory, 'state'),
    HOPLAB_LOG: 'warn',
    ...more,
  };
  let child = await start(env, '127.0.0.1:0');
  const url = (await hoplab(['url'], env)).stdout.trim();
  const { host } = new URL(url);

  async function kill(): Promise<void> {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  async function restart(): Promise<void> {
    child = await start(env, host);
  }
  scope.teardown(async () => {
    if (child.exitCode !== null || child.signalCode !== null) await restart();
    await hoplab(['stop', '--all'], env);
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    await rm(directory, { recursive: true });
  });
  return {
    url,
    hoplab: (...args) => hoplab(args, env),
    kill,
    restart,
    async killAndRestart() {
      await kill();
      await restart();
    },
  };
}

async function start(env: { HOPLAB_RUN: string }, listen: string): Promise<ChildProcess> {
  const address = join(env.HOPLAB_RUN, 'address');
  await rm(address, { force: true });
  const child = spawn(program, ['daemon'], {
    env: { ...process.env, ...env, HOPLAB_LISTEN: listen },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const socket = join(env.HOPLAB_RUN, 'hoplab.sock');
  while (!(await answers(socket))) {
    if (child.exitCode !== null) throw new Error(`the daemon ended with ${child.exitCode}`);
    await wait(20);
  }
  // The network door opens after the local one, and says where last.
  while (!(await readFile(address, 'utf8').catch(() => ''))) await wait(20);
  return child;
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    request({ socketPath, path: '/healthz' }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    })
      .once('error', () => resolve(false))
      .end();
  });
}
