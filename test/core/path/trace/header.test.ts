import t from 'tap';
import { decode } from '../../../../src/core/path/trace/header.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const macs = '3ac6d2bed95e 22ab93d61207';

t.test('an echo request', async (t) => {
  const frame = `${macs} 0800 450000542dc8400040012d27c0a80f0208080808 08003140beef00015666026b0000`;
  t.match(decode(bytes(frame)), {
    sourceMac: '22:ab:93:d6:12:07',
    destinationMac: '3a:c6:d2:be:d9:5e',
    neighbourly: null,
    header: {
      ...{ source: '192.168.15.2', destination: '8.8.8.8', ttl: 64, id: 0x2dc8, length: 84 },
      ...{ protocol: 'icmp', fragment: null, sourcePort: null, quoted: null },
      icmp: { type: 8, code: 0, id: 0xbeef, sequence: 1 },
    },
  });
});

t.test('an ICMP error and the packet it quotes', async (t) => {
  const inner = '4500003c1c46400040060000c0a80f02c0a80103 9c400050000000010000000050020000';
  const frame = `${macs} 0800 450000580000000040010000c0a80f05c0a80f02 0301000000000000 ${inner}`;
  t.match(decode(bytes(frame)).header, {
    icmp: { type: 3, code: 1 },
    quoted: { destination: '192.168.1.3', sourcePort: 40000, destinationPort: 80, tcp: { flags: 'SYN' } },
  });
});

t.test('TCP: flags, and bytes of data', async (t) => {
  const frame = `${macs} 0800 450000340001400040060000c0a80f02c0a80103 9c4000500000000a0000000b80180000 0000000000000000 0000000000000000 0000000000000000`;
  t.match(decode(bytes(frame)).header, {
    tcp: { flags: 'PSH,ACK', sequence: 10, acknowledgment: 11, payload: 0 },
  });
});

t.test('a later fragment has no ports', async (t) => {
  const frame = `${macs} 0800 450005dc 1234 20b9 40110000c0a80f02c0a80103 0102030405060708`;
  t.match(decode(bytes(frame)).header, {
    fragment: { offset: 1480, more: true },
    sourcePort: null,
    protocol: 'udp',
  });
});

t.test('who has an address: ARP and neighbour discovery', async (t) => {
  const arp = (operation: string) =>
    `${macs} 0806 00010800060400 ${operation} 22ab93d61207 c0a80f02 000000000000 c0a80f05`;
  t.match(decode(bytes(arp('01'))).neighbourly, { kind: 'question', address: '192.168.15.5' });
  t.match(decode(bytes(arp('02'))).neighbourly, {
    ...{ kind: 'answer', address: '192.168.15.2', mac: '22:ab:93:d6:12:07' },
  });
  const solicitation = `${macs} 86dd 6000000000203aff fd000001000000000000000000000005 ff0200000000000000000001ff000006 87005c5f00000000 fd000001000000000000000000000006 0101def0fa014a38`;
  t.match(decode(bytes(solicitation)), {
    header: null,
    neighbourly: { kind: 'question', address: 'fd00:1::6' },
  });
});

t.test('what is neither, and what is cut short, is nothing', async (t) => {
  t.match(decode(bytes(`${macs} 88cc 0207`)), { header: null, neighbourly: null });
  t.match(decode(bytes(`${macs} 0800 4500`)), { header: null, neighbourly: null });
  t.match(decode(bytes(`${macs} 0806 0001`)), { header: null, neighbourly: null });
  t.match(decode(new Uint8Array()), { header: null, neighbourly: null });
});
