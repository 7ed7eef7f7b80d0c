import { closeSync, constants, opendirSync, readlinkSync } from 'node:fs';
import { nodesDirectory } from './layout.ts';
import { openedAt, readPlain } from './plain-file.ts';

/** A network namespace of a machine that is a container's, or has no name in /run/netns; no host of the lab. */
export interface Unnamed {
  /** Paths inside the machine by which it is found. */
  network: string;
  /** Its first process; null where only a mount holds it. */
  pid: number | null;
  /** Of the container it is of, from the shim that started it: its directory, whose last part is the id. */
  container: string | null;
  /** Name of the first process, or of the file it is mounted on. */
  name: string;
  /** A cluster has mounted it under the pod's name. */
  isPod: boolean;
}

/** Names in /proc that are looked at: a machine may have 1,024 processes, and the kernel has some files besides. */
const mostProcesses = 4096;

/** Bytes of the list of mounts. */
const longestMounts = 1 << 20;

/** A shim is the parent of a container's first process; others are no deeper below it than this. */
const deepest = 16;

/** The network namespaces that a machine's processes and mounts hold, by inode. */
export interface Held {
  /** To be asked for when all names have been looked at: a name that a learner gave a process's comes before it. */
  unnamed: () => Unnamed[];
  /** A name in /run/netns, or a link there, for a namespace that is a node under another name. */
  again: (name: string, link: string | null) => boolean;
  /** Names that are network namespaces for sure: mounted, as `ip netns add` does it. A link or a file may be anything. */
  mounted: ReadonlySet<string>;
}

/**
 * Reads a machine from outside, without a process inside: links are read and not followed, no process's
 * memory is touched, and only plain files of /proc are opened. Anything that a learner puts in their place is
 * only text.
 */
export function heldIn(pid: number): Held {
  const mounts = mountsOf(pid);
  const mounted = namesIn(mounts);
  const nothing: Held = { unnamed: () => [], again: () => false, mounted };
  const proc = openedAt(`/proc/${pid}/root/proc`, constants.O_DIRECTORY);
  if (proc === null) return nothing;
  try {
    return { ...heldBy(`/proc/self/fd/${proc}`, mounts), mounted };
  } catch {
    // No /proc any more, or the machine has ended.
    return nothing;
  } finally {
    closeSync(proc);
  }
}

