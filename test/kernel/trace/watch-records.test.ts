import fc from 'fast-check';
import t from 'tap';
import { Malformed } from '../../../src/kernel/exec/untrusted.ts';
import { WatchRecords } from '../../../src/kernel/trace/watch-records.ts';

function record(kind: string, node: number, body: Uint8Array | string = ''): Buffer {
  const payload = Buffer.from(body as string);
  const head = Buffer.alloc(7);
  head.writeUInt32LE(3 + payload.length);
  head.write(kind, 4, 'latin1');
  head.writeUInt16LE(node, 5);
  return Buffer.concat([head, payload]);
}

/** Time, sll_pkttype, the device's name, and a frame. */
const frame = (bytes: string) => {
  const head = Buffer.alloc(25);
  head.writeBigUInt64LE(7n);
  head[8] = 4;
  head.write('eth0', 9);
  return Buffer.concat([head, Buffer.from(bytes)]);
};

const generation = Buffer.from([9, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
const words = [
  record('V', 0, generation),
  record('V', 1, generation.subarray(0, 4)),
  record('H', 0, Buffer.from([2, 0, 0, 0])),
  record('A', 0),
  record('F', 1, frame('abc')),
  record('G', 0, JSON.stringify({ code: 'frames-lost', count: '3' })),
  record('Z', 0),
];

t.test('records are the same whatever pieces they come in', async (t) => {
  const whole = Buffer.concat(words);
  for (let size = 1; size <= whole.length; size++) {
    const records = new WatchRecords(['host', 'red']);
    for (let at = 0; at < whole.length; at += size) records.take(whole.subarray(at, at + size));
    t.ok(records.armed && records.complete);
    t.strictSame(
      records.seen.frames.map(({ node, link, way, bytes }) => [
        node,
        link,
        way,
        Buffer.from(bytes).toString(),
      ]),
      [['red', 'eth0', 'out', 'abc']],
    );
    t.strictSame(records.seen.gaps, [{ code: 'frames-lost', node: 'host', values: { count: '3' } }]);
    t.equal(records.seen.handles.length, 1);
    t.strictSame(records.armings, [{ cookie: '0102030405060708', generation: 9 }]);
  }
});

t.test('an invalid record is malformed', async (t) => {
  const huge = Buffer.alloc(4);
  huge.writeUInt32LE(0xffffffff);
  for (const [way, bytes] of [
    ['a length of 0', Buffer.alloc(4)],
    ['a length beyond every record', huge],
    ['no room for kind and node', Buffer.from([2, 0, 0, 0, 65, 0])],
    ['a kind there is not', record('Q', 0)],
    ['a node that is not watched', record('A', 2)],
    ['a frame without its head', record('F', 0, 'xx')],
    ['a gap that is no JSON', record('G', 0, 'xx')],
    ['a gap of no kind', record('G', 0, '{"code":"__proto__"}')],
    ['a gap whose values are no words', record('G', 0, '{"code":"frames-lost","count":[[]]}')],
    ['anything after the end', Buffer.concat([record('Z', 0), record('A', 0)])],
  ] as const) {
    t.throws(() => new WatchRecords(['host', 'red']).take(bytes), Malformed, way);
  }
  t.throws(() => new WatchRecords([]).take(record('A', 0)), Malformed, 'before anything was asked');
});

t.test('no bytes lead to anything but that', async () => {
  const pieces = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...words.map((word) => Uint8Array.from(word))) },
      fc
        .tuple(fc.constantFrom(...'AHKFTCGZ'), fc.nat(2), fc.uint8Array({ maxLength: 200 }))
        .map(([kind, node, body]) => Uint8Array.from(record(kind, node, body))),
      fc.uint8Array({ maxLength: 40 }),
    ),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(pieces, (all) => {
      const records = new WatchRecords(['host', 'red']);
      try {
        for (const piece of all) records.take(piece);
      } catch (error) {
        return error instanceof Malformed;
      }
      return true;
    }),
    { numRuns: 3000 },
  );
});

t.test('a flood of small records ends, in time and memory', async (t) => {
  const one = record('C', 0, Buffer.from([2, 0, 0, 0]));
  const block = Buffer.concat(Array.from({ length: 5000 }, () => one));
  const records = new WatchRecords(['host']);
  const started = performance.now();
  let taken = 0;
  try {
    for (;;) {
      records.take(block);
      taken += block.length;
    }
  } catch (error) {
    t.type(error, Malformed);
  }
  t.ok(taken <= 64 << 20, `${taken} bytes`);
  t.ok(performance.now() - started < 15_000);
});

t.test('repeated reports of ten thousand connections keep one entry each, found at once', async (t) => {
  const attribute = (type: number, body: Buffer) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(4 + body.length);
    head.writeUInt16LE(type, 2);
    return Buffer.concat([head, body, Buffer.alloc(-body.length & 3)]);
  };
  const tuple = (port: number) => {
    const [source, destination] = [Buffer.from([10, 0, 0, 1]), Buffer.from([10, 0, 0, 2])];
    const ip = attribute(1, Buffer.concat([attribute(1, source), attribute(2, destination)]));
    const ports = [port >> 8, port & 255];
    const numbers = [Buffer.from([6]), Buffer.from(ports), Buffer.from([0, 80])];
    return Buffer.concat([ip, attribute(2, Buffer.concat(numbers.map((one, at) => attribute(at + 1, one))))]);
  };
  const entry = (port: number) =>
    Buffer.concat([Buffer.from([2, 0, 0, 0]), attribute(1, tuple(port)), attribute(2, tuple(port))]);
  const records = new WatchRecords(['host']);
  const started = performance.now();
  for (let index = 0; index < 40_000; index++) records.take(record('C', 0, entry(index % 10_000)));
  t.equal(records.seen.connections.length, 10_000);
  t.ok(performance.now() - started < 10_000);
});
