import type { Lab } from '../../../src/core/lab/lab.ts';
import { planEntry } from '../../../src/core/plan/entry.ts';
import type { Machine } from '../../../src/core/ports.ts';
import { machineWith } from '../../../src/session/boot.ts';
import { checkSteps } from '../../../src/session/checker.ts';
import { checksAt } from '../../../src/session/steps.ts';
import { inTurn, type Row } from './figures.ts';

/** `hoplab check --all` of a finished lab: all passing, and with the NAT table of its host flushed. */
export async function checkRows(make: () => Promise<Machine>, lab: Lab, rounds: number): Promise<Row[]> {
  const last = lab.steps.at(-1);
  const asked = lab.steps.map((step) => ({ step, checks: checksAt(lab, step, last?.id ?? '') }));
  const machine = await machineWith(make, lab, planEntry(lab, last?.id ?? ''));
  for (const { on, run } of last?.solution ?? [])
    await machine.run(on, ['bash', '-c', `${run} </dev/null >/dev/null 2>&1`]);
  const pings = asked.flatMap(({ checks }) =>
    checks.flatMap(({ kind, args }) => (kind === 'ping' && args.expect === 'reply' ? [args] : [])),
  );
  const ask = async (passing: boolean) => {
    const verdicts = (await checkSteps(machine, asked)).flat();
    if (verdicts.every(({ status }) => status === 'pass') !== passing)
      throw new Error(JSON.stringify(verdicts.filter(({ status }) => status !== 'pass')));
  };
  const bare = async () => {
    for (const { from, to } of pings) await machine.run(from, ['ping', '-n', '-c', '1', to]);
  };
  const passing = await inTurn(rounds, { all: () => ask(true), bare });
  const trace = { from: 'blue', to: '192.168.1.3', probe: { kind: 'icmp' } } as const;
  const traced = await inTurn(2 * rounds, {
    trace: () => machine.trace(trace),
    ping: () => machine.run(trace.from, ['ping', '-n', '-c', '1', trace.to]),
  });
  await machine.run('host', ['iptables', '-t', 'nat', '-F']);
  const flushed = await inTurn(rounds, { all: () => ask(false) });
  await machine.destroy();
  const beside = {
    unit: 'ms',
    baseline: `its ${pings.length} pings in sequence`,
    beside: passing.bare,
  } as const;
  return [
    { what: 'check --all, all passing', figure: passing.all, ...beside, goal: 'under 700 ms' },
    { what: 'check --all, NAT flushed', figure: flushed.all, ...beside, goal: 'under 1500 ms' },
    {
      ...{ what: 'trace of a ping, complete', figure: traced.trace, unit: 'ms', baseline: 'a bare ping' },
      ...{ beside: traced.ping, goal: 'at most 5 x' },
    },
  ];
}
