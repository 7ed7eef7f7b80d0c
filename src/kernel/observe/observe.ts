import { existsSync } from 'node:fs';
import { HoplabError } from '../../core/errors.ts';
import type { ConnectedSocket, Listener, NodeState, Observation } from '../../core/state/observation.ts';
import { type NodePlace, nodesOf } from '../place/enter.ts';
import { mountedNames } from '../place/unnamed.ts';
import { namePeers, pendingLinks } from './links.ts';
import { endReader, type LookRecord, longest, look, most, type Reader, startReader } from './look.ts';
import { unanswered } from './netlink/errors.ts';
import { holdersIn, type ToldListener } from './netlink/listener.ts';
import { namesOf } from './netlink/names.ts';
import { type NodeRecords, nodeRecordsOf } from './node-records.ts';
import { Broken, longestSilence, type Rules, rulesOf } from './rules.ts';
import { sysctlsOf } from './sysctls.ts';

/** A link whose two ends are up has its carrier at the latest after this many looks. */
const looksForCarrier = 5;

/**
 * Everything hoplab asks the kernel about a machine.
 * @param sysctls further `net.*` keys to read besides those always watched.
 */
export async function observe(pid: number, sysctls: readonly string[] = []): Promise<Observation> {
  const reader = startReader(pid);
  try {
    return await observeNamed(pid, await nodesOf(pid), reader, sysctls);
  } catch (error) {
    endReader(reader);
    throw error;
  }
}

/** @param named its nodes, listed just now. */
export async function observeNamed(
  pid: number,
  named: readonly NodePlace[],
  reader: Reader,
  sysctls: readonly string[] = [],
): Promise<Observation> {
  let observation = await read(pid, named, sysctls, new Map(), reader);
  for (let looks = 1; ; looks++) {
    const alone = pendingLinks(observation);
    if (alone.size === 0 || looks === looksForCarrier) return observation;
    observation = await read(pid, await nodesOf(pid), sysctls, alone);
  }
}

async function read(
  pid: number,
  places: readonly NodePlace[],
  sysctls: readonly string[],
  alone: ReadonlyMap<string, number[]>,
  reader?: Reader,
): Promise<Observation> {
  const settings = sysctls
    .filter((key) => key.startsWith('net.'))
    .map((key) => key.slice(4).replaceAll('.', '/'));
  const { records: lookRecords, why } = await look(pid, { places, alone, settings }, reader);
  if (lookRecords === null) throw unobserved(pid, 'python3', why);
  const kept = Map.groupBy(lookRecords, ({ node }) => node);
  const gone = new Set(lookRecords.filter(({ kind }) => kind === 'G').map(({ node }) => node));
  const mounted = mountedNames(pid);
  // A namespace deleted between the listing and the look is no node any more, and other entries never were
  // one: a file, a link that leads nowhere, a container that has ended.
  for (const node of gone) {
    const name = places[node]?.name ?? '';
    if (mounted.has(name)) throw unobserved(pid, 'setns', `${name} cannot be entered`);
  }
  const error = unanswered(lookRecords);
  if (error !== null) throw unobserved(pid, 'netlink', error);
  const text = ({ payload }: LookRecord) => Buffer.from(payload).toString();
  const names = namesOf(lookRecords.filter(({ kind }) => kind === 'I').map(text));
  const holders = holdersIn(lookRecords.filter(({ kind }) => kind === 'P').map(text)[0] ?? '');
  const there = places.flatMap((place, at) =>
    gone.has(at) ? [] : [{ place, nodeRecords: nodeRecordsOf(kept.get(at) ?? [], names) }],
  );
  const rules = await rulesOf(
    pid,
    there.map(({ place, nodeRecords }) => ({ place, tables: nodeRecords.tables })),
  ).catch((error: unknown) => {
    if (!(error instanceof Broken)) throw error;
    const { timedOut, truncated, stderr, milliseconds } = error.ran;
    const seconds = (milliseconds < longest ? longestSilence : longest) / 1000;
    const why = timedOut
      ? `it took longer than ${seconds} s`
      : truncated
        ? `it says more than ${most >> 20} MiB`
        : `${error.tool} does not work in it`;
    throw unobserved(pid, error.tool, why, stderr.slice(-4096));
  });
  // An assignment to `__proto__`, which may be a node's name, would make no entry.
  const nodes: Record<string, NodeState> = Object.fromEntries(
    there.flatMap(({ place, nodeRecords }) => {
      const own = rules.get(place.name);
      return own ? [[place.name, stateOf(place.kind, nodeRecords, own, holders)]] : [];
    }),
  );
  namePeers(
    nodes,
    new Map(there.map(({ place, nodeRecords }) => [place.name, nodeRecords])),
    places.map(({ name }) => name),
  );
  return { nodes };
}

function stateOf(
  kind: NodeState['kind'],
  { links, routes, policies, neighbours, fdb, settings, listeners, queues, ipsec }: NodeRecords,
  rules: Rules,
  holders: ReadonlyMap<number, string>,
): NodeState {
  return {
    ...{ kind, links, routes, policies, neighbours, fdb },
    sysctls: sysctlsOf(settings),
    ...rules,
    listeners: listeners.flatMap((told): Listener[] => (told.peer === null ? [held(told, holders)] : [])),
    ...connectedOf(listeners, holders),
    ...(queues.length === 0 ? {} : { queues }),
    ...(ipsec === null ? {} : { ipsec }),
  };
}

function held({ listener, socket }: ToldListener, holders: ReadonlyMap<number, string>): Listener {
  return { ...listener, process: holders.get(socket) ?? null };
}

function connectedOf(
  told: readonly ToldListener[],
  holders: ReadonlyMap<number, string>,
): Pick<NodeState, 'connected'> {
  const connected = told.flatMap((one): ConnectedSocket[] => {
    if (one.peer === null) return [];
    const { address, port, process } = held(one, holders);
    return [{ address, port, peer: one.peer, process }];
  });
  return connected.length === 0 ? {} : { connected };
}

/** The state is unknown then: a part that could not be read must not look like a missing one. */
function unobserved(pid: number, tool: string, why: string, output = why): HoplabError {
  const gone = !existsSync(`/proc/${pid}/ns/net`);
  const code = gone ? 'machine-gone' : 'feature-missing';
  const words = gone ? 'it has ended' : why;
  return new HoplabError(code, `the machine could not be observed: ${words}`, { tool, output });
}
