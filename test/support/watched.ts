import { setTimeout as wait } from 'node:timers/promises';
import type { ChangeKind } from '../../src/core/check/changes.ts';
import type { Machine, MachineWatch } from '../../src/core/ports.ts';

/** Milliseconds until a report that does not come is a failure, and no hang. */
const patience = 60_000;

export interface Watched {
  watch: MachineWatch;
  /** Does work, and resolves with every kind reported since it began, once one of them is the wanted one. */
  after(work: () => Promise<unknown>, wanted: ChangeKind): Promise<ChangeKind[]>;
  /** The kinds of each report. */
  changes: ChangeKind[][];
  stale(): number;
  ended: Promise<void>;
}

/** A machine with a watch that records its reports. */
export async function watched(machine: Machine): Promise<Watched> {
  let heard: ChangeKind[] = [];
  const changes: ChangeKind[][] = [];
  let stale = 0;
  let news = () => {};
  let over = () => {};
  const ended = new Promise<void>((resolve) => {
    over = resolve;
  });
  const watch = machine.watch({
    changed(kinds) {
      changes.push(kinds);
      heard.push(...kinds);
      news();
    },
    stale() {
      stale += 1;
      news();
    },
    ended: () => over(),
  });
  if (!(await watch.ready)) throw new Error('the machine cannot be watched');
  return {
    watch,
    changes: changes,
    stale: () => stale,
    ended,
    async after(work, wanted) {
      heard = [];
      await work();
      while (!heard.includes(wanted)) {
        const reported = new Promise<true>((resolve) => {
          news = () => resolve(true);
        });
        if (!(await Promise.race([reported, wait(patience, false, { ref: false })])))
          throw new Error(`no change of ${wanted} was reported in ${patience} ms, only: ${heard.join(' ')}`);
      }
      return [...new Set(heard)];
    },
  };
}
