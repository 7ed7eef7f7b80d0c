import t from 'tap';
import { tracedPackets } from '../../../../src/core/diagnose/trace/packets.ts';
import type { Frame } from '../../../../src/core/path/recording/recording.ts';
import { echo, fragment6, recordingOf } from '../../../support/recording.ts';

const at = (time: bigint, node: 'red' | 'blue') => ({
  ...{ time, node, link: `veth-${node}` },
  way: node === 'red' ? ('out' as const) : ('host' as const),
});

/** A packet's way in a word: `red>blue`. */
const ways = (frames: Frame[]) =>
  tracedPackets(recordingOf({ frames })).map(({ hops }) => hops.map(({ node }) => node).join('>'));

t.test('equal packets keep their order: the second at any place is the second', async (t) => {
  const frames = [echo(at(1n, 'red')), echo(at(2n, 'red')), echo(at(3n, 'blue')), echo(at(4n, 'blue'))];
  t.strictSame(ways(frames), ['red>blue', 'red>blue']);
});

/** The fragment of an echo request at this offset; by its own header from `source`. */
function fragment(place: Omit<Frame, 'bytes'>, offset: number, source: string): Frame {
  const { bytes } = echo(place, { source });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint16(14 + 6, offset === 0 ? 0x2000 : offset / 8);
  return { ...place, bytes };
}

t.test('a later fragment has the header of the first one, whatever was written over its own', async (t) => {
  const frames = [
    fragment(at(1n, 'red'), 0, '0a000001'),
    fragment(at(2n, 'red'), 1480, '0a000009'),
    fragment(at(3n, 'blue'), 0, '0a000009'),
    fragment(at(4n, 'blue'), 1480, '0a000009'),
  ];
  const sources = tracedPackets(recordingOf({ frames })).map(({ hops }) =>
    hops.flatMap(({ seen }) => seen.map(({ source }) => source)),
  );
  t.strictSame(sources, [
    ['10.0.0.1', '10.0.0.9'],
    ['10.0.0.1', '10.0.0.9'],
  ]);
});

t.test('a packet that is cut up on its way: the rest begins where it was cut off', async (t) => {
  const long = echo(at(1n, 'red'));
  new DataView(long.bytes.buffer, long.bytes.byteOffset).setUint16(14 + 2, 1528);
  const frames = [long, fragment(at(2n, 'blue'), 0, '0a000001'), fragment(at(3n, 'blue'), 1480, '0a000001')];
  t.strictSame(ways(frames), ['red>blue', 'blue']);
});

t.test('IPv6: fragments that a node put together and cut up anew have another identification', async (t) => {
  const frames = [
    fragment6(at(1n, 'red')),
    fragment6(at(2n, 'red'), { offset: 1448 }),
    // Written over already, when the capture read it.
    fragment6(at(3n, 'red'), { offset: 2896, id: 'bad0beef' }),
    fragment6(at(4n, 'blue'), { id: 'bad0beef' }),
    fragment6(at(5n, 'blue'), { offset: 1448, id: 'bad0beef' }),
    fragment6(at(6n, 'blue'), { offset: 2896, id: 'bad0beef' }),
    fragment6(at(7n, 'blue'), { offset: 1448, id: '00000bad' }),
  ];
  t.strictSame(ways(frames), ['red>blue', 'red>blue', 'red>blue'], 'and another’s fragment is none of them');
  t.strictSame(
    tracedPackets(recordingOf({ frames })).map(({ header }) => [header.fragment?.offset, header.id]),
    [0, 1448, 2896].map((offset) => [offset, 0xf00dcafe]),
  );
});
