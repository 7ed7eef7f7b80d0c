import t from 'tap';
import { decode, headerOf } from '../../../../src/core/path/recording/header.ts';

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

t.test('the tags of VLANs stand before the type', async (t) => {
  const packet = '0800 450000542dc8400040012d27c0a80f0208080808 08003140beef00015666026b0000';
  const echo = { header: { icmp: { type: 8 } } };
  t.match(decode(bytes(`${macs} ${packet}`)), { vlan: null, ...echo });
  t.match(decode(bytes(`${macs} 8100600a ${packet}`)), { vlan: 10, ...echo }, 'with a priority');
  t.match(
    decode(bytes(`${macs} 88a80014 8100000a ${packet}`)),
    { vlan: 20, ...echo },
    'the outer one of two',
  );
  t.match(decode(bytes(`${macs} 8100e000 ${packet}`)), { vlan: null, ...echo }, 'VLAN 0 is only a priority');
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

const ends6 = 'fd000001000000000000000000000001 fd000002000000000000000000000002';
const ipv6 = (next: string, length: string) => `60000000 ${length} ${next} 40 ${ends6}`;
const echo6 = '8000 1234 beef 0001';

t.test('an IPv6 fragment: what it begins with stands behind the fragment header', async (t) => {
  const first = `${macs} 86dd ${ipv6('2c', '05b0')} 3a00 0001 f00dcafe ${echo6}`;
  t.match(decode(bytes(first)), {
    neighbourly: null,
    header: {
      ...{ source: 'fd00:1::1', destination: 'fd00:2::2', ttl: 64, id: 0xf00dcafe, length: 1496 },
      ...{ protocol: 'icmp', fragment: { offset: 0, more: true } },
      icmp: { type: 128, code: 0, id: 0xbeef, sequence: 1 },
    },
  });
  const last = `${macs} 86dd ${ipv6('2c', '0078')} 3a00 0b50 f00dcafe ${echo6}`;
  t.match(decode(bytes(last)).header, {
    ...{ protocol: 'icmp', id: 0xf00dcafe, length: 160, fragment: { offset: 2896, more: false } },
    icmp: null,
  });
  const udp = `${macs} 86dd ${ipv6('2c', '05b0')} 1100 0001 f00dcafe 03e7 9c40 0bc0 0000`;
  t.match(decode(bytes(udp)).header, {
    sourcePort: 999,
    destinationPort: 40000,
    datagram: 3008,
    length: 1496,
  });
});

t.test('of what is a fragment header only in part nothing is read', async (t) => {
  const cut = `${macs} 86dd ${ipv6('2c', '05b0')} 3a00 0001`;
  t.match(decode(bytes(cut)).header, { protocol: '44', id: null, fragment: null, icmp: null });
});

t.test('an ICMPv6 error quotes a fragment with its header', async (t) => {
  const quoted = `${ipv6('2c', '05b0')} 3a00 05a9 f00dcafe ${'00'.repeat(64)}`;
  const frame = `${macs} 86dd ${ipv6('3a', '0078')} 0200 0000 00000578 ${quoted}`;
  t.match(decode(bytes(frame)).header, {
    ...{ id: null, fragment: null, icmp: { type: 2, mtu: 1400 } },
    quoted: { id: 0xf00dcafe, fragment: { offset: 1448, more: true }, icmp: null },
  });
});

t.test(
  'the rules’ trace leaves the fragment header out: the protocol is the one that was asked',
  async (t) => {
    const traced = headerOf(bytes(ipv6('2c', '05b0')), bytes(echo6), 'icmp');
    t.match(traced, { protocol: 'icmp', fragment: null, icmp: { type: 128, id: 0xbeef } });
    const whole = headerOf(bytes(ipv6('3a', '0bc0')), bytes(echo6), 'udp');
    t.match(whole, { protocol: 'icmp', icmp: { type: 128 } });
  },
);

t.test('questions about addresses: ARP and neighbour discovery', async (t) => {
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
  const alone = solicitation.replace('fd000001000000000000000000000005', '0'.repeat(32));
  t.match(
    decode(bytes(alone)).neighbourly,
    null,
    'whether an address is free is no question that a packet waits for',
  );
  const probe = arp('01').replace('c0a80f02', '00000000');
  t.match(decode(bytes(probe)).neighbourly, null, 'nor is an ARP probe');
});

t.test('other frames, and truncated ones, give nothing', async (t) => {
  t.match(decode(bytes(`${macs} 88cc 0207`)), { header: null, neighbourly: null });
  t.match(decode(bytes(`${macs} 0800 4500`)), { header: null, neighbourly: null });
  t.match(decode(bytes(`${macs} 0806 0001`)), { header: null, neighbourly: null });
  t.match(decode(new Uint8Array()), { header: null, neighbourly: null });
});
