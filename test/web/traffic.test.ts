import t from 'tap';
import type { Crossing, Flow } from '../../src/web/state/protocol-types.ts';
import { pictureOf } from '../../src/web/topology/model.ts';
import { runsOf } from '../../src/web/topology/runs.ts';
import { namespaces } from '../support/namespaces.ts';
import { observe } from '../support/observation.ts';

const flow = { number: 1, protocol: 'icmp', own: false, verdict: 'answered', where: null } as Flow;
const crossing = (node: string, way: 'in' | 'out', link: string): Crossing => ({
  ...{ flow: 1, node, way, link, direction: 'request', packets: 1, after: 0 },
});

t.test('packets run along each cable once, in their order, away from the node that sent them', async (t) => {
  const picture = pictureOf(observe(namespaces().spec));
  const crossings = [
    crossing('red', 'out', 'veth-red'),
    crossing('host', 'in', 'veth-red-br'),
    crossing('host', 'out', 'veth-blue-br'),
    crossing('blue', 'in', 'veth-blue'),
  ];
  const { runs, halts } = runsOf(crossings, new Map([[1, flow]]), picture);
  t.same(
    runs.map(({ wire, backwards, turn }) => {
      const ends = picture.wires.find(({ id }) => id === wire)?.ends.map(({ element }) => element) ?? [];
      return [turn, ...(backwards ? ends.toReversed() : ends)];
    }),
    [
      [0, 'card red', 'switch host v-net-0'],
      [1, 'switch host v-net-0', 'card blue'],
    ],
  );
  t.same(halts, [], 'nothing is marked where it arrives');
  const dropped = { ...flow, verdict: 'dropped', where: { node: 'host', link: 'veth-red-br' } } as const;
  t.same(runsOf(crossings, new Map([[1, dropped]]), picture).halts, [
    { element: 'switch host v-net-0', turn: 2 },
  ]);
  const own = new Map([[1, { ...flow, own: true }]]);
  t.same(runsOf(crossings, own, picture).runs, [], "hoplab's own packets are none of the learner's");
});
