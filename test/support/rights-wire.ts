import type { TimeSource } from '../../src/core/probe/services.ts';
import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { ask, outcome } from './judged.ts';
import { namespaces } from './namespaces.ts';

export const timeQuestion = { from: 'blue', to: '192.168.1.3', within: 1, expect: 'answer' } as const;
export const time = { synchronised: true, stratum: 8, refused: '', offset: 50.9 };
export const timeSource: TimeSource = {
  ...{ address: '192.168.1.3', state: 'selected', stratum: 8, answered: 4, offset: 0.001 },
};
export const mailQuestion = {
  from: 'blue',
  to: '192.168.1.3',
  port: 25,
  sender: 'a@corp.example',
  recipient: 'b@corp.example',
  code: 250,
  expect: 'answer',
} as const;

/** Servers for time and mail that answer as they should, or fail as they should. */
export function wireRights(): Verdict[] {
  const control = { from: 'blue', to: '192.168.1.3' };
  const said = { outcomes: [outcome('answer', { time }), outcome('reply')] };
  const unsynchronised = outcome('answer', { time: { ...time, synchronised: false } });
  const sources = { outcomes: [outcome('answer', { timeSources: [timeSource] })] };
  const mail = { stage: 'mail', code: 250, text: '2.0.0 Ok: queued' } as const;
  return [
    ask(namespaces(), 'ntp', timeQuestion, said),
    ask(namespaces(), 'ntp', { ...timeQuestion, offset: 51, stratum: 8 }, said),
    ask(
      namespaces(),
      'ntp',
      { ...timeQuestion, expect: 'clock-unsynchronised', control },
      { outcomes: [unsynchronised, outcome('reply')] },
    ),
    ask(
      namespaces(),
      'ntp',
      { ...timeQuestion, to: '192.168.1.99', expect: 'neighbour-silent', control },
      { outcomes: [outcome('host-unreachable'), outcome('reply')] },
    ),
    ask(namespaces(), 'time-source', { on: 'blue', source: '192.168.1.3' }, sources),
    ask(
      namespaces(),
      'time-source',
      { on: 'blue', source: '192.168.1.3', state: 'selected', answers: true },
      sources,
    ),
    ask(
      namespaces(),
      'smtp',
      { ...mailQuestion, text: 'queued' },
      { outcomes: [outcome('answer', { mail })] },
    ),
    ask(
      namespaces(),
      'smtp',
      { ...mailQuestion, sender: '', expect: 'no-listener', control },
      { outcomes: [outcome('rejected'), outcome('reply')] },
    ),
  ];
}
