import { existsSync, lstatSync } from 'node:fs';
import { opendir, readlink } from 'node:fs/promises';
import { HoplabError } from '../../core/errors.ts';
import { unknownNode } from '../../core/text/unknown-node.ts';
import { python } from '../exec/python.ts';
import { type Container, containersOf } from './containers.ts';
import { insideDirectory } from './inside.ts';
import { enterContainerProgram, enterProgram, nodesDirectory } from './layout.ts';
import { followed } from './name-links.ts';
import { heldIn } from './unnamed.ts';

export interface NodePlace {
  name: string;
  kind: 'machine' | 'host' | 'netns' | 'container' | 'pod';
  /** Of a container or pod: where it is found. */
  container?: Container;
}

/** More nodes than this are no lab's, and are not looked at one by one. */
const mostNodes = 1200;

/** Names that are read, whatever they name. */
const mostNames = 4096;

/**
 * The names that a learner may give to a namespace; any other name has no place in a command or on a screen. A file of
 * an engine's may give a container one of any length: a file has 255 bytes for its name, a pod's has 253.
 */
const speakable = /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.:@+-]{0,254}$/u;

/**
 * The machine's nodes now: itself, the lab's other hosts, the named network namespaces, containers.
 * Read through /proc/PID/root, which costs no process; names come from inside, so they are only compared.
 * @throws `feature-missing` where there are too many: some of them would be as good as none of them
 */
export async function nodesOf(pid: number): Promise<NodePlace[]> {
  const { places, cut } = await everyNodeOf(pid);
  if (!cut && places.length <= mostNodes) return places;
  const words = `the machine has more than ${mostNodes} nodes, or files in their place`;
  throw new HoplabError('feature-missing', words, { tool: 'ip netns', output: words });
}

interface Listing {
  places: NodePlace[];
  /** There are more names than are looked at. */
  cut: boolean;
}

/** By the machine's pid 1. Probes that begin side by side ask in one turn of the event loop. */
const asked = new Map<number, Promise<Listing>>();

function everyNodeOf(pid: number): Promise<Listing> {
  const under = asked.get(pid);
  if (under !== undefined) return under;
  const listing = listNodes(pid);
  asked.set(pid, listing);
  process.nextTick(() => asked.delete(pid));
  return listing;
}

async function listNodes(pid: number): Promise<Listing> {
  const { unnamed, again, mounted } = heldIn(pid);
  let cut = false;
  const list = async (directory: string) => {
    const names = await insideDirectory(pid, directory, namesIn).catch((error: NodeJS.ErrnoException) => {
      // Not there, or no directory. Any other error does not mean that it is missing.
      if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ESRCH'].includes(error.code ?? '')) return [];
      const words = `the nodes of the machine could not be listed: ${error.message}`;
      throw new HoplabError('feature-missing', words, { tool: 'ip netns', output: words });
    });
    cut ||= names.length > mostNodes;
    return names.filter(
      ({ name, file }) => speakable.test(name) && !(file && plain.test(name) && !mounted.has(name)),
    );
  };
  const lists = await Promise.all([list(nodesDirectory), list('/run/netns')]);
  const hosts = lists[0].map(({ name }) => name);
  // One namespace is one node, however many names it has.
  const namespaces = followed(lists[1])
    .filter(({ name, link }) => !again(name, link))
    .map(({ name }) => name);
  const known = new Set(['host', ...hosts]);
  const named = [
    { name: 'host', kind: 'machine' as const },
    ...hosts.map((name): NodePlace => ({ name, kind: 'host' })),
    ...namespaces.map((name): NodePlace => (known.has(name) ? twin(name) : { name, kind: 'netns' })),
  ];
  const containers = await containersOf(pid, unnamed(), new Set(named.map(({ name }) => name)));
  const places = [
    ...named,
    ...containers
      .filter(({ name }) => speakable.test(name))
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map((container): NodePlace => {
        return { name: container.name, kind: container.isPod ? 'pod' : 'container', container };
      }),
  ];
  return { places, cut };
}

/** Of a file with such a name the list of mounts says whether a namespace is mounted on it. */
const plain = /^[\w.@:+-]+$/;

