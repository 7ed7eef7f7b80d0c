import t from 'tap';
import { PcapngWriter } from '../../../src/core/capture/pcapng-writer.ts';

/** A pcap file in nanoseconds with one packet. */
function pcap(linkType: number, packet: Buffer): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b23c4d, 0);
  head.writeUInt32LE(linkType, 20);
  const record = Buffer.alloc(16);
  [1000, 5, packet.length, packet.length + 10].forEach((value, at) => {
    record.writeUInt32LE(value, at * 4);
  });
  return Buffer.concat([head, record, packet]);
}

const nameOf = (index: number | null) => (index === null ? 'red:veth-red' : `host:if${index}`);

t.test('however the stream is cut, the file is the same', async (t) => {
  const stream = pcap(1, Buffer.from('0123456789abcdef'));
  const whole = Buffer.from(new PcapngWriter('test', nameOf).take(stream));
  const writer = new PcapngWriter('test', nameOf);
  const pieces = [...stream].map((byte) => Buffer.from(writer.take(Uint8Array.of(byte))));
  t.ok(Buffer.concat(pieces).equals(whole));
  t.ok(whole.includes('red:veth-red'));
  t.ok(whole.includes('0123456789abcdef'));
});

t.test('with all devices, each is an interface, named when it is met', async (t) => {
  const sll2 = Buffer.alloc(24);
  sll2.writeUInt32BE(7, 4);
  const writer = new PcapngWriter('test', nameOf);
  const first = Buffer.from(writer.take(pcap(276, sll2)));
  t.ok(first.includes('host:if7'));
  const record = pcap(276, sll2).subarray(24);
  const second = Buffer.from(writer.take(record));
  t.notOk(second.includes('host:if7'), 'once');
  t.equal(second.readUInt32LE(0), 6, 'only the packet');
  t.equal(second.readUInt32LE(8), 0, 'of the first interface');
});

t.test('a program in the place of tcpdump costs no memory and no exception', async (t) => {
  const good = pcap(1, Buffer.from('0123456789abcdef'));
  const huge = Buffer.concat([good, Buffer.alloc(16, 0xff)]);
  for (const [name, stream] of [
    ['no capture', Buffer.from('x'.repeat(64))],
    ['a packet without an end', huge],
    ['a device header that is too short', pcap(276, Buffer.alloc(4))],
  ] as const) {
    const writer = new PcapngWriter('test', nameOf);
    const first = writer.take(stream);
    t.ok(writer.broken, name);
    t.equal(first.length > 0, name !== 'no capture', 'what came before is kept');
    t.equal(writer.take(good).length, 0, 'nothing more is written');
  }
  const writer = new PcapngWriter('test', nameOf);
  writer.take(good);
  t.notOk(writer.broken);
});
