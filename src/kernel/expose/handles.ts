import { type FSWatcher, watch } from 'node:fs';
import { lstat, mkdir, readlink, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { HoplabError } from '../../core/errors.ts';
import { wrongArgument } from '../../core/explain/wrong-argument.ts';
import { said } from '../../core/text/said.ts';
import type { Warn } from '../../core/warn.ts';
import { run } from '../exec/run.ts';
import { placeOf } from '../place/enter.ts';
import { insideDirectory } from '../place/inside.ts';
import { nodesDirectory } from '../place/layout.ts';
import { readRecords, removeRecord, writeRecord } from '../place/record.ts';
import { holdNode } from './hold.ts';

/** The directory in which iproute2 looks for names of network namespaces (ip-netns(8)): the VM's own. */
const handlesDirectory = '/run/netns';

/** A handle on disk, written before it is made. Its id is its name. */
const handleRecord = z.object({
  id: z.string(),
  machine: z.string(),
  node: z.string(),
  /** Inode of the network namespace: `remove` never removes more than was put there. */
  namespace: z.number(),
});
type HandleRecord = z.output<typeof handleRecord>;

/** Milliseconds from one look at a machine to the next: a learner may change its list of namespaces without end. */
const pause = 100;

/** Whose nodes are exposed. */
interface Exposing {
  id: string;
  pid: number;
  alive(): boolean;
}

/**
 * Names of the VM's own for nodes of machines. A bind mount keeps a namespace alive after its last process, so
 * every handle is taken away as soon as its node or its machine is gone.
 */
export class Handles {
  readonly #records: string;
  readonly #warn: Warn;
  readonly #watchers = new Map<string, FSWatcher[]>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(records: string, warn: Warn) {
    this.#records = records;
    this.#warn = warn;
  }

  /**
   * Takes over the handles of an earlier daemon: those of live machines are watched again, the others
   * removed.
   */
  adopt(machines: readonly Exposing[]): Promise<void> {
    return this.#inTurn(async () => {
      const known = new Map(machines.map((machine) => [machine.id, machine]));
      for (const record of await this.#all()) {
        const machine = known.get(record.machine);
        if (machine !== undefined && (await isCurrent(machine, record))) this.#watch(machine);
        else await this.#remove(record);
      }
    });
  }

  /** Gives a node a name of the VM's own; resolves with its file. */
  expose(machine: Exposing, node: string, name: string): Promise<string> {
    return this.#inTurn(async () => {
      const file = join(handlesDirectory, name);
      const earlier = (await this.#all()).find(({ id }) => id === name);
      if (earlier !== undefined) {
        if (earlier.machine === machine.id && (await isCurrent(machine, earlier))) return file;
        await this.#remove(earlier);
      }
      const place = await placeOf(machine.pid, node);
      const held = await holdNode(machine.pid, place);
      try {
        await mkdir(handlesDirectory, { recursive: true });
        await mkdir(this.#records, { recursive: true, mode: 0o700 });
        const record = { id: name, machine: machine.id, node, namespace: held.namespace };
        if ((await lstat(file).catch(() => null)) !== null)
          throw wrongArgument(said('file-not-ours', { file }), { file });
        await writeRecord<HandleRecord>(this.#records, record);
        await writeFile(file, '', { flag: 'wx', mode: 0o444 });
        const { exitCode, stderr } = await run(['mount', '--bind', held.file, file]);
        if (exitCode !== 0 || !(await isCurrent(machine, record))) {
          await this.#remove(record);
          throw new HoplabError('machine-failed', `node ${node} could not be exposed: ${stderr.trim()}`, {
            node,
          });
        }
      } finally {
        await held.release();
      }
      this.#watch(machine);
      return file;
    });
  }

  /** Takes away all handles of a machine. */
  conceal(machine: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#unwatch(machine);
      for (const record of await this.#all()) if (record.machine === machine) await this.#remove(record);
    });
  }

  #all(): Promise<HandleRecord[]> {
    return readRecords(this.#records, handleRecord, this.#warn);
  }

  /**
   * The machine's list of namespaces changes when a node goes, and is unmounted when the machine does. Docker removes
   * what it has of a running container at its end; the file in /run/docker/netns up to a minute later (libnetwork's
   * gpmCleanupPeriod).
   */
  #watch(machine: Exposing): void {
    if (this.#watchers.has(machine.id)) return;
    const look = oneAtATime(() => this.#inTurn(() => this.#lookAgain(machine)));
    const watchers: FSWatcher[] = [];
    this.#watchers.set(machine.id, watchers);
    const hear = async (at: string) => {
      const one = watch(at, { persistent: false }, look);
      one.on('error', look);
      // Concealed meanwhile.
      if (this.#watchers.get(machine.id) === watchers) watchers.push(one);
      else one.close();
    };
    const heard = ['/run/netns', '/run/docker/containerd', nodesDirectory].map((directory) =>
      // Where the machine has ended, or has no such directory, there is nothing to hear.
      insideDirectory(machine.pid, directory, hear).catch(() => {}),
    );
    void Promise.all(heard).then(look);
  }

  #unwatch(machine: string): void {
    for (const one of this.#watchers.get(machine) ?? []) one.close();
    this.#watchers.delete(machine);
  }

  async #lookAgain(machine: Exposing): Promise<void> {
    const own = (await this.#all()).filter((record) => record.machine === machine.id);
    let left = own.length;
    for (const record of own) {
      if (await isCurrent(machine, record)) continue;
      await this.#remove(record);
      left -= 1;
    }
    if (left === 0) this.#unwatch(machine.id);
  }

  /**
   * Unmounts the file if it still holds the namespace of the record, and removes it if it is still the file
   * of the mount.
   */
  async #remove({ id, namespace }: HandleRecord): Promise<void> {
    const file = join(handlesDirectory, id);
    if ((await inodeAt(file)) === namespace) await run(['umount', '--lazy', file]);
    const left = await lstat(file).catch(() => null);
    if (left?.isFile() === true && left.size === 0 && left.ino !== namespace) await rm(file);
    await rmdir(handlesDirectory).catch(() => {
      // Not empty, or mounted on itself by `ip netns`: the VM has namespaces of its own.
    });
    await removeRecord(this.#records, id);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work, work);
    this.#turn = done.catch(() => {});
    return done;
  }
}

/** Of several calls while the work is done, or soon after it, one more does the work again. */
function oneAtATime(work: () => Promise<void>): () => void {
  let asked = 0;
  const begin = async () => {
    for (let begun = 0; begun < asked; ) {
      begun = asked;
      await work().catch(() => {});
      await setTimeout(pause, undefined, { ref: false });
    }
    asked = 0;
  };
  return () => {
    asked += 1;
    if (asked === 1) void begin();
  };
}

/** Whether a record's node is there and still has the namespace that the handle has. */
async function isCurrent(machine: Exposing, { id, node, namespace }: HandleRecord): Promise<boolean> {
  if (!machine.alive() || (await inodeAt(join(handlesDirectory, id))) !== namespace) return false;
  if (node === 'host') return (await namespaceOf(`/proc/${machine.pid}/ns/net`)) === namespace;
  const places: [directory: string, name: string][] = [
    [`${nodesDirectory}/${node}`, 'net'],
    ['/run/netns', node],
  ];
  // Looked at, never followed: the learner controls the files there.
  const found = await Promise.all(
    places.map(([directory, name]) =>
      insideDirectory(machine.pid, directory, (at) => inodeAt(join(at, name))).catch(() => null),
    ),
  );
  return found.includes(namespace) || (await containerNamespace(machine, node)) === namespace;
}

/** The inode of a network namespace that a process holds, from the link in /proc, which is not followed. */
async function containerNamespace({ pid }: Exposing, node: string): Promise<number | null> {
  const place = await placeOf(pid, node).catch(() => null);
  const first = /^\/proc\/(\d+)\/ns\/net$/.exec(place?.container?.network ?? '')?.[1];
  if (first === undefined) return null;
  return insideDirectory(pid, '/proc', (at) => namespaceOf(`${at}/${first}/ns/net`)).catch(() => null);
}

async function inodeAt(file: string): Promise<number | null> {
  return (await lstat(file).catch(() => null))?.ino ?? null;
}

async function namespaceOf(link: string): Promise<number | null> {
  return Number(/\[(\d+)\]/.exec(await readlink(link).catch(() => ''))?.[1] ?? Number.NaN) || null;
}
