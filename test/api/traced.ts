import { gapText } from '../../src/core/explain/explain.ts';
import type { TracedHop } from '../../src/core/path/recording/hop.ts';
import type { HopListener, TraceCall, Traced } from '../../src/core/session/tracing.ts';

/** The trace in tests of the layers above the kernel: one hop, reported before the path is finished. */
export function tracedDouble({ from, to }: TraceCall, onHop: HopListener = () => {}): Traced {
  const name = { en: 'echo request', ko: '에코 요청' };
  onHop({ packet: 1, direction: 'request', name, hop });
  const header = { protocol: 'icmp', length: 84, id: 7, fragment: null, tcp: null, icmp: null };
  const end = { kind: 'stopped', node: from, link: null } as const;
  return {
    path: {
      from,
      to: to ?? '',
      packets: [{ number: 1, direction: 'request', name, header, hops: [hop], end }],
      end: {
        ...{ kind: 'dropped', direction: 'request', node: from, link: null },
        ...{ reason: 'neighbour-silent', object: '192.168.15.77', values: {}, by: null, kernel: null },
        sources: ['capture', 'state'],
        text: { en: 'Dropped in red. Nobody answers.', ko: '패킷이 red에서 버려졌습니다.' },
        hints: [{ en: 'Look at the routes of red.', ko: 'red의 경로를 보십시오.' }],
        cure: [{ on: 'host', run: 'ip -n red route show', or: false }],
      },
      upstream: [],
      gaps: [{ ...gap, text: gapText(gap) }],
    },
    milliseconds: 12,
    pcapng: Uint8Array.of(1, 2, 3),
  };
}

const gap = { code: 'frames-lost', node: 'red', values: { count: '7' } } as const;

export const hop: TracedHop = {
  ...{
    node: 'red',
    in: null,
    out: null,
    seen: [],
    bridges: [],
    layer: 'ip',
    hooks: ['output', 'postrouting'],
  },
  before: null,
  after: null,
  changes: [],
  rules: [],
  route: { text: '192.168.15.0/24 dev veth-red', via: null, rule: null, source: 'state' },
  mark: null,
  resolution: { address: '192.168.15.77', link: 'veth-red', questions: 1, answer: null, by: null },
  conntrack: null,
  nat: null,
  copies: [],
  gap: false,
  tunnel: null,
  at: null,
  sources: ['nft trace', 'state'],
};
