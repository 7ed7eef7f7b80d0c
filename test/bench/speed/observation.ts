import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Check } from '../../../src/core/check/check.ts';
import type { Machine } from '../../../src/core/ports.ts';
import { checkStep } from '../../../src/session/checker.ts';
import { observeByTools } from '../../support/by-tools/observe.ts';
import { median } from '../figures.ts';
import { inTurn, type Row } from './figures.ts';

const dumps = fileURLToPath(new URL('./dumps.py', import.meta.url));
const rawDumps = (machine: Machine) =>
  Number(execFileSync('python3', [dumps, String(machine.pid)], { encoding: 'utf8' }));

/** One look at so many nodes, beside raw dumps of the same; up to a hundred also beside the tools, as it was before. */
export async function observationRows(machine: Machine, hosts: number, rounds: number): Promise<Row[]> {
  await machine.observe();
  const raws: number[] = [];
  const { look } = await inTurn(rounds, {
    look: () => machine.observe(),
    raw: () => raws.push(rawDumps(machine)),
  });
  const what = `one observation of ${hosts + 1} nodes`;
  const row = { what, figure: look, unit: 'ms' as const };
  const rows = [{ ...row, baseline: 'raw dumps', beside: median(raws), goal: 'at most 5 x' }];
  if (hosts > 100) return rows;
  const { tools } = await inTurn(hosts > 10 ? 1 : rounds, { tools: () => observeByTools(machine.pid) });
  const goal = hosts > 10 ? 'at most 0.033 x' : 'at most 0.2 x';
  return [...rows, { ...row, baseline: 'the tools', beside: tools, goal }];
}

/** A check of one ping that passes, in that star. */
export async function pingRow(machine: Machine, hosts: number, rounds: number): Promise<Row> {
  const step = { id: 'step', solution: [], checks: [], faults: [], predict: [] };
  const args = { from: 'h0', to: '10.0.0.2', expect: 'reply' } as const;
  const check: Check = { id: 'ping', kind: 'ping', args, needs: [], until: null };
  const { asked, bare } = await inTurn(rounds, {
    asked: () => checkStep(machine, step, [check]),
    bare: () => machine.run('h0', ['ping', '-n', '-c', '1', '10.0.0.2']),
  });
  const what = `check of one passing ping at ${hosts + 1} nodes`;
  return { what, figure: asked, unit: 'ms', baseline: 'a bare ping', beside: bare, goal: '2 x + 50 ms' };
}
