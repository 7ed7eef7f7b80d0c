import { setTimeout } from 'node:timers/promises';
import type { Warn } from '../../core/warn.ts';
import type { Layout } from '../place/layout.ts';
import { startTime } from '../place/process.ts';
import { type MachineRecord, machineRecord, readRecords, removeRecord } from '../place/record.ts';
import { continueParents } from './stopped.ts';
import { giveBackUidBase, processesByUidBase, uidBasesOf } from './uid-range.ts';

type LivingRecord = MachineRecord & { pid: number; startTime: string };

/**
 * Splits the records of an earlier daemon into machines that live and remains, which are removed. Remains are
 * found by the first file that is written, the uid range in this daemon's name: a machine that was being made
 * when the daemon died has no pid 1 on record, but every process of it is in that range.
 */
export async function sweep(layout: Layout, warn: Warn): Promise<LivingRecord[]> {
  const living: LivingRecord[] = [];
  for (const record of await readRecords(layout.records, machineRecord, warn)) {
    const { pid, startTime: started } = record;
    if (pid !== null && started !== null && (await startTime(pid)) === started) {
      living.push({ ...record, pid, startTime: started });
    } else {
      await removeRecord(layout.records, record.id);
    }
  }
  const kept = new Set(living.map(({ uidBase }) => uidBase));
  for (const base of await uidBasesOf(layout.root)) {
    if (!kept.has(base) && (await endRange(base))) await giveBackUidBase(base);
  }
  return living;
}

/** Milliseconds that processes have to end after SIGKILL; the kernel may hold one in the middle of a system call. */
const longest = 5000;

/**
 * Ends every process of a uid range, wherever it is; false where one does not end. A range with a process in it may
 * not be given out again: the next machine's root could be signalled and traced by it.
 */
export async function endRange(base: number): Promise<boolean> {
  const until = performance.now() + longest;
  for (;;) {
    const left = processesByUidBase().get(base) ?? [];
    if (left.length === 0) return true;
    if (performance.now() > until) return false;
    for (const pid of left) kill(pid);
    continueParents(left);
    await setTimeout(2);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