/** A named namespace with the name of a host of the lab: both are nodes, and each has a name of its own. */
function twin(name: string): NodePlace {
  const own = `${name}-netns`;
  return {
    name: own,
    kind: 'container',
    container: { name: own, network: `/run/netns/${name}`, root: null, isPod: false },
  };
}

interface Entry {
  name: string;
  file: boolean;
  /** The target of a link. */
  link: string | null;
}

/** As many names as are looked at: a directory may hold any number of them. */
async function namesIn(directory: string): Promise<Entry[]> {
  const names: Entry[] = [];
  for await (const entry of await opendir(directory, { bufferSize: 256 })) {
    const link = entry.isSymbolicLink()
      ? await readlink(`${directory}/${entry.name}`).catch(() => null)
      : null;
    names.push({ name: entry.name, file: entry.isFile(), link });
    if (names.length > mostNames) break;
  }
  return names;
}

export async function placeOf(pid: number, node: string): Promise<NodePlace> {
  const { places } = await everyNodeOf(pid);
  return placeIn(places, pid, node);
}

/** @param places the machine's, listed just now. */
export function placeIn(places: readonly NodePlace[], pid: number, node: string): NodePlace {
  const place = places.find(({ name }) => name === node);
  if (place) return place;
  // The first that a machine loses as it ends is its root: nothing can be listed any more.
  if (!existsSync(`/proc/${pid}/root/`))
    throw new HoplabError('machine-gone', 'the machine has ended; reset makes a new one', { node });
  throw unknownNode(
    node,
    places.slice(0, mostNodes).map(({ name }) => name),
  );
}

/** Path, inside the machine, of a node's network namespace. */
export function networkOf({ name, kind, container }: NodePlace): string {
  if (container !== undefined) return container.network;
  if (kind === 'machine') return '/proc/1/ns/net';
  return kind === 'host' ? `${nodesDirectory}/${name}/net` : `/run/netns/${name}`;
}

/** Control groups of machines by pid 1: whatever enters a machine is limited with it. */
const groups = new Map<number, string>();

export function enterIn(pid: number, group: string | null): void {
  if (group === null) groups.delete(pid);
  else groups.set(pid, group);
}

/** The directory of the control group that whatever enters a machine joins; null where it has none. */
export const groupOf = (pid: number): string | null => groups.get(pid) ?? null;

/** argv that runs argv in a machine, as its root. */
export function intoMachine(pid: number, argv: readonly string[]): string[] {
  return inGroup(groups.get(pid) ?? null, [
    ...['nsenter', '-t', String(pid), '-a', '-S', '0', '-G', '0', `--wdns=${homeIn(pid)}`, '--'],
    ...argv,
  ]);
}

/** nsenter ends where it cannot go into its working directory. */
function homeIn(pid: number): '/root' | '/' {
  const home = lstatSync(`/proc/${pid}/root/root`, { throwIfNoEntry: false });
  return home?.isDirectory() ? '/root' : '/';
}

/**
 * argv of a program of hoplab's own that joins a machine by itself, with `join` of join.py: it is loaded from the
 * VM's files, whatever the learner has made of the machine's.
 */
export function joining(pid: number, program: 'watch' | 'lend'): string[] {
  return inGroup(groups.get(pid) ?? null, python(program, String(pid)));
}

/** argv that joins a control group and becomes argv. */
export function inGroup(group: string | null, argv: readonly string[]): string[] {
  if (group === null) return [...argv];
  return ['sh', '-c', 'echo 0 >"$0/cgroup.procs" && exec "$@"', group, ...argv];
}

/** argv that, inside a machine, runs argv in one of its nodes. */
export function intoNode(place: NodePlace, argv: readonly string[]): string[] {
  if (place.kind === 'machine') return [...argv];
  if (place.container !== undefined) {
    const { network, root } = place.container;
    return ['sh', enterContainerProgram, network, root ?? '', ...argv];
  }
  if (place.kind === 'netns') return ['ip', 'netns', 'exec', place.name, ...argv];
  return ['sh', enterProgram, place.name, ...argv];
}
