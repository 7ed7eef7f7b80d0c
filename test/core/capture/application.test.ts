import fc from 'fast-check';
import t from 'tap';
import { dissect } from '../../../src/core/capture/dissect.ts';
import { messageOf, summaryOf } from '../../../src/core/capture/summary.ts';

const ethernet = '5e64b97952440a618874f1ed0800';
/** An IPv4 packet from 192.168.1.100 to 192.168.1.10 whose length and checksum nobody looks at. */
const ip = (protocol: number) =>
  `4500007ddc89000040${protocol.toString(16).padStart(2, '0')}1a28c0a80164c0a8010a`;
const udp = (message: string, port = 53) =>
  Buffer.from(`${ethernet}${ip(17)}${port.toString(16).padStart(4, '0')}648900698439${message}`, 'hex');
const tcp = (payload: Buffer, port = 80) =>
  Buffer.concat([
    Buffer.from(
      `${ethernet}${ip(6)}${port.toString(16).padStart(4, '0')}c350000000010000000250180100abcd0000`,
      'hex',
    ),
    payload,
  ]);

const name = '076e6f776865726506676f6f676c6503636f6d00';
/** unbound's answer to a query for nowhere.google.com, as it was captured. */
const unknown = `7ccf81830001000000010001${name}00010001c0140006000100000000002603${'6e7331'}c01409646e732d61646d696ec014${'00000001000003840000038400000708'}00000000${'00002904d0000000000000'}`;
const answer = `1234858000010002000000000461707073${'06676f6f676c6503636f6d00'}00010001${'c00c0005000100000e10'}0008047765623101${'63'}00${'c00c00010001000001'}2c0004d83add4e`;

t.test('a DNS message in the words of dig', async (t) => {
  const layer = dissect(udp(unknown)).at(-1);
  t.equal(layer?.name, 'DNS');
  t.same(
    layer?.fields.map((field) => `${field.name}: ${field.value}`),
    [
      'Identifier: 31951',
      'Flags: qr rd ra',
      'Status: NXDOMAIN',
      'Question: nowhere.google.com A',
      'Authority: google.com 0 SOA ns1.google.com',
      'Additional: EDNS, 1232 bytes',
    ],
  );
  t.equal(messageOf(udp(unknown)), 'nowhere.google.com A: NXDOMAIN');
  t.equal(
    messageOf(udp(answer)),
    'apps.google.com 3600 CNAME web1.c; apps.google.com 300 A 216.58.221.78',
    'a name points to an earlier one',
  );
  t.equal(messageOf(udp(`00010100000100000000000000001c0001`)), '. AAAA', 'a query');
  t.equal(
    messageOf(udp(`000181800001000000000000${name}001c0001`)),
    'nowhere.google.com AAAA: NOERROR, ANSWER: 0',
  );
  t.equal(
    messageOf(tcp(Buffer.from(`0088${unknown}`, 'hex'), 53)),
    'nowhere.google.com A: NXDOMAIN',
    'by TCP',
  );
  t.match(messageOf(tcp(Buffer.alloc(0), 53)), /^PSH, ACK/, 'its handshake');
  t.equal(dissect(udp(unknown, 5000)).at(-1)?.name, 'Data', 'of another port');
  t.match(summaryOf(udp(unknown), 1), { what: 'DNS nowhere.google.com A: NXDOMAIN' });
});

t.test('the head of a web request and of its response', async (t) => {
  const response = tcp(Buffer.from('HTTP/1.1 404 Not Found\r\nServer: nginx\r\nX-Odd: a:b\r\n\r\n<html>'));
  const layers = dissect(response);
  t.same(
    layers.slice(-2).map((layer) => layer.name),
    ['HTTP', 'Data'],
  );
  t.same(
    layers.at(-2)?.fields.map((field) => [field.name, field.value]),
    [
      ['Status', 'HTTP/1.1 404 Not Found'],
      ['Server', 'nginx'],
      ['X-Odd', 'a:b'],
    ],
  );
  t.equal(messageOf(response), 'HTTP/1.1 404 Not Found');
  t.equal(messageOf(tcp(Buffer.from('GET /x HTTP/1.1\r\nHost: b\r\n'), 8080)), 'GET /x HTTP/1.1');
  t.equal(messageOf(tcp(Buffer.from('SSH-2.0-x\r\n'), 22)), 'PSH, ACK, seq 1, ack 2');
});

t.test('whatever is sent is read to its end, in bounded time', async (t) => {
  const loop = `000181800001000000000000${'c00c'}00010001`;
  t.equal(messageOf(udp(loop)), '. A: NOERROR, ANSWER: 0', 'a pointer to itself');
  const forwards = `000181800001000000000000${'c020'}00010001`;
  t.match(messageOf(udp(forwards)), /^\. A/);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, isTcp) => {
      const frame = isTcp ? tcp(Buffer.from(bytes), 53) : udp(Buffer.from(bytes).toString('hex'));
      const layers = dissect(frame);
      return (
        layers.at(-1)?.to === frame.length &&
        layers.every(({ fields }) => fields.length < 50 && fields.every(({ to }) => to <= frame.length))
      );
    }),
  );
  const many = dissect(udp(`0001818000ffffffffffff${'c0'.repeat(65_000)}`)).at(-1);
  t.ok((many?.fields.length ?? 0) <= 40, 'of a header that claims 65,535 records not all are read');
});
