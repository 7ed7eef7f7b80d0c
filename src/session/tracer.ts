import { waitedForEarlier } from '../core/diagnose/trace/earlier-question.ts';
import { HopReporter } from '../core/diagnose/trace/progress.ts';
import { tracedPath } from '../core/diagnose/trace/trace.ts';
import { pcapngOf } from '../core/explain/trace/pcapng.ts';
import type { Machine } from '../core/ports.ts';
import type { HopListener, TraceCall, Traced } from '../core/session/tracing.ts';
import { traceTarget } from './trace-target.ts';

/**
 * Follows one probe through a machine; `onHop` receives each hop while the probe is on its way. What ended by a question
 * from before it, whose cause may be mended since, is sent once more.
 */
export async function tracePacket(machine: Machine, asked: TraceCall, onHop: HopListener): Promise<Traced> {
  const started = performance.now();
  const to = await traceTarget(machine, asked);
  const reporter = new HopReporter(onHop);
  const { from, probe } = asked;
  let recording = await machine.trace({ from, to, probe }, (soFar) => reporter.grown(soFar));
  let path = tracedPath(recording);
  if (waitedForEarlier(recording, path)) {
    recording = await machine.trace({ from, to, probe });
    path = tracedPath(recording);
  }
  reporter.finished(path.packets);
  const pcapng = pcapngOf(recording, path);
  return { path, milliseconds: Math.round(performance.now() - started), pcapng };
}
