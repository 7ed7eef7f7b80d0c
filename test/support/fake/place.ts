import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Lab } from '../../../src/core/lab/lab.ts';
import { Sessions } from '../../../src/session/sessions.ts';
import { unitLab } from './lab.ts';
import { FakeMachines } from './machines.ts';

export interface FakePlace {
  machines: FakeMachines;
  sessions: Sessions;
  /** The directory of the journals. */
  directory: string;
  /** The warnings to the owner of the daemon. */
  warnings: string[];
  /** As a daemon that starts again: what is in memory is lost. */
  open(): Promise<Sessions>;
}

/** Sessions whose machines are fake. */
export async function fakePlace(t: Test, labOf: () => Lab = unitLab): Promise<FakePlace> {
  t.setTimeout(10_000);
  const machines = new FakeMachines();
  const root = mkdtempSync(join(tmpdir(), 'hoplab-unit-'));
  const directory = join(root, 'sessions');
  const opened: Sessions[] = [];
  const warnings: string[] = [];
  const warn = (words: string) => void warnings.push(words);
  const open = async () => {
    const sessions = await Sessions.open({ machines, labOf, directory, limit: 2, warn });
    opened.push(sessions);
    return sessions;
  };
  // Before the directory goes, nothing is written in it any more.
  t.teardown(async () => {
    for (const sessions of opened) for (const { id } of sessions.list()) await sessions.stop(id);
    rmSync(root, { recursive: true });
  });
  return { machines, directory, warnings, open, sessions: await open() };
}

/** Resolves once everything that is due by now has been done. */
export async function due(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
}
