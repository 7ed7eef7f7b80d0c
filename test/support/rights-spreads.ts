import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { ask, outcome } from './judged.ts';
import { namespaces } from './namespaces.ts';

const asked = { from: 'lan', url: 'http://192.168.1.2/', requests: 2000, falseAlarm: 1e-6 };
const backends = { red: 1, blue: 1, green: 1 };
const answers = (counts: Record<string, number>) => ({ outcomes: [outcome('answer', { answers: counts })] });

/** Services whose answers come from whom they should. */
export function spreadRights(): Verdict[] {
  return [
    ask(
      namespaces(),
      'distribution',
      { ...asked, backends, spread: 'shares' },
      answers({ red: 690, blue: 640, green: 670 }),
    ),
    ask(
      namespaces(),
      'distribution',
      { ...asked, backends: { red: 3, blue: 1, green: 0 }, spread: 'shares' },
      answers({ red: 1480, blue: 520 }),
    ),
    ask(
      namespaces(),
      'distribution',
      { ...asked, backends, spread: 'every' },
      answers({ red: 1998, blue: 1, green: 1 }),
    ),
    ask(namespaces(), 'distribution', { ...asked, backends, spread: 'one' }, answers({ green: 2000 })),
  ];
}
