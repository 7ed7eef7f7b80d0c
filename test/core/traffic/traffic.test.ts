import fc from 'fast-check';
import t from 'tap';
import type { Frame } from '../../../src/core/path/recording/recording.ts';
import { mostCrossings, mostFlows, mostNewFlows } from '../../../src/core/traffic/flow.ts';
import { patience } from '../../../src/core/traffic/progress.ts';
import { Traffic } from '../../../src/core/traffic/traffic.ts';
import { observe } from '../../support/observation.ts';

const state = observe({
  a: { kind: 'netns', links: { ar: { peer: 'r:ra', addresses: ['10.0.1.1/24'] } } },
  r: {
    kind: 'netns',
    links: {
      ra: { peer: 'a:ar', addresses: ['10.0.1.2/24'] },
      rb: { peer: 'b:bb', addresses: ['10.0.2.1/24'] },
    },
  },
  b: { kind: 'netns', links: { bb: { peer: 'r:rb', addresses: ['10.0.2.2/24'] } } },
});

const bytesOf = (address: string) => address.split('.').map(Number);

interface Datagram {
  from: string;
  to: string;
  ports?: [number, number];
  id?: number;
}

/** An Ethernet frame with an IPv4 datagram. */
function datagram({ from, to, ports: [source, destination] = [5000, 53], id = 1 }: Datagram): Uint8Array {
  const two = (value: number) => [value >> 8, value & 255];
  return new Uint8Array([
    ...Array(12).fill(2),
    ...[8, 0, 0x45, 0, 0, 36, ...two(id), 0, 0, 64, 17, 0, 0, ...bytesOf(from), ...bytesOf(to)],
    ...[...two(source), ...two(destination), 0, 16, 0, 0, ...Array(8).fill(id & 255)],
  ]);
}

let clock = 1_000_000_000_000_000n;

/** Passes these places, `a out ar`, one after the other. */
function passing(packet: Datagram, ...places: string[]): Frame[] {
  return places.map((place) => {
    const [node = '', way, link = ''] = place.split(' ');
    clock += 1_000_000n;
    return { time: clock, node, link, way: way === 'out' ? 'out' : 'host', bytes: datagram(packet) };
  });
}

const sample = (frames: Frame[], lost: string[] = [], own: string[] = []) => ({
  ...{ frames, lost, own: new Set(own) },
});
const now = () => Number(clock / 1_000_000n);
const request = { from: '10.0.1.1', to: '10.0.2.2' };
const reply = { from: '10.0.2.2', to: '10.0.1.1', ports: [53, 5000] as [number, number], id: 9 };

t.test('crossings are in order, whatever order the frames were read in', async (t) => {
  const frames = passing(request, 'a out ar', 'r in ra', 'r out rb', 'b in bb');
  const { crossings, flows } = new Traffic().take(sample(frames.toReversed()), state);
  t.same(
    crossings.map(({ node, way, link, after }) => `${node} ${way} ${link} ${after}`),
    ['a out ar 0', 'r in ra 1', 'r out rb 2', 'b in bb 3'],
  );
  t.match(flows, [{ number: 1, from: 'a', packets: 1, verdict: 'under-way' }]);
});

t.test('a node that is looked at only now is where its packets come from', async (t) => {
  const traffic = new Traffic();
  traffic.take(sample(passing(request, 'r in ra', 'r out rb', 'b in bb')), state);
  t.match(traffic.flows, [{ from: 'r' }], 'as far as was seen');
  const again = { ...request, id: 2 };
  traffic.take(sample(passing(again, 'a out ar', 'r in ra', 'r out rb', 'b in bb')), state);
  t.match(traffic.flows, [{ from: 'a', verdict: 'under-way', packets: 2 }]);
  traffic.take(sample(passing(reply, 'b out bb', 'r in rb', 'r out ra', 'a in ar')), state);
  t.match(traffic.flows, [{ from: 'a', verdict: 'answered' }]);
});

