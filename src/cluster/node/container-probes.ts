import type { ProbeTarget } from './probe.ts';
import { keepAsking } from './prober.ts';

interface Effects {
  tell: (type: 'Normal' | 'Warning', reason: string, message: string) => void;
  ready: (ok: boolean) => void;
  /** Stops the container; its restart policy starts it again. */
  restart: () => void;
}

/** The readiness and liveness probes of a container, until the signal. */
export function startProbes(target: ProbeTarget, effects: Effects, signal: AbortSignal): void {
  const { name, readinessProbe, livenessProbe } = target.container;
  const failed = (kind: string) => (words: string) =>
    effects.tell('Warning', 'Unhealthy', `${kind} probe failed: ${words}`);
  if (readinessProbe !== undefined)
    void keepAsking(readinessProbe, target, { changed: effects.ready, failed: failed('Readiness') }, signal);
  if (livenessProbe === undefined) return;
  const changed = (ok: boolean) => {
    if (ok) return;
    effects.tell('Normal', 'Killing', `Container ${name} failed liveness probe, will be restarted`);
    effects.restart();
  };
  void keepAsking(livenessProbe, target, { changed, failed: failed('Liveness') }, signal);
}
