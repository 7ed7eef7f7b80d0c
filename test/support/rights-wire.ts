import type { LoadRun, TimeSource } from '../../src/core/probe/services.ts';
import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { ask, outcome } from './judged.ts';
import { namespaces } from './namespaces.ts';

export const timeQuestion = { from: 'blue', to: '192.168.1.3', within: 1, expect: 'answer' } as const;
export const time = { synchronised: true, stratum: 8, refused: '', offset: 50.9 };
export const timeSource: TimeSource = {
  ...{ address: '192.168.1.3', state: 'selected', stratum: 8, answered: 4, offset: 0.001 },
};
export const loadQuestion = {
  from: 'blue',
  to: '192.168.1.3',
  port: 53,
  protocol: 'udp',
  name: 'db.example',
  type: 'A',
  queries: 500,
  runs: 4,
  clients: 10,
  lost: 0.01,
  expect: 'answer',
} as const;
/** The rate to 192.168.1.3 is `part` of that to 192.168.1.4, with a little noise; of 500 queries, some are lost. */
export const loadRuns = (part: number, lost = 0): LoadRun[] =>
  [1, 1.02, 0.97, 1.01].flatMap((noise) => [
    { to: '192.168.1.3', sent: 500, answered: 500 - lost, seconds: noise / part, latency: noise / part },
    { to: '192.168.1.4', sent: 500, answered: 500, seconds: 1, latency: 1 },
  ]);
export const mailQuestion = {
  from: 'blue',
  to: '192.168.1.3',
  port: 25,
  sender: 'a@corp.example',
  recipient: 'b@corp.example',
  code: 250,
  expect: 'answer',
} as const;

/** The output of the search for the largest packet, after a ping that is answered. */
export const largest = (bytes: number) => ({
  outcomes: [outcome('reply'), outcome('answer', { status: 0, body: `largest ${bytes}\n` })],
});

/** Servers for time and mail that answer as they should, or fail as they should. */
export function wireRights(): Verdict[] {
  const control = { from: 'blue', to: '192.168.1.3' };
  const answerGiven = { outcomes: [outcome('answer', { time }), outcome('reply')] };
  const unsynchronised = outcome('answer', { time: { ...time, synchronised: false } });
  const sources = { outcomes: [outcome('answer', { timeSources: [timeSource] })] };
  const mail = { stage: 'mail', code: 250, text: '2.0.0 Ok: queued' } as const;
  const compared = { ...loadQuestion, against: '192.168.1.4', rate: 0.5, latency: 2.5 };
  return [
    ask(namespaces(), 'load', loadQuestion, { outcomes: [outcome('answer', { load: loadRuns(1, 5) })] }),
    ask(namespaces(), 'load', compared, { outcomes: [outcome('answer', { load: loadRuns(0.8) })] }),
    // Below the bound, but not by more than the uncertainty.
    ask(namespaces(), 'load', compared, { outcomes: [outcome('answer', { load: loadRuns(0.49) })] }),
    ask(
      namespaces(),
      'load',
      { ...loadQuestion, expect: 'queries-lost', control },
      { outcomes: [outcome('answer', { load: loadRuns(1, 250) }), outcome('reply')] },
    ),
    ask(
      namespaces(),
      'load',
      { ...loadQuestion, expect: 'queries-lost', control },
      { outcomes: [outcome('silence', { load: loadRuns(1, 500) }), outcome('reply')] },
    ),
    ask(
      namespaces(),
      'load',
      { ...loadQuestion, expect: 'no-listener', control },
      { outcomes: [outcome('silence', { load: loadRuns(1, 500) }), outcome('reply')] },
    ),
    ask(namespaces(), 'ntp', timeQuestion, answerGiven),
    ask(namespaces(), 'ntp', { ...timeQuestion, offset: 51, stratum: 8 }, answerGiven),
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
    ask(namespaces(), 'mtu', { from: 'blue', to: '192.168.1.3', bytes: 1500 }, largest(1500)),
    ask(namespaces(), 'all-pairs', { family: 'ipv4' }, pinged()),
    ask(namespaces(), 'all-pairs', { nodes: ['red', 'blue'], family: 'ipv4' }, pinged()),
    ask(namespaces(), 'time-source', { on: 'blue', source: '192.168.1.3' }, sources),
    ask(
      namespaces(),
      'time-source',
      { on: 'blue', source: '192.168.1.3', state: ['selected'], answers: true },
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

const ends = {
  red: { node: 'red', address: '192.168.15.1' },
  blue: { node: 'blue', address: '192.168.15.2' },
  lan: { node: 'lan', address: '192.168.1.3' },
};

/** Pings between red, blue and lan, of which some have no reply: `blue lan` is one from blue to lan. */
export function pinged(failed: readonly `${keyof typeof ends} ${keyof typeof ends}`[] = [], more = {}) {
  const pairs = {
    ...{ ends: Object.values(ends), without: [], unasked: 0, crowded: false },
    failed: failed.map((pair) => {
      const [from, to] = pair.split(' ') as [keyof typeof ends, keyof typeof ends];
      return { from: ends[from], to: ends[to], result: 'silence' as const, by: null };
    }),
    ...more,
  };
  return { outcomes: [outcome(failed.length === 0 ? 'reply' : 'silence', { pairs })] };
}
