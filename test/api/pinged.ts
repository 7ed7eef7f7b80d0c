import type { PingAllCall, PingedAll } from '../../src/core/session/pinging.ts';
import { ask, outcome } from '../support/judged.ts';
import { namespaces } from '../support/namespaces.ts';

/** Pings between all nodes in tests of the layers above the kernel: one pair fails, for a link that is down. */
export function pingedDouble({ nodes }: PingAllCall): PingedAll {
  const [red, blue] = [
    { node: 'red', address: '192.168.15.1' },
    { node: 'blue', address: '192.168.15.2' },
  ];
  const failed = [{ from: red, to: blue, result: 'silence' as const, by: null }];
  const verdict = ask(
    namespaces().link('blue', 'veth-blue', { up: false }),
    'all-pairs',
    { nodes: ['red', 'blue'], family: 'ipv4' },
    {
      outcomes: [
        outcome('silence', {
          pairs: { ends: [red, blue], without: [], failed, unasked: 0, crowded: false },
        }),
      ],
    },
  );
  return {
    ...{ nodes: [red, blue], without: nodes?.includes('green') ? ['green'] : [], pairs: 2, replies: 1 },
    ...{ unasked: 0, causes: [{ verdict, pairs: [{ from: 'red', to: blue }] }], milliseconds: 12 },
  };
}
