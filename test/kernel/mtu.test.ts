import t from 'tap';
import type { CheckArguments } from '../../src/core/check/check.ts';
import type { Machine } from '../../src/core/ports.ts';
import { checkStep } from '../../src/session/checker.ts';
import { prelude, routed } from '../support/causes.ts';
import { sh, workplace } from '../support/machines.ts';

const step = { id: 'step', solution: [], checks: [], faults: [], predict: [] };

async function asked(machine: Machine, args: CheckArguments['mtu']) {
  const check = { id: 'mtu', kind: 'mtu' as const, args, needs: [], until: null };
  const [verdict] = await checkStep(machine, step, [check]);
  if (verdict === undefined) throw new Error('there is no verdict');
  return verdict;
}

t.test('the largest packet that comes through, where it is too small, and the command that mends it', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(
      machine,
      `${prelude}\n${routed}\nip link set dev v2 mtu 1400; ip -n s link set dev eth0 mtu 1400`,
    );
    const way = { from: 'c', to: '10.0.2.2' };
    t.match(await asked(machine, { ...way, bytes: 1400 }), { status: 'pass', observed: '1400' });
    t.match(await asked(machine, { ...way, bytes: 1300 }), {
      reason: 'path-mtu',
      observed: '1400',
      node: 'c',
      evidence: [{ on: 'c', command: 'ping -c 1 10.0.2.2', output: /1 received/ }],
    });
    for (const place of ['host:v2', 's:eth0']) {
      const verdict = await asked(machine, { ...way, bytes: 1500 });
      t.match(verdict, { reason: 'path-mtu', observed: /^140[04]$/, values: { place } });
      for (const { on, run } of verdict.cure ?? []) await sh(machine, run, on);
    }
    t.match(
      await asked(machine, { ...way, bytes: 1500 }),
      { status: 'pass' },
      'both ends of the link are mended',
    );
    await sh(machine, 'ip -n s link set dev eth0 down');
    const cut = await asked(machine, { ...way, bytes: 1500 });
    t.match(cut, { status: 'fail', reason: 'no-carrier' });
  }),
);
