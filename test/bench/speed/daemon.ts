import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { type Client, connect } from '../../../src/client/client.ts';
import { webSocketPath } from '../../../src/protocol/connection.ts';
import { timed } from '../figures.ts';

export const hoplab = fileURLToPath(new URL('../../../scripts/hoplab', import.meta.url));

/** A daemon of its own, as scripts/hoplab runs it. */
export interface Daemon {
  pid: number;
  env: NodeJS.ProcessEnv;
  socket: string;
  /** Milliseconds from its start to its first connection. */
  took: number;
  client(): Promise<Client>;
  /** It ends, and everything of it. */
  end(): Promise<void>;
}

export async function startDaemon(): Promise<Daemon> {
  const root = mkdtempSync('/run/hoplab-bench-');
  chmodSync(root, 0o755);
  const [run, state] = [join(root, 'run'), join(root, 'state')];
  const env = {
    ...process.env,
    ...{ HOPLAB_RUN: run, HOPLAB_STATE: state, HOPLAB_LISTEN: '127.0.0.1:0', HOPLAB_SESSIONS: '200' },
  };
  const socket = join(run, 'hoplab.sock');
  let child: ChildProcess | undefined;
  const took = await timed(async () => {
    child = spawn(hoplab, ['daemon'], { stdio: 'ignore', env });
    while (!(await answers(socket))) await setTimeout(2);
  });
  return {
    ...{ pid: child?.pid ?? 0, env, socket, took },
    client: () => clientOf(socket),
    async end() {
      const client = await clientOf(socket);
      await client.call('sessions.stop', { all: true }).catch(() => {});
      client.close();
      child?.kill('SIGTERM');
      if (child !== undefined && child.exitCode === null) await once(child, 'exit');
      rmSync(root, { recursive: true });
    },
  };
}

async function clientOf(path: string): Promise<Client> {
  const socket = new WebSocket(`ws+unix:${path}:${webSocketPath}`, { perMessageDeflate: false });
  // Nothing may be missed between here and the client's listeners.
  socket.once('open', () => socket.pause());
  await once(socket, 'open');
  setImmediate(() => socket.resume());
  return connect(socket);
}

async function answers(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  const socket = connectSocket(path);
  const connected = once(socket, 'connect').then(
    () => true,
    () => false,
  );
  return connected.finally(() => socket.destroy());
}

/** Runs a program; its exit code must be one of these. */
export async function ran(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  codes: readonly number[] = [0],
): Promise<void> {
  const [file = '', ...rest] = argv;
  const child = spawn(file, rest, { stdio: 'ignore', env });
  const [code] = await once(child, 'exit');
  if (!codes.includes(code)) throw new Error(`${argv.join(' ')}: exit code ${code}`);
}
