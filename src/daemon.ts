import { renameSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as later } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { createApi } from './api/app.ts';
import type { Door } from './api/door.ts';
import { createMetrics } from './api/metrics.ts';
import { readPage } from './api/page.ts';
import { build } from './build.ts';
import type { Config } from './config.ts';
import { HoplabError } from './core/errors.ts';
import type { Warn } from './core/warn.ts';
import { collectAtRest } from './heap.ts';
import { doctor } from './kernel/doctor/doctor.ts';
import { presentFeatures } from './kernel/doctor/features.ts';
import { limitOwnChildren } from './kernel/machine/limits.ts';
import { KernelMachines } from './kernel/machine/machines.ts';
import { ReadyMachines } from './kernel/machine/ready-machines.ts';
import { largeSendBuffer } from './kernel/machine/send-buffer.ts';
import { leaveProfiles } from './kernel/place/apparmor.ts';
import { LabDesk } from './lab-desk.ts';
import { KeptReadings } from './library/kept-readings.ts';
import { Library } from './library/library.ts';
import { OwnLabs } from './library/own-labs.ts';
import { mustBeReachable } from './run-directory.ts';
import { Sessions } from './session/sessions.ts';
import { networkToken } from './token.ts';

/** Beside the build. */
const shippedReadings = join(import.meta.dirname, 'dist', 'labs-read');

/** Reads the labs before the first start does. Only a build keeps what it reads. */
export async function shipReadings({ labs }: Config): Promise<number> {
  await Library.read(labs, build === null ? null : new KeptReadings(shippedReadings, build));
  return 0;
}

async function readLabs({ labs, state }: Config) {
  const readings = build === null ? null : new KeptReadings(join(state, 'labs-read'), build, shippedReadings);
  const own = await OwnLabs.in(join(state, 'labs'));
  return { own, library: await Library.read([...labs, own.root], readings) };
}

/** Runs until SIGTERM or SIGINT; machines stay. Resolves with the exit code. */
export async function runDaemon(config: Config): Promise<number> {
  const log = pino({ level: config.logLevel, base: null });
  const socket = join(config.run, 'hoplab.sock');
  await mkdir(config.run, { recursive: true, mode: 0o755 });
  await mustBeReachable(config.run);
  const lock = lockOf(config.run);
  const bound = leaveProfiles();
  if (bound !== null) log.warn({ words: bound }, "the VM's AppArmor profiles are in force in machines");
  const warn: Warn = (words, about) => log.warn(about, words);
  // Labs are read while programs set the limits.
  const [limitless, { own, library }] = await Promise.all([limitOwnChildren(), readLabs(config)]);
  for (const words of limitless) log.warn({ words }, 'a limit could not be set');
  for (const { directory, problems } of library.broken) log.warn({ directory, problems }, 'lab left out');
  const giveBack = await largeSendBuffer().catch((error: Error) => {
    log.warn(
      { words: error.message },
      'net.core.wmem_default could not be raised: large rule sets will not fit',
    );
    return async () => {};
  });
  const machines = new ReadyMachines(new KernelMachines(config.run, { warn }));
  const sessions = await Sessions.open({
    machines,
    labOf: (id) => library.get(id),
    directory: join(config.state, 'sessions'),
    limit: config.sessionLimit,
    warn,
  });
  const services = {
    sessions,
    labs: new LabDesk(library, machines, own),
    system: { version: await version(), doctor, features: presentFeatures },
    log,
    metrics: createMetrics(),
    page: await readPage(join(import.meta.dirname, 'web', 'dist')),
  };
  const group = await groupId('hoplab');
  const token = await networkToken(config, group);
  const network: Door = { kind: 'network', token, hosts: config.hosts, origins: config.origins };
  const local = createApi({ ...services, door: { kind: 'local' } });
  const remote = createApi({ ...services, door: network });
  await rm(socket, { force: true });
  // No other user may connect between bind and chmod.
  const mask = process.umask(0o177);
  await local.listen({ path: socket });
  process.umask(mask);
  await chown(socket, 0, group);
  await chmod(socket, 0o660);
  const address = await remote.listen(config.listen).catch(async (error: NodeJS.ErrnoException) => {
    await close([local, remote], socket);
    await giveBack();
    const { host, port } = config.listen;
    throw new HoplabError(
      'address-unusable',
      `HOPLAB_LISTEN=${host}:${port}: ${error.message}`,
      config.listen,
    );
  });
  // The address of the page, for `hoplab url`.
  await writeFile(join(config.run, 'address'), `${address}\n`);
  log.info({ socket, address, sessions: sessions.list().length }, 'hoplab is ready');
  collectAtRest();
  await untilSignal(log);
  // The lock goes last: the next daemon to get it finds no work going on.
  await soon(sessions.close(), log);
  await soon(close([local, remote], socket), log);
  await soon(machines.rest(), log);
  await giveBack();
  lock.close();
  // Anything that has not ended by itself ends with the process.
  setTimeout(() => process.exit(0), patience).unref();
  return 0;
}

/** Further signals change nothing: the end has begun, and does not take long. */
function untilSignal(log: Logger): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        log.info({ signal }, 'hoplab stops; machines stay');
        resolve();
      });
    }
  });
}

/** Milliseconds that a part of the end may take. */
const patience = 5000;

async function soon(work: Promise<unknown>, log: Logger): Promise<void> {
  const waiting = new AbortController();
  const late = later(patience, 'late', { signal: waiting.signal }).catch(() => 'done');
  const ended = work.then(
    () => 'done',
    (error: Error) => error.message,
  );
  const how = await Promise.race([ended, late]);
  waiting.abort();
  if (how !== 'done') log.warn({ how }, 'a part of the end was given up');
}

async function close(apps: readonly FastifyInstance[], socket: string): Promise<void> {
  await Promise.all(apps.map((app) => app.close()));
  await rm(socket, { force: true });
}

/**
 * At most one daemon adopts the machines of a run directory. A file lock is the kernel's: it ends with the
 * process, however that ends. SQLite is the one way to it that node has.
 * @throws `daemon-running`
 */
function lockOf(run: string): DatabaseSync {
  const file = join(run, 'lock');
  for (;;) {
    const lock = new DatabaseSync(file, { timeout: 0 });
    try {
      lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
      return lock;
    } catch (error) {
      lock.close();
      const { errcode } = error as { errcode?: number };
      if (errcode === sqliteBusy)
        throw new HoplabError('daemon-running', `another daemon runs in ${run}`, { run });
      // The owner of the lock decides before the content of the file, which belongs to none then.
      if (errcode !== sqliteNotDatabase) throw error;
      renameSync(file, `${file}.broken`);
    }
  }
}

/** https://www.sqlite.org/rescode.html */
const sqliteBusy = 5;
const sqliteNotDatabase = 26;

/** 0, root's own, where the group has not been made (scripts/up makes it). */
async function groupId(name: string): Promise<number> {
  const line = (await readFile('/etc/group', 'utf8')).split('\n').find((each) => each.startsWith(`${name}:`));
  return Number(line?.split(':')[2] ?? 0);
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
