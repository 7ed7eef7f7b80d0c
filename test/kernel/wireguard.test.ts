import t from 'tap';
import { namesOf } from '../../src/kernel/observe/netlink/names.ts';
import { nodeRecordsOf } from '../../src/kernel/observe/node-records.ts';

/** Messages as a kernel with WireGuard writes them (linux/netlink.h, linux/genetlink.h, linux/wireguard.h). */
const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
const number = (size: 1 | 2 | 4, value: number) => {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, size);
  return bytes;
};
const attribute = (type: number, ...parts: Buffer[]) => {
  const payload = Buffer.concat(parts);
  return padded(Buffer.concat([number(2, 4 + payload.length), number(2, type), payload]));
};
const message = (type: number, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([number(4, 16 + body.length), number(2, type), Buffer.alloc(10), padded(body)]);
};

const name = (text: string) => Buffer.from(`${text}\0`);
const key = (byte: number) => Buffer.alloc(32, byte);
const text = (byte: number) => key(byte).toString('base64');
const link = message(
  16,
  ...[Buffer.alloc(4), number(4, 5), Buffer.alloc(8)],
  ...[attribute(3, name('wg0')), attribute(18, attribute(1, name('wireguard')))],
);
const allowed = (family: number, address: number[], length: number) =>
  attribute(
    0,
    attribute(1, number(2, family)),
    attribute(2, Buffer.from(address)),
    attribute(3, number(1, length)),
  );
const ipv6 = [0xfd, 0, 0, 9, ...Array<number>(11).fill(0), 2];

/** What is said about wg0; the type of the message is the family's number, given when the module is loaded. */
const said = (...attributes: Buffer[]) =>
  message(30, Buffer.from([0, 1, 0, 0]), attribute(1, number(4, 5)), ...attributes);
const first = said(
  ...[
    attribute(3, key(1)),
    attribute(4, key(2)),
    attribute(6, number(2, 51820)),
    attribute(7, number(4, 0x2a)),
  ],
  attribute(
    8,
    attribute(
      0,
      ...[attribute(1, key(3)), attribute(2, key(4))],
      attribute(4, Buffer.from([2, 0, 0xca, 0x6c, 172, 31, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0])),
      attribute(9, allowed(2, [10, 9, 0, 2], 32)),
    ),
  ),
);
const second = said(
  attribute(
    8,
    attribute(0, attribute(1, key(3)), attribute(9, allowed(10, ipv6, 128), allowed(2, [10, 8, 0, 0], 16))),
    attribute(
      0,
      attribute(1, key(5)),
      attribute(4, Buffer.from([10, 0, 0x30, 0x39, 0, 0, 0, 0, ...ipv6, 0, 0, 0, 0])),
    ),
  ),
);

const record = (kind: string, payload: Buffer) => ({ kind, node: 0, payload: new Uint8Array(payload) });
const read = (...about: Buffer[]) =>
  nodeRecordsOf([record('R', link), ...about.map((each) => record('W', each))], namesOf([])).links;

t.test('the settings and peers of an interface; a peer in two messages is one', async (t) => {
  // The end of a dump is a message of netlink's own.
  const [wg0] = read(first, Buffer.concat([second, message(3, number(4, 0))]));
  t.equal(wg0?.kind, 'wireguard');
  t.same(wg0?.details, { 'public-key': text(2), 'listen-port': '51820', fwmark: '0x2a' });
  t.same(wg0?.peers, [
    {
      ...{ key: text(3), endpoint: { address: '172.31.2.2', port: 51820 } },
      allowed: ['10.9.0.2/32', 'fd00:9::2/128', '10.8.0.0/16'],
    },
    { key: text(5), endpoint: { address: 'fd00:9::2', port: 12345 }, allowed: [] },
  ]);
});

t.test('the private key and the shared one are in no state', async (t) => {
  const state = JSON.stringify(read(first, second));
  t.match(state, text(3));
  for (const secret of [text(1), text(4)]) t.notMatch(state, secret);
});

t.test('an interface of which nothing is said has no list of peers', async (t) => {
  t.equal(read()[0]?.peers, undefined);
});
