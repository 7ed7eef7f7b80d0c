import { join } from 'node:path';
import t from 'tap';
import type { Lab } from '../../src/core/lab/lab.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Library } from '../../src/library/library.ts';
import { testLab } from '../../src/session/acceptance/test-lab.ts';
import { Sessions } from '../../src/session/sessions.ts';
import { workplace } from '../support/machines.ts';

const lab = (await Library.read([new URL('../../labs', import.meta.url).pathname])).get('switching');
const demanding: Lab = { ...lab, requires: [...lab.requires, 'teleport'] };
const refused = { code: 'lab-unsupported', message: /requires: teleport$/, data: { missing: ['teleport'] } };

t.test('the features that a lab requires are loaded before its first machine', (t) =>
  workplace(t, async ({ root }) => {
    const directory = join(t.testdir(), 'sessions');
    const open = (served: Lab) =>
      Sessions.open({
        ...{ machines: new KernelMachines(root), labOf: () => served },
        ...{ directory, limit: 2 },
      });
    const { id } = await (await open(lab)).start(lab.id, null);
    await (await new KernelMachines(root).adopt())[0]?.destroy();

    const afterBoot = await open(demanding);
    t.equal(afterBoot.get(id).machine.state, 'gone', 'the session is there, without a machine');
    await t.rejects(afterBoot.of(id).reset(), refused);
    await t.rejects(afterBoot.start(lab.id, null), refused);
    t.strictSame(
      afterBoot.list().map((each) => each.id),
      [id],
      'what was refused is no session',
    );
    await t.rejects(
      testLab(demanding, new KernelMachines(root), () => {}),
      refused,
    );
    await afterBoot.stop(id);
  }),
);
