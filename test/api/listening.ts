import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type ApiOptions, createApi } from '../../src/api/app.ts';
import type { Door } from '../../src/api/door.ts';
import { createDouble, type Double } from './double.ts';

/** Something to undo at the end of a test; tap's `t` is one. */
interface Scope {
  teardown(work: () => Promise<void>): void;
}

export interface Listening {
  double: Double;
  /** The URL for a WebSocket client. */
  url: string;
  /** Everything the API logged. */
  logged: { level: number; msg: string; err?: { stack: string } }[];
}

export const token = 'a-token-for-tests';
export const networkDoor: Door = {
  kind: 'network',
  token,
  hosts: ['lab.example'],
  origins: ['https://lab.example'],
};

/** An API over TCP on a free loopback port. */
export async function onTcp(
  scope: Scope,
  options: Partial<ApiOptions> = {},
): Promise<Listening & { port: number }> {
  const { app, double, logged } = assemble({ door: networkDoor, ...options });
  scope.teardown(() => app.close());
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { double, logged, port, url: `ws://127.0.0.1:${port}/ws` };
}

/** An API on the Unix socket of a run directory of its own. */
export async function onSocket(
  scope: Scope,
  options: Partial<ApiOptions> = {},
): Promise<Listening & { run: string }> {
  const run = await mkdtemp(join(tmpdir(), 'hoplab-test-'));
  const { app, double, logged } = assemble({ door: { kind: 'local' }, ...options });
  scope.teardown(async () => {
    await app.close();
    await rm(run, { recursive: true });
  });
  const path = join(run, 'hoplab.sock');
  await app.listen({ path });
  return { double, logged, run, url: `ws+unix://${path}:/ws` };
}

/** An API that listens nowhere, for injection. */
export function assemble(options: Partial<ApiOptions> & { door: Door }) {
  const double = createDouble();
  const logged: Listening['logged'] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const app = createApi({ ...double, log, ...options });
  return { app, double, logged };
}
