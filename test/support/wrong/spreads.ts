import type { CheckArguments } from '../../../src/core/check/check.ts';
import type { ProbeResult } from '../../../src/core/probe/probe.ts';
import { ask, outcome } from '../judged.ts';
import { namespaces } from '../namespaces.ts';
import type { Wrong } from './wrong.ts';

const asked: CheckArguments['distribution'] = {
  ...{ from: 'lan', url: 'http://192.168.1.2/', requests: 2000, falseAlarm: 1e-6, spread: 'shares' },
  backends: { red: 1, blue: 1, green: 1 },
};
const answers = (counts: Record<string, number>, result: ProbeResult = 'answer', unanswered = 0) => {
  return { outcomes: [outcome(result, { answers: counts, unanswered })] };
};
const statistic = '-A PREROUTING -d 192.168.1.2/32 -p tcp -m statistic --mode random --probability 0.5';
const chance = namespaces().node('host', {
  rules: { nat: [`${statistic} -j DNAT --to-destination 192.168.15.1:80`] },
});

/** Services that are answered by others than they should. */
export const wrongSpreads: Wrong[] = [
  [
    'nobody answers for the service',
    'fail no-listener host',
    ask(namespaces(), 'distribution', asked, answers({}, 'rejected', 3)),
  ],
  [
    'what no rule takes is not answered',
    'fail some-unanswered host',
    ask(chance, 'distribution', asked, answers({ red: 3, blue: 2, green: 2 }, 'rejected', 3)),
  ],
  [
    'somebody else answers',
    'fail unknown-backend lan',
    ask(namespaces(), 'distribution', asked, answers({ red: 700, blue: 600, yellow: 700 })),
  ],
  [
    'a backend gets nothing',
    'fail backend-idle host',
    ask(chance, 'distribution', asked, answers({ red: 700, blue: 1300 })),
  ],
  [
    '1/n for each of them: the second gets too little',
    'fail share-too-small host',
    ask(chance, 'distribution', asked, answers({ red: 667, blue: 380, green: 953 })),
  ],
  [
    'the last one gets too much',
    'fail share-too-large lan',
    ask(namespaces(), 'distribution', asked, answers({ red: 560, blue: 560, green: 880 })),
  ],
  [
    'a backend that is to rest',
    'fail share-too-large lan',
    ask(
      namespaces(),
      'distribution',
      { ...asked, backends: { red: 1, blue: 1, green: 0 } },
      answers({ red: 1000, blue: 999, green: 1 }),
    ),
  ],
  [
    'one of many is never asked',
    'fail backend-idle lan',
    ask(namespaces(), 'distribution', { ...asked, spread: 'every' }, answers({ red: 1000, blue: 1000 })),
  ],
  [
    'a client is not remembered',
    'fail several-backends lan',
    ask(namespaces(), 'distribution', { ...asked, spread: 'one' }, answers({ red: 1999, blue: 1 })),
  ],
];