t.test('each end is told for what it is', async (t) => {
  const ends: [string, Frame[], string, string | null][] = [
    ['a reply', passing(reply, 'b out bb', 'r in rb', 'r out ra', 'a in ar'), 'answered', null],
    ['a reply that is lost', passing(reply, 'b out bb', 'r in rb'), 'dropped', 'r'],
    ['nothing comes back', [], 'unanswered', 'b'],
  ];
  for (const [what, frames, verdict, where] of ends) {
    const traffic = new Traffic();
    traffic.take(sample(passing(request, 'a out ar', 'r in ra', 'r out rb', 'b in bb')), state);
    traffic.take(sample(frames), state);
    t.same(traffic.settle(now()), [], 'too early to judge');
    traffic.settle(now() + patience);
    const [flow] = traffic.flows;
    t.same([flow?.verdict, flow?.where?.node ?? null], [verdict, where], what);
  }
  for (const [last, where] of [
    [['a out ar'], 'a'],
    [['a out ar', 'r in ra'], 'r'],
  ] as const) {
    const traffic = new Traffic();
    traffic.take(sample(passing(request, ...last)), state);
    t.ok(traffic.waits(now()));
    t.match(traffic.settle(now() + patience), [{ verdict: 'dropped', where: { node: where } }]);
    t.notOk(traffic.waits(now()), 'it is judged');
  }
});

t.test('what was on its way to an arrival may be read after it', async (t) => {
  const traffic = new Traffic();
  traffic.take(sample(passing(request, 'a out ar', 'r in ra', 'r out rb', 'b in bb')), state);
  const [late, ...early] = passing(reply, 'b out bb', 'r in rb', 'r out ra', 'a in ar');
  traffic.take(sample(early), state);
  traffic.take(sample(late ? [late] : []), state);
  traffic.settle(now() + patience);
  t.match(traffic.flows, [{ verdict: 'answered', where: null }]);
});

t.test('a gap in the sample is no drop', async (t) => {
  const traffic = new Traffic();
  traffic.take(sample(passing(request, 'a out ar', 'r in ra'), ['r']), state);
  t.same(traffic.settle(now() + patience), [], 'one packet that did not go out may have been passed by');
  const more = [2, 3, 4].flatMap((id) => passing({ ...request, id }, 'a out ar', 'r in ra'));
  traffic.take(sample(more, ['r']), state);
  t.match(traffic.settle(now() + patience), [{ verdict: 'dropped', where: { node: 'r' }, sampled: true }]);
});

t.test('a translation is the same flow', async (t) => {
  const traffic = new Traffic();
  const out = { from: '10.0.2.1', to: '10.0.2.2', ports: [6000, 53] as [number, number] };
  traffic.take(
    sample([...passing(request, 'a out ar', 'r in ra'), ...passing(out, 'r out rb', 'b in bb')]),
    state,
  );
  const back = { from: '10.0.2.2', to: '10.0.2.1', ports: [53, 6000] as [number, number], id: 9 };
  traffic.take(
    sample([...passing(back, 'b out bb', 'r in rb'), ...passing(reply, 'r out ra', 'a in ar')]),
    state,
  );
  t.match(traffic.flows, [
    { verdict: 'answered', source: { address: '10.0.1.1' }, translated: { source: { port: 6000 } } },
  ]);
});

t.test('what hoplab sends is its own, a frame for another card is none', async (t) => {
  const traffic = new Traffic();
  traffic.take(sample(passing(request, 'a out ar'), [], ['a']), state);
  const flooded: Frame[] = passing({ ...request, id: 2 }, 'b in bb').map((each) => ({
    ...each,
    way: 'otherhost',
  }));
  const { crossings } = traffic.take(sample(flooded), state);
  t.match(traffic.flows, [{ own: true }]);
  t.same(crossings, []);
  traffic.take(sample(passing({ ...request, id: 3 }, 'a out ar')), state);
  t.match(traffic.flows, [{ own: false }], 'it goes on when hoplab sends nothing');
});

/** A question of ARP by `from` for `to`, or its answer. */
function arp(operation: 1 | 2, from: string, to: string): Uint8Array {
  const mac = Array(6).fill(2);
  const head = [...Array(12).fill(2), ...[8, 6, 0, 1, 8, 0, 6, 4, 0, operation]];
  return new Uint8Array([...head, ...mac, ...bytesOf(from), ...mac, ...bytesOf(to)]);
}

t.test('two that ask for one address have their own answers', async (t) => {
  const traffic = new Traffic();
  const at = (place: string, bytes: Uint8Array) =>
    passing(request, place).map((each) => ({ ...each, bytes }));
  const frames = ['10.0.1.1', '10.0.1.7'].flatMap((asker) => [
    ...at('a out ar', arp(1, asker, '10.0.1.2')),
    ...at('a in ar', arp(2, '10.0.1.2', asker)),
  ]);
  traffic.take(sample(frames), state);
  traffic.take(sample(at('a out ar', arp(1, '10.0.1.1', '10.0.1.9'))), state);
  traffic.settle(now() + patience);
  t.same(
    traffic.flows.map(({ protocol, destination, verdict }) => [protocol, destination.address, verdict]),
    [
      ['arp', '10.0.1.2', 'answered'],
      ['arp', '10.0.1.2', 'answered'],
      ['arp', '10.0.1.9', 'dropped'],
    ],
  );
});

