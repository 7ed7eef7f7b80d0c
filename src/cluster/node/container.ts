import {
  closeSync,
  existsSync,
  fchmodSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { childOf, type Identity, identityOf, isAlive, launch, signal } from './act.ts';
import { inputEnd, inputScript } from './input.ts';
import { podDirectory } from './places.ts';
import type { Sandbox } from './sandbox.ts';

/** A container that has been started; it outlives this program. */
export interface Running extends Identity {
  name: string;
  id: string;
  startedAt: string;
  attempt: number;
  /** As it was at the start: commands executed in it later get the same. */
  env: Record<string, string>;
}

/** Writes the exit code to a file, in case this program has ended meanwhile. */
const outer = '"$@"; code=$?; echo $code >"$0.new"; mv "$0.new" "$0"';
const outerWithInput = `${inputScript}${outer}; ${inputEnd}`;

/** Becomes pid 1 of the container. Arguments: its root, the fstab, the mark that it has come so far, its directory, argv. */
const inner = `set -e
root=$1 fstab=$2 mark=$3 directory=$4
shift 4
exec 3>"$mark"
mount --make-rprivate /
mount --bind "$root" "$root"
mount -a -T "$fstab"
cd "$root"
pivot_root . .old
umount -l /.old
rmdir /.old
cd "$directory"
echo started >&3
exec 3>&-
exec "$@"`;

export const placeOf = (uid: string, name: string): string => `${podDirectory(uid)}/containers/${name}`;
export const rootOf = (uid: string, name: string): string => `${placeOf(uid, name)}/root`;

/** A fresh place for the files of the next start. */
export function clearPlace(uid: string, name: string): string {
  const place = placeOf(uid, name);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  return place;
}

export interface Start {
  uid: string;
  name: string;
  id: string;
  attempt: number;
  network: string;
  sandbox: Sandbox;
  fstab: string;
  log: string;
  directory: string;
  /** It has a standard input, for those who attach. */
  input: boolean;
  env: Record<string, string>;
  argv: string[];
}

/** Calls `ended` with its exit code. */
export function startContainer(start: Start, ended: (code: number) => void): Running {
  const { uid, name, id, attempt, network, sandbox, log, env, argv } = start;
  const place = placeOf(uid, name);
  writeFileSync(`${place}/fstab`, start.fstab);
  mkdirSync(dirname(log), { recursive: true });
  const out = openSync(log, 'a');
  // A program that is not root opens /dev/stdout too, as it may where a runtime has given it a pipe.
  fchmodSync(out, 0o666);
  const [uts, ipc] = ['uts', 'ipc'].map((kind) => `--${kind}=/proc/${sandbox.pid}/ns/${kind}`);
  const child = launch(
    [
      ...['/bin/sh', '-c', start.input ? outerWithInput : outer, `${place}/exit`],
      ...['/usr/bin/nsenter', `--net=${network}`, uts ?? '', ipc ?? '', '--'],
      ...['/usr/bin/unshare', '--mount', '--pid', '--fork', '--kill-child=KILL', '--'],
      ...[
        '/bin/sh',
        '-c',
        inner,
        'init',
        rootOf(uid, name),
        `${place}/fstab`,
        `${place}/started`,
        start.directory,
      ],
      ...argv,
    ],
    out,
    env,
  );
  closeSync(out);
  const identity = identityOf(child.pid ?? 0) ?? { pid: child.pid ?? 0, startTime: '' };
  const running = {
    ...identity,
    name,
    id,
    attempt,
    env,
    startedAt: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  };
  writeFileSync(`${place}/record.json`, JSON.stringify(running));
  child.on('exit', (code) => ended(exitCodeOf(uid, name) ?? code ?? 137));
  return running;
}

/** As an earlier run of this program left it. */
export function recordedContainer(
  uid: string,
  name: string,
): { running: Running; exitCode: number | null } | null {
  const file = `${placeOf(uid, name)}/record.json`;
  if (!existsSync(file)) return null;
  const running: Running = JSON.parse(readFileSync(file, 'utf8'));
  return { running, exitCode: isAlive(running) ? null : (exitCodeOf(uid, name) ?? 137) };
}

export function exitCodeOf(uid: string, name: string): number | null {
  const file = `${placeOf(uid, name)}/exit`;
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : null;
}

/** Pid 1 of the container, as soon as it has its files. */
export async function firstProcess(uid: string, running: Running): Promise<number | null> {
  const mark = `${placeOf(uid, running.name)}/started`;
  for (let tries = 0; tries < 400 && isAlive(running); tries++) {
    if (existsSync(mark) && readFileSync(mark, 'utf8') !== '') {
      const entered = childOf(running.pid);
      return entered === null ? null : childOf(entered);
    }
    await wait(5);
  }
  return null;
}

/** SIGTERM to its first process, and after the grace period SIGKILL to all. */
export async function stopContainer(uid: string, running: Running, seconds: number): Promise<void> {
  const first = await firstProcess(uid, running);
  if (seconds > 0 && first !== null) {
    signal(first, 'SIGTERM');
    const until = performance.now() + seconds * 1000;
    while (isAlive(running) && performance.now() < until) await wait(20);
  }
  // Pid 1 takes all the others along. Unshare's own end would not reach one that has changed its user (prctl(2),
  // PR_SET_PDEATHSIG); before there is a pid 1, it still does.
  const last = first ?? childOf(running.pid);
  if (isAlive(running) && last !== null) signal(last, 'SIGKILL');
  while (isAlive(running)) await wait(5);
}

/** What runs the words behind it in a container, in one of its directories. */
export function intoProcess(pid: number, directory: string): string[] {
  const namespaces = ['--mount', '--net', '--uts', '--ipc', '--pid'];
  return ['/usr/bin/nsenter', '-t', String(pid), ...namespaces, `--wdns=${directory}`, '--'];
}
