import { ask, outcome } from '../judged.ts';
import { namespaces } from '../namespaces.ts';
import {
  largest,
  loadQuestion,
  loadRuns,
  mailQuestion,
  pinged,
  time,
  timeQuestion,
  timeSource,
} from '../rights-wire.ts';
import type { Wrong } from './wrong.ts';

const says = (more: Partial<typeof time>) => ({
  outcomes: [outcome('answer', { time: { ...time, ...more } })],
});
const source = { on: 'blue', source: '192.168.1.3', state: ['selected' as const] };
const mail = { stage: 'RCPT TO', code: 550, text: '5.7.23 SPF fail - not authorized' } as const;

/** Servers for time and mail that do not answer as they should. */
export const wrongWire: Wrong[] = [
  [
    'a link on the way that takes less',
    'fail path-mtu host',
    ask(
      namespaces().link('host', 'eth0', { mtu: 1400 }),
      'mtu',
      { from: 'blue', to: '192.168.1.3', bytes: 1500 },
      largest(1400),
    ),
  ],
  [
    'larger packets than the tunnel should let through',
    'fail path-mtu blue',
    ask(namespaces(), 'mtu', { from: 'blue', to: '192.168.1.3', bytes: 1400 }, largest(1500)),
  ],
  [
    'no way for packets of any size',
    'fail forwarding-off host',
    ask(
      namespaces().node('host', { sysctls: { 'net.ipv4.ip_forward': '0' } }),
      'mtu',
      { from: 'blue', to: '192.168.1.3', bytes: 1500 },
      { outcomes: [outcome('silence'), outcome('answer', { status: 0, body: 'largest 67\n' })] },
    ),
  ],
  [
    'a search that did not end',
    'could-not-check tool-failed blue',
    ask(
      namespaces(),
      'mtu',
      { from: 'blue', to: '192.168.1.3', bytes: 1500 },
      { outcomes: [outcome('reply'), outcome('answer', { status: 0, body: 'garbage' })] },
    ),
  ],
  [
    'pairs of which most fail at a router that does not forward',
    'fail forwarding-off host',
    ask(
      namespaces().node('host', { sysctls: { 'net.ipv4.ip_forward': '0' } }),
      'all-pairs',
      { family: 'ipv4' },
      pinged(['blue lan', 'red blue', 'blue lan']),
    ),
  ],
  [
    'pairs that fail for no reason in the state',
    'fail no-answer host',
    ask(namespaces(), 'all-pairs', { nodes: ['red', 'blue'], family: 'ipv4' }, pinged(['red blue'])),
  ],
  [
    'pairs that fail as the table of neighbours is full',
    'could-not-check tool-failed host',
    ask(namespaces(), 'all-pairs', { family: 'ipv4' }, pinged(['red blue'], { crowded: true })),
  ],
  [
    'pairs for which there was no time',
    'could-not-check tool-failed host',
    ask(namespaces(), 'all-pairs', { family: 'ipv4' }, pinged([], { unasked: 2 })),
  ],
  [
    'a named node without an address, which no pair could be tried with',
    'fail no-address red',
    ask(
      namespaces().link('red', 'veth-red', { addresses: [] }),
      'all-pairs',
      { nodes: ['red', 'blue', 'lan'], family: 'ipv4' },
      pinged([], {
        ...{ without: ['red'] },
        ends: [
          { node: 'blue', address: '192.168.15.2' },
          { node: 'lan', address: '192.168.1.3' },
        ],
      }),
    ),
  ],
  [
    'a named node that is not there',
    'fail netns-missing green',
    ask(namespaces(), 'all-pairs', { nodes: ['red', 'green'], family: 'ipv4' }, { outcomes: [null] }),
  ],
  [
    'a time server that follows nobody',
    'fail clock-unsynchronised blue',
    ask(namespaces(), 'ntp', timeQuestion, says({ synchronised: false })),
  ],
  [
    'a time server that refuses',
    'fail clock-unsynchronised blue',
    ask(namespaces(), 'ntp', timeQuestion, says({ synchronised: false, stratum: 0, refused: 'DENY' })),
  ],
  [
    'a clock that is far off',
    'fail wrong-offset blue',
    ask(namespaces(), 'ntp', { ...timeQuestion, offset: 0 }, says({})),
  ],
  [
    'another stratum',
    'fail wrong-stratum blue',
    ask(namespaces(), 'ntp', { ...timeQuestion, stratum: 3 }, says({})),
  ],
  [
    'a time server that answers where it should not',
    'fail unexpected-reply blue',
    ask(namespaces(), 'ntp', { ...timeQuestion, expect: 'no-listener' }, says({})),
  ],
  [
    'no time server there',
    'fail no-listener lan',
    ask(namespaces(), 'ntp', timeQuestion, { outcomes: [outcome('rejected')] }),
  ],
  [
    'no time client',
    'fail process-missing blue',
    ask(namespaces(), 'time-source', source, { outcomes: [outcome('answer', { timeSources: null })] }),
  ],
  [
    'a server that is not asked',
    'fail time-source-missing blue',
    ask(namespaces(), 'time-source', source, { outcomes: [outcome('answer', { timeSources: [] })] }),
  ],
  [
    'a server that is outvoted',
    'fail time-source-state blue',
    ask(namespaces(), 'time-source', source, {
      outcomes: [outcome('answer', { timeSources: [{ ...timeSource, state: 'falseticker' }] })],
    }),
  ],
  [
    'a server that should have gone silent',
    'fail time-source-state blue',
    ask(
      namespaces(),
      'time-source',
      { on: 'blue', source: '192.168.1.3', answers: false },
      { outcomes: [outcome('answer', { timeSources: [timeSource] })] },
    ),
  ],
  [
    'queries that get lost',
    'fail queries-lost blue',
    ask(namespaces(), 'load', loadQuestion, { outcomes: [outcome('answer', { load: loadRuns(1, 25) })] }),
  ],
  [
    'a slow way',
    'fail rate-too-low blue',
    ask(
      namespaces(),
      'load',
      { ...loadQuestion, against: '192.168.1.4', rate: 0.5 },
      { outcomes: [outcome('answer', { load: loadRuns(0.3) })] },
    ),
  ],
  [
    'a way with a queue',
    'fail latency-too-high blue',
    ask(
      namespaces(),
      'load',
      { ...loadQuestion, against: '192.168.1.4', latency: 2 },
      { outcomes: [outcome('answer', { load: loadRuns(0.3) })] },
    ),
  ],
  [
    'queries that should be lost and are not',
    'fail unexpected-reply blue',
    ask(
      namespaces(),
      'load',
      { ...loadQuestion, expect: 'queries-lost', control: { from: 'blue', to: '192.168.1.3' } },
      { outcomes: [outcome('answer', { load: loadRuns(1) }), outcome('reply')] },
    ),
  ],
  [
    'a mail that is refused',
    'fail wrong-mail-answer blue',
    ask(namespaces(), 'smtp', mailQuestion, { outcomes: [outcome('answer', { mail })] }),
  ],
  [
    'a mail that is refused for another reason',
    'fail wrong-mail-answer blue',
    ask(
      namespaces(),
      'smtp',
      { ...mailQuestion, code: 550, text: '5.1.1' },
      { outcomes: [outcome('answer', { mail })] },
    ),
  ],
  [
    'no mail server there',
    'fail no-listener lan',
    ask(namespaces(), 'smtp', mailQuestion, { outcomes: [outcome('rejected')] }),
  ],
  [
    'a mail server that answers where it should not',
    'fail unexpected-reply blue',
    ask(
      namespaces(),
      'smtp',
      { ...mailQuestion, expect: 'no-listener' },
      { outcomes: [outcome('answer', { mail })] },
    ),
  ],
];
