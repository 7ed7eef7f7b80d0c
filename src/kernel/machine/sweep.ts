import type { Layout } from './layout.ts';
import { childrenOf, startTime } from './process.ts';
import { type MachineRecord, readRecords, removeRecord } from './record.ts';
import { giveBackUidBase, processesByUidBase, uidBasesOf } from './uid-range.ts';

export type LivingRecord = MachineRecord & { pid: number; startTime: string };

/**
 * Splits what an earlier daemon left into machines that live and remains, which are removed. Remains are
 * found by what was written first of all, the uid range in this daemon's name: a machine that was being made
 * when the daemon died has no pid 1 on record, but every process of it is in that range.
 */
export async function sweep(layout: Layout): Promise<LivingRecord[]> {
  const living: LivingRecord[] = [];
  for (const record of await readRecords(layout.records)) {
    const { pid, startTime: started } = record;
    if (pid !== null && started !== null && (await startTime(pid)) === started) {
      living.push({ ...record, pid, startTime: started });
    } else {
      await removeRecord(layout.records, record.id);
    }
  }
  const kept = new Set(living.map(({ uidBase }) => uidBase));
  const remains = (await uidBasesOf(layout.root)).filter((base) => !kept.has(base));
  const processes = remains.length === 0 ? new Map<number, number[]>() : await processesByUidBase();
  for (const base of remains) {
    await endAll(processes.get(base) ?? []);
    await giveBackUidBase(base);
  }
  return living;
}

async function endAll(pids: readonly number[]): Promise<void> {
  const started = new Map<number, string | null>();
  for (const pid of pids) started.set(pid, await startTime(pid));
  for (const [pid, time] of started) {
    if (time === null || (await startTime(pid)) !== time) continue;
    // `unshare` outside the machine waits for its pid 1, a child that need not be in the range yet.
    for (const child of await childrenOf(pid)) kill(child);
    kill(pid);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