/** A neighbour solicitation (135) or advertisement (136) of fd00::FROM about fd00::TARGET, sent to fd00::TO. */
function discovery(type: 135 | 136, from: number, to: number, target: number): Uint8Array {
  const address = (last: number) => [0xfd, ...Array(14).fill(0), last];
  const packet = [0x60, 0, 0, 0, 0, 24, 58, 255, ...address(from), ...address(to)];
  return new Uint8Array([
    ...[...Array(12).fill(2), 0x86, 0xdd, ...packet],
    ...[type, 0, 0, 0, 0, 0, 0, 0, ...address(target)],
  ]);
}

/** A segment of TCP from port 5000 to 80, or back. */
function segment(flags: number, from: string, to: string): Uint8Array {
  const ports = from === request.from ? [19, 136, 0, 80] : [0, 80, 19, 136];
  const packet = [0x45, 0, 0, 40, 0, flags, 0, 0, 64, 6, 0, 0, ...bytesOf(from), ...bytesOf(to)];
  return new Uint8Array([
    ...[...Array(12).fill(2), 8, 0, ...packet],
    ...[...ports, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, flags, 0, 0, 0, 0, 0, 0],
  ]);
}

t.test('who refused is told, though its own node is read after the others', async (t) => {
  const traffic = new Traffic();
  const bytes = {
    asked: segment(2, request.from, request.to),
    refused: segment(20, request.to, request.from),
  };
  const at = (what: keyof typeof bytes, ...places: string[]) =>
    passing(request, ...places).map((each) => ({ ...each, bytes: bytes[what] }));
  traffic.take(sample(at('asked', 'a out ar', 'r in ra', 'r out rb', 'b in bb')), state);
  const [first, ...others] = at('refused', 'b out bb', 'r in rb', 'r out ra', 'a in ar');
  traffic.take(sample(others), state);
  t.match(traffic.flows, [{ verdict: 'refused', where: { node: 'r' } }], 'as far as it was read');
  traffic.take(sample(first ? [first] : []), state);
  t.match(traffic.flows, [{ verdict: 'refused', where: { node: 'b', link: 'bb' } }]);
});

t.test('in IPv6 neighbour discovery asks, not ARP', async (t) => {
  const traffic = new Traffic();
  const frames = (place: string, bytes: Uint8Array) =>
    passing(request, place).map((each) => ({ ...each, bytes }));
  traffic.take(sample(frames('a out ar', discovery(135, 1, 2, 2))), state);
  traffic.take(sample(frames('a in ar', discovery(136, 2, 1, 2))), state);
  t.match(traffic.flows, [{ protocol: 'ndp', destination: { address: 'fd00::2' }, verdict: 'answered' }]);
});

t.test('a protocol without ports has its name', async (t) => {
  const traffic = new Traffic();
  const bytes = datagram(request);
  for (const number of [2, 89, 250]) {
    bytes[23] = number;
    traffic.take(
      sample(passing(request, 'a out ar').map((each) => ({ ...each, bytes: bytes.slice() }))),
      state,
    );
  }
  t.same(traffic.flows.map(({ protocol }) => protocol).sort(), ['250', 'igmp', 'ospf']);
});

t.test('any number of flows takes a limited place', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 900 }), fc.nat(), async (count, seed) => {
      const traffic = new Traffic();
      const frames = Array.from({ length: count }, (_, index) =>
        passing({ ...request, id: index, ports: [((seed + index) % 60_000) + 1, 53] }, 'a out ar'),
      ).flat();
      const { flows, crossings } = traffic.take(sample(frames), state);
      t.ok(flows.length <= mostNewFlows && crossings.length <= mostCrossings);
      t.equal(traffic.flows.length, Math.min(count, mostFlows));
    }),
    { numRuns: 20 },
  );
});

t.test('no bytes are too strange', async () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 160 })), (all) => {
      const frames = all.map((bytes): Frame => ({ time: 1n, node: 'a', link: 'ar', way: 'out', bytes }));
      const traffic = new Traffic();
      traffic.take(sample(frames), state);
      traffic.settle(1e6);
    }),
  );
});
