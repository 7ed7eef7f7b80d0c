import t from 'tap';
import type { TracedHop } from '../../../src/core/path/recording/hop.ts';
import { kernelWord } from '../../../src/core/path/recording/kernel-word.ts';
import type { Drop, Recording } from '../../../src/core/path/recording/recording.ts';
import { observe } from '../../support/observation.ts';

const drop: Drop = { time: 5_000n, link: 'eth0', length: 84, reason: 'IP_RPFILTER', location: '' };
const recording: Recording = {
  request: { from: 'red', to: '10.0.0.2', probe: { kind: 'icmp' } },
  mark: 1,
  observation: observe({ red: { links: { eth0: { addresses: ['10.0.0.1/24'] } } } }),
  outcome: {
    ...{ result: 'silence', by: null, status: null, body: null, sources: [] },
    evidence: { on: '', command: '', output: '' },
  },
  ...{ frames: [], events: [], handles: [], counted: [], known: [], connections: [], nft: {} },
  ...{ drops: [], connects: [], dropReasons: 'tracefs', gaps: [] },
};
const hop = { at: '5000', in: 'eth0', out: null, bridges: [] as string[] } as TracedHop;
const wordOf = (...drops: Drop[]) => kernelWord({ ...recording, drops }, hop, 84)?.reason ?? null;

t.test('the word of the kernel for a packet that went no further', async (t) => {
  t.equal(wordOf(drop), 'IP_RPFILTER');
  t.equal(wordOf({ ...drop, length: 85 }), null);
  t.equal(wordOf({ ...drop, link: 'eth1' }), null);
  t.equal(wordOf({ ...drop, time: 200_000_000n }), null);
  t.equal(wordOf({ ...drop, time: -2_000_000n }), null);
});

t.test('the clocks of frames and drops are joined by reading both, which takes its time', async (t) => {
  t.equal(wordOf({ ...drop, time: -20_000n }), 'IP_RPFILTER');
  const other: Drop = { ...drop, reason: 'NETFILTER_DROP' };
  t.equal(wordOf({ ...other, time: -20_000n }, drop), 'IP_RPFILTER', 'the nearest one');
  t.equal(wordOf(drop, { ...other, time: 90_000n }), 'IP_RPFILTER');
});

t.test('a queue of a socket that is closed says nothing about the packet', async (t) => {
  const purged = { ...drop, reason: 'QUEUE_PURGE' };
  t.equal(wordOf(purged), null);
  t.equal(wordOf(purged, drop), 'IP_RPFILTER');
});
