import t from 'tap';
import { probesOf } from '../../../src/core/check/probes.ts';
import { everyCheck } from '../../support/every-kind.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';

const sleep = { pids: [40], command: 'sleep 1001', node: 'red', uid: 0, capabilities: ['net_admin'] };
const probing = everyCheck.filter((check) => probesOf(check).length > 0);
const fails = (['silence', 'name-unknown', 'rejected'] as const).map((result) => outcome(result));

t.test('a broken tool neither passes nor fails', async (t) => {
  for (const check of probing) {
    for (const broken of [outcome('tool-failed'), null]) {
      const outcomes = [broken, outcome('reply')];
      const { status, reason } = ask(namespaces(), check.kind, check.args, { outcomes, processes: [sleep] });
      t.equal(`${status} ${reason}`, 'could-not-check tool-failed', check.id);
    }
  }
});

t.test('a broken control proves nothing', async (t) => {
  // The first probe of mtu asks whether the address can be reached at all: no control, an answer.
  for (const check of probing.filter((each) => probesOf(each).length > 1 && each.kind !== 'mtu')) {
    const first = check.kind === 'command' ? [outcome('answer', { status: 255, body: 'nonsense' })] : fails;
    for (const one of first) {
      const outcomes = [one, outcome('tool-failed')];
      const { status } = ask(namespaces(), check.kind, check.args, { outcomes, processes: [sleep] });
      t.equal(status, 'could-not-check', `${check.id} ${one.result}`);
    }
  }
});

t.test('every kind that sends is in the table with and without an expected failure', async (t) => {
  t.ok(probing.length > 10);
  t.ok(probing.some((check) => probesOf(check).length > 1));
});
