import t from 'tap';
import type { Check } from '../../src/core/check/check.ts';
import { explain } from '../../src/core/explain/explain.ts';
import type { Step } from '../../src/core/lab/lab.ts';
import type { Machine } from '../../src/core/ports.ts';
import { checkStep } from '../../src/session/checker.ts';
import { sh, workplace } from '../support/machines.ts';

async function said(machine: Machine, args: object): Promise<string[]> {
  const check = { id: 'one', kind: 'file', args: { on: 'host', absent: false, ...args } } as unknown as Check;
  const asked = { ...check, needs: [], until: null };
  const [verdict] = await checkStep(machine, { id: 'step', checks: [asked] } as unknown as Step, [asked]);
  if (verdict === undefined) return [];
  return [explain(verdict, 'en').what, explain(verdict, 'ko').what];
}

t.test('the right line in the wrong file is found there', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const server = { nameserver: '192.0.2.1' };
    const name = { hosts: { address: '192.0.2.2', name: 'db' } };
    await sh(machine, ': >/etc/resolv.conf');
    const [before] = await said(machine, server);
    t.equal(before, 'In /etc/resolv.conf of host there is no line `nameserver 192.0.2.1`.');
    await sh(machine, 'echo nameserver 192.0.2.1 >>/etc/hosts; echo 192.0.2.2 db >>/etc/resolv.conf');
    const [en, ko] = await said(machine, server);
    t.match(en, 'That line is in /etc/hosts, where no program looks for it.');
    t.match(ko, '그 줄은 /etc/hosts 파일에 있지만');
    t.match((await said(machine, name))[0], 'That line is in /etc/resolv.conf');
    await sh(machine, 'echo nameserver 192.0.2.9 >/etc/resolv.conf');
    t.match((await said(machine, server))[0], /says `nameserver 192\.0\.2\.9`.*That line is in \/etc\/hosts/);
  }),
);