function heldBy(proc: string, mounts: readonly Mount[]): Omit<Held, 'mounted'> {
  const named = new Set(mounts.filter(({ at }) => at.startsWith(names)).map(({ inode }) => inode));
  const own = inodeOf(proc, 1);
  const taken = new Set(
    mounts.filter(({ at }) => isHost(at) || at.startsWith(podsToCome)).map(({ inode }) => inode),
  );
  if (own !== null) taken.add(own);
  const held = heldByProcesses(proc);
  const mounted = new Map(
    mounts.filter(({ at }) => at.startsWith(podsOwn)).map(({ inode, at }) => [inode, at.replace(/.*\//, '')]),
  );
  const found = [...held].flatMap(([inode, first]) => {
    if (taken.has(inode)) return [];
    const one = ofProcess(proc, first, mounted.get(inode));
    // A container keeps the name that its engine gives it; whatever else has a name in /run/netns has that one.
    return one === null || (named.has(inode) && one.container === null) ? [] : [{ inode, one }];
  });
  const byMount = mounts
    .filter(
      ({ inode, at }) =>
        ![taken, named, held].some((known) => known.has(inode)) && !at.startsWith(enginesOwn),
    )
    .map(({ inode, at }) => ({
      inode,
      one: {
        network: at,
        pid: null,
        container: null,
        name: at.replace(/.*\//, ''),
        isPod: at.startsWith(podsOwn),
      },
    }));
  const unnamed = [...found, ...byMount];
  const engines = ({ inode, one }: (typeof unnamed)[number]) => one.container !== null || mounted.has(inode);
  for (const each of unnamed) if (engines(each)) taken.add(each.inode);
  const linked = new Set<string>();
  return {
    unnamed: () => unnamed.filter(({ inode }) => !linked.has(inode)).map(({ one }) => one),
    again: againIn(taken, linked, mounts, linkedTo(proc, held, mounts)),
  };
}

/** The first name that was mounted is the node's, before any link. */
function againIn(
  taken: ReadonlySet<string>,
  linked: Set<string>,
  mounts: readonly Mount[],
  inodeAt: (path: string) => string | null,
): Held['again'] {
  const first = new Map(
    mounts
      .filter(({ at }) => at.startsWith(names))
      .map(({ inode, at }) => [inode, at] as const)
      .reverse(),
  );
  return (name, link) => {
    const inode = inodeAt(link ?? `${names}${name}`);
    if (inode === null) return false;
    if (taken.has(inode)) return true;
    if (link === null) return first.get(inode) !== `${names}${name}`;
    if (first.has(inode) || linked.has(inode)) return true;
    linked.add(inode);
    return false;
  };
}

/** Path of a network namespace, as a link gives it -> inode. Links to processes are not read again: they may have ended. */
function linkedTo(
  proc: string,
  held: ReadonlyMap<string, number>,
  mounts: readonly Mount[],
): (path: string) => string | null {
  const first = new Map([...held].map(([inode, pid]) => [pid, inode]));
  const at = new Map(mounts.map((mount) => [mount.at, mount.inode]));
  return (path) => {
    const process = /^\/proc\/(\d+)\/(?:task\/\d+\/)?ns\/net$/.exec(path)?.[1];
    if (process !== undefined) return first.get(Number(process)) ?? inodeOf(proc, Number(process));
    const whole = path.startsWith('/') ? path.replace(/^\/var\/run\//, '/run/') : `${names}${path}`;
    return at.get(whole) ?? null;
  };
}

export const mountedNames = (pid: number): ReadonlySet<string> => namesIn(mountsOf(pid));

function namesIn(mounts: readonly Mount[]): ReadonlySet<string> {
  const named = mounts.filter(({ at }) => at.startsWith(names) || isHost(at));
  return new Set(['host', ...named.map(({ at }) => at.replace(/\/net$/, '').replace(/.*\//, ''))]);
}

/** Docker mounts a namespace before its container runs; of a stopped one nothing is left. */
const enginesOwn = '/run/docker/netns/';

/** A cluster mounts a pod's namespace under the pod's name, which is the last part. */
const podsOwn = '/run/kubernetes/networks/';

/** Where it has one whose plugins are not done. */
const podsToCome = '/run/kubernetes/joining/';

/** The directory of `ip netns`. */
const names = '/run/netns/';

const isHost = (at: string): boolean => at.startsWith(`${nodesDirectory}/`) && at.endsWith('/net');

interface Mount {
  inode: string;
  at: string;
}

/** Mounted network namespaces (proc_pid_mountinfo(5): root, mount point, and the type behind the separator). */
function mountsOf(pid: number): Mount[] {
  const text = readPlain(`/proc/${pid}/mountinfo`, longestMounts) ?? '';
  return [...text.matchAll(/^\S+ \S+ \S+ net:\[(\d+)\] (\/[\w./@:+-]+) .* - nsfs /gm)].map(
    ([, inode = '', at = '']) => ({ inode, at }),
  );
}

/** The kernel lists them in order. A learner may have mounted a directory of any number of names in its place. */
function processesIn(proc: string): number[] {
  const directory = opendirSync(proc, { bufferSize: 256 });
  const pids: number[] = [];
  try {
    for (let names = 0; names < mostProcesses; names++) {
      const entry = directory.readSync();
      if (entry === null) break;
      if (/^\d+$/.test(entry.name)) pids.push(Number(entry.name));
    }
  } finally {
    directory.closeSync();
  }
  return pids.sort((one, other) => one - other);
}

/** Inode -> the first of the processes in it. */
function heldByProcesses(proc: string): Map<string, number> {
  const held = new Map<string, number>();
  for (const pid of processesIn(proc)) {
    const inode = inodeOf(proc, pid);
    if (inode !== null && !held.has(inode)) held.set(inode, pid);
  }
  return held;
}

/** Null for `ip netns add` on its way: the name comes a moment later. */
function ofProcess(proc: string, pid: number, mounted: string | undefined): Unnamed | null {
  const name = readPlain(`${proc}/${pid}/comm`)?.trim() ?? '';
  if (name === '' || name === 'ip') return null;
  const network = `/proc/${pid}/ns/net`;
  if (mounted !== undefined) return { network, pid, container: null, name: mounted, isPod: true };
  return { network, pid, container: containerOf(proc, pid), name, isPod: false };
}

/** A shim of containerd runs in the directory of its container (its bundle), which ends with the id. */
function containerOf(proc: string, first: number): string | null {
  let pid = first;
  for (let depth = 0; depth < deepest; depth++) {
    const parent = Number(/\) \S (\d+)/.exec(readPlain(`${proc}/${pid}/stat`) ?? '')?.[1] ?? 0);
    if (!(parent > 1)) return null;
    pid = parent;
    if (!readPlain(`${proc}/${pid}/comm`)?.startsWith('containerd-shim')) continue;
    const bundle = linkAt(`${proc}/${pid}/cwd`) ?? '';
    return /\/[0-9a-f]{64}$/.test(bundle) ? bundle : null;
  }
  return null;
}

function inodeOf(proc: string, pid: number): string | null {
  return /^net:\[(\d+)\]$/.exec(linkAt(`${proc}/${pid}/ns/net`) ?? '')?.[1] ?? null;
}

function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
