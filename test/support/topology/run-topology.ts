import { tracedPath } from '../../../src/core/diagnose/trace/trace.ts';
import type { TracedPath } from '../../../src/core/path/recording/hop.ts';
import type { Machine } from '../../../src/core/ports.ts';
import type { TraceRequest } from '../../../src/core/probe/trace-probe.ts';
import { captureAll } from './captured.ts';
import { differences } from './compare.ts';
import { counters, ruleProblems } from './counters.ts';
import { type Topology, topologyOf } from './generate.ts';
import { startInside } from './inside.ts';

export interface CaseResult {
  seed: number;
  /** Its place among the topology's cases, from 1. */
  number: number;
  request: TraceRequest;
  path: TracedPath;
  /** The disagreements; empty if there are none. */
  problems: string[];
  /** Disagreements that were gone when the same was asked again: the last packets came as the watch ended. */
  late: string[];
}

/** Builds the topology of a seed in a machine, traces its probes next to tcpdump, and takes it down again. */
export async function runTopology(
  machine: Machine,
  seed: number,
  cases: number,
  done: (result: CaseResult) => void,
  enough: () => boolean,
): Promise<void> {
  const topology = topologyOf(seed, cases);
  await machine.run('host', ['bash', '-s'], { input: topology.script });
  try {
    // Delayed carriers are settled by looking.
    await machine.observe();
    const inside = await startInside(machine.pid, topology);
    try {
      const capturing = await captureAll(machine.pid, topology.nodes);
      let marker = 0;
      const sinceMarker = async () => {
        marker += 1;
        await inside.mark(marker);
        return capturing.until(marker);
      };
      await sinceMarker();
      let before = await counters(machine, topology);
      const ask = async (request: TraceRequest) => {
        const recording = await machine.trace(request);
        if (recording.outcome.result === 'tool-failed')
          throw new Error(`the probe did not run: ${recording.outcome.evidence.output}`);
        const over = Date.now() / 1000;
        const after = await counters(machine, topology);
        // An error about a neighbour that stayed silent comes after 3 s, when the probe may have given up.
        const captured = (await sinceMarker()).filter(({ time }) => Number(time) < over);
        const path = tracedPath(recording);
        const answered = ['reply', 'answer'].includes(recording.outcome.result);
        // What NAT gave another ICMP identifier is not followed, and the path says so.
        const whole = path.end.values.renamed === undefined;
        const problems = whole ? differences(path, captured, recording.observation) : [];
        if (answered !== (path.end.kind === 'delivered'))
          problems.push(`the probe said ${recording.outcome.result}, the path ${path.end.kind}`);
        problems.push(...path.gaps.map(({ text }) => text.en), ...ruleProblems(path, before, after));
        if (answered) before = after;
        else {
          await giveUp(machine, topology);
          await sinceMarker();
          before = await counters(machine, topology);
        }
        return { path, problems };
      };
      for (const [index, request] of topology.requests.entries()) {
        if (enough()) break;
        const first = await ask(request);
        const again = first.problems.length > 0 ? await ask(request) : first;
        done({ seed, number: index + 1, request, ...again, late: again === first ? [] : first.problems });
      }
      await capturing.stop();
    } finally {
      await inside.stop();
    }
  } finally {
    await machine.run('host', ['sh', '-c', 'ip -all netns delete']);
  }
}

/** A packet still waits for a neighbour that does not answer; the errors about it are to come now, not in the next case. */
async function giveUp(machine: Machine, { nodes }: Topology): Promise<void> {
  const script = nodes.map((node) => `ip -n ${node} neigh flush nud incomplete`).join('\n');
  await machine.run('host', ['bash', '-s'], { input: script });
}
