import { HopReporter } from '../core/diagnose/trace/progress.ts';
import { tracedPath } from '../core/diagnose/trace/trace.ts';
import { pcapngOf } from '../core/explain/trace/pcapng.ts';
import type { Machine } from '../core/ports.ts';
import type { HopListener, TraceCall, Traced } from '../core/session/tracing.ts';
import { traceTarget } from './trace-target.ts';

/** Follows one probe through a machine; `onHop` receives each hop while the probe is on its way. */
export async function tracePacket(machine: Machine, asked: TraceCall, onHop: HopListener): Promise<Traced> {
  const started = performance.now();
  const to = await traceTarget(machine, asked);
  const reporter = new HopReporter(onHop);
  const { from, probe } = asked;
  const recording = await machine.trace({ from, to, probe }, (soFar) => reporter.grown(soFar));
  const path = tracedPath(recording);
  reporter.finished(path.packets);
  const pcapng = pcapngOf(recording, path);
  return { path, milliseconds: Math.round(performance.now() - started), pcapng };
}
