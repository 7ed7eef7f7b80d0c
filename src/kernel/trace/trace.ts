import { HoplabError } from '../../core/errors.ts';
import type { Recording } from '../../core/path/recording/recording.ts';
import type { ProbeOutcome } from '../../core/probe/probe.ts';
import type { TraceRequest } from '../../core/probe/trace-probe.ts';
import type { Observation } from '../../core/state/observation.ts';
import { endReader, type Reader, startReader } from '../observe/look.ts';
import { observeNamed } from '../observe/observe.ts';
import { sameRulesAfter } from '../observe/rules.ts';
import { detectionDone } from '../observe/tentative.ts';
import { nodesOf, placeIn } from '../place/enter.ts';
import { Drops } from './drops.ts';
import { heldBy, mayHold } from './held.ts';
import { beginningsOf, besideTunnels, markFor, rulesFor } from './marks.ts';
import { nftOf } from './nft.ts';
import { patienceFor, send } from './send.ts';
import { Watch } from './watch.ts';
import type { WatchResult } from './watch-records.ts';

/** The outcome while the probe is still on its way. */
const onItsWay: ProbeOutcome = {
  ...{ result: 'silence', by: null, status: null, body: null, sources: [] },
  evidence: { on: '', command: '', output: '' },
};

/**
 * Watches every node of a machine while one probe is sent, and returns the complete recording. Changes
 * nothing in the machine but its own nft tables, which the kernel removes with the process that watches.
 * @param onRecording the recording so far, whenever it has grown.
 * @param read the state, if it was read just now; the kernel's drop reasons, which a check does not need, are
 *   then left out as well. A check needs its tracepoints where it asks about a proxy.
 * @param hasty waits no longer for an answer than one takes without an obstacle.
 * @throws `feature-missing` where a proxy is asked about, and the kernel has no tracepoints
 */
export async function trace(
  pid: number,
  request: TraceRequest,
  onRecording: (recording: Recording) => void = () => {},
  read?: Observation,
  hasty = false,
): Promise<Recording> {
  let named = await nodesOf(pid);
  const place = placeIn(named, pid, request.from);
  const whole = read === undefined || request.upstream === true;
  let soFar: Omit<Recording, keyof WatchResult> | null = null;
  const [watch, drops] = await Promise.all([
    Watch.of(pid, (seen) => {
      if (soFar !== null) onRecording({ ...soFar, ...seen });
    }),
    whole ? Drops.begin() : null,
  ]);
  let reader: Reader | null = null;
  try {
    if (request.to.includes(':') && (await detectionDone(pid, named))) named = await nodesOf(pid);
    if (read === undefined) reader = startReader(pid);
    watch.open(named);
    const observation = read ?? (await observeNamed(pid, named, reader ?? startReader(pid)));
    const mark = markFor(request.probe, observation.nodes[request.from]);
    // A name without a namespace behind it is no node.
    const nodes = named.flatMap(({ name }) => {
      const state = observation.nodes[name];
      if (state === undefined) return [];
      const bridge = state.links.some(({ kind }) => kind === 'bridge');
      return [{ name, bridge, connections: mayHold(request.probe, state, read !== undefined) }];
    });
    const rules = rulesFor(request.probe, mark, observation);
    const more = whole ? beginningsOf(request.probe) : { rules: [], frames: [] };
    const [heard, armings] = await Promise.all([
      drops?.ready() ?? false,
      watch.arm({
        ...{ nodes, rules: [...rules, ...more.rules, ...besideTunnels(observation)] },
        ...{ frames: more.frames, known: heldBy(request) },
      }),
    ]);
    for (const each of armings) sameRulesAfter(pid, each);
    if (request.upstream && !heard) {
      const words = 'the kernel has no tracepoints (tracefs), which say where a proxy connects to';
      throw new HoplabError('feature-missing', words, { tool: 'tracefs' });
    }
    const asked = { request, mark, observation };
    soFar = { ...asked, dropReasons: 'unavailable', drops: [], connects: [], nft: {}, outcome: onItsWay };
    const outcome = await send(pid, place, request, mark, patienceFor(request.to, observation, hasty));
    soFar = null;
    const answered = outcome.result === 'reply' || outcome.result === 'answer';
    const watched = named.filter(({ name }) => observation.nodes[name] !== undefined);
    const [seen, dropped, nft] = await Promise.all([
      watch.stop(),
      heard && drops ? drops.stop() : null,
      answered ? {} : nftOf(pid, watched),
    ]);
    const dropReasons = dropped === null ? 'unavailable' : 'tracefs';
    return { ...asked, outcome, ...seen, nft, dropReasons, ...(dropped ?? { drops: [], connects: [] }) };
  } finally {
    if (reader !== null) endReader(reader);
    watch.end();
    drops?.end();
  }
}
