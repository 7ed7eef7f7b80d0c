import { join } from 'node:path';
import t from 'tap';
import type { NumberedEvent } from '../../src/core/session/event.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Library } from '../../src/library/library.ts';
import { Sessions } from '../../src/session/sessions.ts';
import { workplace } from '../support/machines.ts';

const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);

t.test('a prediction is answered by the machine as it is, and kept over a restart', (t) =>
  workplace(t, async ({ root }) => {
    const directory = join(t.testdir(), 'sessions');
    const machines = new KernelMachines(root);
    const labOf = (id: string) => library.get(id);
    const open = () => Sessions.open({ machines, labOf, directory, limit: 3 });
    const sessions = await open();
    const { id } = await sessions.start('linux-router', 'way-there');
    const say = (prediction: string, ...answer: string[]) =>
      sessions.of(id).predict({ step: 'way-there', prediction, answer });

    t.match(await say('which-failure', 'silence'), {
      outcome: 'wrong',
      truth: ['no-route'],
      why: { en: /route/, ko: /경로/ },
      evidence: [{ on: 'a', command: /ping/, output: /Network is unreachable/ }],
    });
    t.match(await say('who-replies', 'c'), { outcome: 'too-early', truth: null, message: { en: /a-route/ } });
    await t.rejects(say('who-replies', 'b'), { code: 'argument-invalid' });
    await t.rejects(say('who-answers', 'c'), { code: 'prediction-not-found' });

    await sessions.of(id).apply(null);
    t.match(await say('which-failure', 'no-route'), { outcome: 'too-late', message: { en: /a-route/ } });
    t.match(await say('who-replies', "B's far leg"), { outcome: 'right', answer: ['far-leg'] });

    const events: NumberedEvent[] = [];
    sessions.of(id).subscribe(0, (event) => events.push(event));
    t.match(
      events.flatMap(({ event }) => (event.type === 'predicted' ? [event] : [])),
      [
        { prediction: 'which-failure', answer: ['silence'], truth: ['no-route'], right: false },
        { prediction: 'who-replies', answer: ['far-leg'], right: true },
      ],
      'what could not be told is no answer',
    );
    const kept = [
      { prediction: 'which-failure', answer: ['silence'], truth: ['no-route'], right: false },
      { prediction: 'who-replies', answer: ['far-leg'], truth: ['far-leg'], right: true },
    ];
    const restarted = await open();
    t.strictSame(restarted.get(id).steps[0]?.predictions, kept);
    await restarted.stop(id);
  }),
);
