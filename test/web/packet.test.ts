import t from 'tap';
import { endpointOf, eventsOf, type Hop, type Path, spotOf } from '../../src/core/picture/events.ts';
import { pictureOf } from '../../src/core/picture/model.ts';
import { probeOf } from '../../src/web/packet/probe.ts';
import { namespaces } from '../support/namespaces.ts';
import { observe } from '../support/observation.ts';

const hop = (node: string, changes: Partial<Hop>) => ({
  node,
  in: null,
  out: null,
  layer: 'ip',
  resolution: null,
  ...changes,
});

const path = {
  upstream: [],
  packets: [
    {
      direction: 'request',
      hops: [
        hop('red', {
          out: 'veth-red',
          resolution: { address: '192.168.15.5', link: 'veth-red' } as Hop['resolution'],
        }),
        hop('host', { in: 'veth-red-br', out: 'veth-blue-br', layer: 'bridge' }),
        hop('blue', { in: 'veth-blue' }),
      ],
    },
  ],
} as unknown as Path;

t.test(
  'a question for an address is an event of its own, and every event has its place in the picture',
  async (t) => {
    const picture = pictureOf(observe(namespaces().spec));
    const events = eventsOf(path);
    t.same(
      events.map(({ kind, hop }) => `${kind} ${hop.node}`),
      ['hop red', 'question red', 'hop host', 'hop blue'],
    );
    const spots = events.map((event, index) => spotOf(event, index, picture));
    t.same(
      spots.map(({ element }) => element),
      ['card red', 'card red', 'switch host v-net-0', 'card blue'],
    );
    t.same(
      spots.map(({ direction }) => direction),
      ['request', 'question', 'request', 'request'],
    );
    t.equal(spots[0]?.wire, null, 'made here: nothing has moved');
    for (const [index, from] of [
      [1, 'card red'],
      [2, 'card red'],
      [3, 'switch host v-net-0'],
    ] as const) {
      const wire = picture.wires.find(({ id }) => id === spots[index]?.wire);
      t.equal(
        wire?.ends[spots[index]?.backwards ? 1 : 0].element,
        from,
        `event ${index} moves away from ${from}`,
      );
    }
  },
);

t.test('a probe is only what makes sense', async (t) => {
  t.same(probeOf('icmp', ''), { kind: 'icmp' });
  t.same(probeOf('tcp', '80'), { kind: 'tcp', port: 80 });
  for (const wrong of ['', '0', '65536', '1.5', 'http']) t.equal(probeOf('udp', wrong), null, wrong);
  t.same(probeOf('http', 'http://192.168.1.2:8080/x'), {
    kind: 'http',
    url: 'http://192.168.1.2:8080/x',
    port: 8080,
  });
  t.equal(probeOf('http', 'javascript:alert(1)'), null);
});

t.test("a proxy's requests to others come after the probe's packets, and begin by themselves", async (t) => {
  const packets = [
    { direction: 'request', hops: [hop('blue', { out: 'eth0' }), hop('green', { in: 'eth0' })] },
    { direction: 'reply', hops: [hop('green', { out: 'eth0' }), hop('blue', { in: 'eth0' })] },
  ];
  const asked = { program: 'nginx', from: 'blue', to: 'fd00::2', port: 80, packets };
  const events = eventsOf({ ...path, upstream: [asked] } as unknown as Path);
  t.same(
    events.map(
      ({ hop, opens }) => `${hop.node}${opens === null ? '' : ` ${opens.program} ${endpointOf(opens)}`}`,
    ),
    ['red', 'red', 'host', 'blue', 'blue nginx [fd00::2]:80', 'green', 'green', 'blue'],
  );
});
