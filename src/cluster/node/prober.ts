import { setTimeout as wait } from 'node:timers/promises';
import type { Probe } from '../objects/pod.ts';
import { ask, type ProbeTarget } from './probe.ts';

export interface Verdicts {
  changed: (ok: boolean) => void;
  failed: (words: string) => void;
}

/** kubelet asks a container that has just started at once again; milliseconds between two of these probes. */
const beginning = { rest: 50, tries: 20 };

/**
 * Probes until it is aborted; reports a change after as many equal results as the probe's thresholds require.
 */
export async function keepAsking(
  probe: Probe,
  target: ProbeTarget,
  verdicts: Verdicts,
  signal: AbortSignal,
): Promise<void> {
  const { initialDelaySeconds = 0, periodSeconds = 10, successThreshold = 1, failureThreshold = 3 } = probe;
  const rest = (milliseconds: number) => wait(milliseconds, null, { signal, ref: false }).catch(() => {});
  await rest(initialDelaySeconds * 1000);
  let [good, bad, first] = [0, 0, true];
  while (!signal.aborted) {
    const { ok, words } = await ask(probe, target);
    if (signal.aborted) return;
    good = ok ? good + 1 : 0;
    bad = ok ? 0 : bad + 1;
    if (!ok && (bad === 1 || !first)) verdicts.failed(words);
    if (good === successThreshold) verdicts.changed(true);
    if (bad === failureThreshold) verdicts.changed(false);
    await rest(first && !ok ? beginning.rest : periodSeconds * 1000);
    if (ok || bad > beginning.tries) first = false;
  }
}
