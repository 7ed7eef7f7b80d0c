import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Check } from '../../../src/core/check/check.ts';
import type { Machine } from '../../../src/core/ports.ts';
import { checkStep } from '../../../src/session/checker.ts';
import { observeByTools } from '../../support/by-tools/observe.ts';
import { median } from '../figures.ts';
import { inTurn, type Row } from './figures.ts';
import { makeStar } from './star.ts';

const dumps = fileURLToPath(new URL('./dumps.py', import.meta.url));
const rawDumps = (machine: Machine) =>
  Number(execFileSync('python3', [dumps, String(machine.pid)], { encoding: 'utf8' }));

/** One look at so many nodes, beside raw dumps of the same and beside the tools, as it was before. */
export async function observationRows(machine: Machine, hosts: number, rounds: number): Promise<Row[]> {
  await makeStar(machine, hosts);
  await machine.observe();
  const times = await inTurn(rounds, { look: () => machine.observe() });
  const raw = median(Array.from({ length: rounds }, () => rawDumps(machine)));
  const tools = await inTurn(hosts > 100 ? 1 : hosts > 10 ? 2 : rounds, {
    tools: () => observeByTools(machine.pid),
  });
  const what = `one observation of ${hosts + 1} nodes`;
  return [
    { what, figure: times.look, unit: 'ms', baseline: 'raw dumps', beside: raw, goal: 'at most 5 x' },
    {
      ...{ what, figure: times.look, unit: 'ms', baseline: 'the tools', beside: tools.tools },
      goal: hosts > 10 ? 'at most 0.033 x' : 'at most 0.2 x',
    },
  ];
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
