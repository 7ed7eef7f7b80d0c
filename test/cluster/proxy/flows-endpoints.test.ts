import t from 'tap';
import type { SliceEndpoint } from '../../../src/cluster/proxy/objects.ts';
import { proxyRules } from '../../../src/cluster/proxy/rules.ts';
import { ends } from '../../support/cluster/flow.ts';
import { balancer, on, options, slice, web } from '../../support/cluster/proxy.ts';

const [pod, client, service, vip] = ['10.244.1.9', '203.0.113.99', '10.96.0.50:80', '203.0.113.10:80'];
type Policy = 'Cluster' | 'Local';

/** `here` or `there`, and the state: ready, ending (still serves), gone (serves no more), waiting (not ready yet). */
type Listed = `${'here' | 'there'} ${'ready' | 'ending' | 'gone' | 'waiting'}`;
const conditions = {
  ready: { ready: true, serving: true, terminating: false },
  ending: { ready: false, serving: true, terminating: true },
  gone: { ready: false, serving: false, terminating: true },
  waiting: { ready: false, serving: false, terminating: false },
};
const address = (index: number) => `10.244.3.${index + 1}`;

function endpoints(listed: readonly Listed[]): SliceEndpoint[] {
  return listed.map((one, index) => {
    const [place, state] = one.split(' ') as ['here' | 'there', keyof typeof conditions];
    return { ...on(place === 'here' ? 'node1' : 'node2', address(index)), conditions: conditions[state] };
  });
}

/** Endpoints by their place in the list; `drop` and `reject` as they are. */
type Reached = number[] | 'drop' | 'reject';
const cases: [listed: Listed[], inside: Reached, local: Reached][] = [
  [
    ['here ready', 'here ready', 'here ending', 'here gone', 'there ready'],
    [0, 1, 4],
    [0, 1],
  ],
  [['here ready', 'there ending', 'there gone', 'there ready'], [0, 3], [0]],
  [['here ending', 'here ending', 'here gone', 'there ready'], [3], [0, 1]],
  [['here ending', 'here gone', 'there ending'], [0, 2], [0]],
  [['there ending'], [0], 'drop'],
  [['there ready', 'here gone'], [0], 'drop'],
  [['here gone', 'there gone'], 'reject', 'reject'],
  [['here waiting', 'there waiting'], 'reject', 'reject'],
  [['here waiting', 'there ready'], [1], 'drop'],
  [[], 'reject', 'reject'],
];

for (const policy of ['Cluster', 'Local'] as const satisfies Policy[]) {
  t.test(`states of endpoints, policy ${policy}`, async (t) => {
    for (const [listed, inside, local] of cases) {
      const object = balancer({ externalTrafficPolicy: policy, healthCheckNodePort: 30000 });
      const { whole } = proxyRules([object], [slice(endpoints(listed))], options());
      const named = (reached: Reached, masquerades: boolean) =>
        typeof reached === 'string'
          ? [reached]
          : reached.map((index) => `${address(index)}:8080${masquerades ? ' masq' : ''}`).sort();
      const title = listed.join(', ') || 'none';
      t.same(ends(whole, pod, service), named(inside, false), `${title}: pod to the service`);
      const outside = policy === 'Local' ? named(local, false) : named(inside, true);
      t.same(ends(whole, client, vip), outside, `${title}: outside to the balancer`);
    }
  });
}

t.test('internalTrafficPolicy by the places of endpoints', async (t) => {
  const places: [listed: Listed[], policy: Policy, reached: Reached][] = [
    [['here ready', 'there ready', 'there ready'], 'Cluster', [0, 1, 2]],
    [['here ready', 'there ready', 'there ready'], 'Local', [0]],
    [['here ready', 'here ready', 'there ready'], 'Local', [0, 1]],
    [['there ready', 'there ready', 'there ready'], 'Local', 'drop'],
    [['here ending', 'there ready'], 'Local', [0]],
    [[], 'Local', 'reject'],
  ];
  for (const [listed, internalTrafficPolicy, reached] of places) {
    const { whole } = proxyRules([web({ internalTrafficPolicy })], [slice(endpoints(listed))], options());
    const wanted = typeof reached === 'string' ? [reached] : reached.map((index) => `${address(index)}:8080`);
    t.same(ends(whole, pod, service), wanted, `${internalTrafficPolicy}: ${listed.join(', ') || 'none'}`);
  }
});

t.test('hints', async (t) => {
  const hint = (
    index: number,
    zone: string | null,
    node: string | null = null,
    state = conditions.ready,
  ) => ({
    ...on('node2', address(index)),
    conditions: state,
    hints: {
      ...(zone && { forZones: [{ name: zone }] }),
      ...(node && { forNodes: [{ name: node }] }),
    },
  });
  const to = (listed: SliceEndpoint[], zone: string | null = 'a') =>
    ends(proxyRules([web()], [slice(listed)], options({ zone })).whole, pod, service);
  const [first, second] = [`${address(0)}:8080`, `${address(1)}:8080`];
  t.same(to([hint(0, 'a'), hint(1, 'b')]), [first], 'the zone of the node');
  t.same(to([hint(0, 'a'), hint(1, 'b')], 'c'), [first, second], 'no endpoint for the zone');
  t.same(to([hint(0, 'a'), hint(1, 'b')], null), [first, second], 'a node without a zone');
  t.same(to([hint(0, 'a'), hint(1, null)]), [first, second], 'one endpoint without a hint');
  t.same(to([hint(0, 'a', 'node2'), hint(1, 'a', 'node1')]), [second], 'the node before the zone');
  t.same(to([hint(0, 'a', 'node2'), hint(1, 'b', 'node2')]), [first], 'no endpoint for the node: the zone');
  t.same(
    to([hint(0, 'a'), hint(1, null, null, conditions.gone)]),
    [first],
    'an endpoint that is gone needs no hint',
  );
  t.same(
    to([hint(0, 'a', null, conditions.ending), hint(1, 'b', null, conditions.ending)]),
    [first, second],
    'among endpoints that end, hints do not count',
  );
});

t.test('one address in two slices: the one that is here counts', async (t) => {
  const object = balancer({ externalTrafficPolicy: 'Local' });
  const [here, there] = [slice([on('node1', '10.244.3.1')]), slice([on('node2', '10.244.3.1')])];
  for (const order of [
    [here, there],
    [there, here],
  ])
    t.same(ends(proxyRules([object], order, options()).whole, client, vip), ['10.244.3.1:8080']);
});
