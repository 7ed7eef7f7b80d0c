import { performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

/** Milliseconds between two looks. */
const period = 2000;
/**
 * The part of a period that a daemon at rest may work. One that follows a flood works for a hundredth: what it
 * collected then would take as long as the flood itself, its threads included, and compiled code would go with it.
 */
const quiet = 0.005;
/** Bytes, and a part of what was left the last time, that a heap grows by before it is worth the pause. */
const growth = { bytes: 8 << 20, part: 0.25 };

/**
 * Collects the heap once the daemon has come to rest: V8 collects as it allocates, so a process that waits keeps all
 * that its work before has left. Only where Node was started with --expose-gc (scripts/hoplab).
 */
export function collectAtRest(): void {
  const { gc } = globalThis;
  if (gc === undefined) return;
  let least = 0;
  let before = performance.eventLoopUtilization();
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (utilization > quiet || size() < least + Math.max(growth.bytes, least * growth.part)) return;
    gc({ type: 'major', flavor: 'last-resort', execution: 'sync' });
    least = size();
  }, period).unref();
}

const size = (): number => getHeapStatistics().total_heap_size;
