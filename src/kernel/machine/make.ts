import { readFile, readlink, writeFile } from 'node:fs/promises';
import { HoplabError } from '../../core/errors.ts';
import { keep } from '../exec/bounded-output.ts';
import { type Started, start } from '../exec/start.ts';
import { inGroup } from '../place/enter.ts';
import type { Layout } from '../place/layout.ts';
import { childrenOf, startTime } from '../place/process.ts';
import { mapOf } from './uid-range.ts';

/** Milliseconds that a machine may take to come up; 50 are usual. */
const longest = 30_000;

const initScript = await readFile(new URL('./init.sh', import.meta.url), 'utf8');

/**
 * Makes the namespaces and the root of a machine and returns its pid 1 as the VM sees it. A holder process
 * gets the user namespace; its maps are written from outside before anything is executed in it, because a
 * program executed in a namespace without maps has lost its capabilities for good (user_namespaces(7),
 * capabilities(7)).
 * @param settings the initial settings of each network namespace of the machine (settings.ts), as a script.
 */
export async function makeMachine(
  layout: Layout,
  uidBase: number,
  hostname: string,
  group: string | null,
  settings: string,
): Promise<{ pid: number; startTime: string }> {
  const holder = start(asFirstUid(uidBase, ['unshare', '--user', 'cat']));
  try {
    await inOwnUserNamespace(holder);
    await writeFile(`/proc/${holder.pid}/uid_map`, mapOf(uidBase));
    await writeFile(`/proc/${holder.pid}/gid_map`, mapOf(uidBase));
    return await startInit(layout, holder.pid, hostname, group, settings);
  } finally {
    holder.kill('SIGKILL');
  }
}

/**
 * The kernel counts a user namespace for the user who makes it, and with it everything in it that it counts
 * by user: processes, namespaces, inotify instances, message queues, pending signals (user_namespaces(7),
 * namespaces in /proc/sys/user, setrlimit(2)). Made by the machine's own first uid, they count for this
 * machine alone and not for the VM's root. CAP_SYS_ADMIN is kept until the namespace exists: Ubuntu lets no
 * other user make one that is of use.
 */
function asFirstUid(uidBase: number, argv: readonly string[]): string[] {
  return [
    ...['setpriv', `--reuid=${uidBase}`, `--regid=${uidBase}`, '--clear-groups'],
    ...['--inh-caps=+sys_admin', '--ambient-caps=+sys_admin', '--', ...argv],
  ];
}

/** `unshare` has called unshare(2) when it has become `cat`; until then its maps cannot be written. */
async function inOwnUserNamespace(holder: Started): Promise<void> {
  const own = await readlink('/proc/self/ns/user');
  const until = performance.now() + longest;
  while (performance.now() < until) {
    const its = await readlink(`/proc/${holder.pid}/ns/user`).catch(() => null);
    if (its === null)
      throw new HoplabError('machine-failed', 'unshare did not start', { step: 'user namespace' });
    if (its !== own) return;
    await new Promise(setImmediate);
  }
  throw new HoplabError('machine-failed', 'unshare makes no user namespace', { step: 'user namespace' });
}

/**
 * A mount namespace of the VM's own in which /usr is read-only: the user namespace that copies it cannot make it
 * writable again, nor a bind mount of it (mount_namespaces(7), locked flags).
 */
const withLockedUsr = [
  ...['unshare', '--mount', '--propagation', 'private'],
  ...['sh', '-c', 'mount --bind -o ro /usr /usr && exec "$@"', 'sh'],
];

async function startInit(
  layout: Layout,
  holder: number,
  hostname: string,
  group: string | null,
  settings: string,
): Promise<{ pid: number; startTime: string }> {
  const outer = start(
    inGroup(group, [
      ...withLockedUsr,
      ...['nsenter', '--user', '-t', String(holder), '-S', '0', '-G', '0', '--'],
      ...['unshare', '--net', '--mount', '--uts', '--ipc', '--pid', '--cgroup'],
      ...['--fork', '--propagation', 'private'],
      ...['sh', '-c', initScript, 'init', layout.mountpoint, layout.skeleton, hostname, settings],
    ]),
  );
  outer.stdin.end();
  const words = await readyOrError(outer);
  const [pid] = await childrenOf(outer.pid);
  const started = pid === undefined ? null : await startTime(pid);
  // unshare only waits for pid 1. It alone, not its group: pid 1 is of the same group.
  if (pid !== undefined) process.kill(outer.pid, 'SIGKILL');
  if (pid === undefined || started === null) {
    throw new HoplabError(
      'machine-failed',
      `the machine did not come up: ${words.trim() || 'no reason given'}`,
      {
        output: words,
      },
    );
  }
  return { pid, startTime: started };
}

/** Resolves with the stderr of init once it prints `ready`, ends, or takes too long. */
async function readyOrError(outer: Started): Promise<string> {
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const errors = keep(outer.stderr, 4096);
  keep(outer.stdout, 4096, ({ text }) => text.includes('ready\n') && resolve());
  const timer = setTimeout(() => outer.end(), longest);
  await Promise.race([ready, outer.ended]);
  clearTimeout(timer);
  return errors.text;
}
