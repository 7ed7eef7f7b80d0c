import fc from 'fast-check';
import t from 'tap';
import { decodeAck, decodeFrame, encodeAck, encodeFrame, type FrameKind } from '../../src/protocol/frame.ts';

const kind = fc.constantFrom<FrameKind[]>('stdin', 'stdout', 'stderr', 'ack');
const number = fc.integer({ min: 0, max: 0xffffffff });

t.test('an encoded frame decodes to itself, at any place in a buffer', async () => {
  fc.assert(
    fc.property(kind, number, fc.uint8Array(), fc.nat(9), (kind, terminal, payload, offset) => {
      const encoded = encodeFrame({ kind, terminal, payload });
      const buffer = new Uint8Array(offset + encoded.length);
      buffer.set(encoded, offset);
      const frame = decodeFrame(buffer.subarray(offset));
      return (
        frame?.kind === kind &&
        frame.terminal === terminal &&
        frame.payload.length === payload.length &&
        frame.payload.every((byte, index) => byte === payload[index])
      );
    }),
  );
});

t.test('any bytes decode to a frame that encodes to them, or to null', async () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
      const frame = decodeFrame(bytes);
      if (frame === null) return bytes.length < 5 || (bytes[0] ?? 0) > 3;
      return encodeFrame(frame).every((byte, index) => byte === bytes[index]);
    }),
  );
});

t.test('acks', async (t) => {
  fc.assert(
    fc.property(number, number, (terminal, count) => {
      const frame = decodeFrame(encodeAck(terminal, count));
      return frame?.kind === 'ack' && frame.terminal === terminal && decodeAck(frame.payload) === count;
    }),
  );
  t.equal(decodeAck(new Uint8Array(3)), null);
  t.equal(decodeAck(new Uint8Array(5)), null);
});

t.test('the layout on the wire', async (t) => {
  const payload = new TextEncoder().encode('ls');
  t.same([...encodeFrame({ kind: 'stdin', terminal: 258, payload })], [0, 0, 0, 1, 2, 0x6c, 0x73]);
  t.same([...encodeAck(1, 65536)], [3, 0, 0, 0, 1, 0, 1, 0, 0]);
});
