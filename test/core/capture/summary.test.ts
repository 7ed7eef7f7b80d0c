import t from 'tap';
import { dissect } from '../../../src/core/capture/dissect.ts';
import { summaryOf } from '../../../src/core/capture/summary.ts';

const macs = '369dc456306ba27fd3d5d5d4';
const frame = (text: string) => Uint8Array.from(Buffer.from(macs + text, 'hex'));
const summary = (text: string) => summaryOf(frame(text), 1);

t.test('a captured packet in one line', async (t) => {
  const ping = '080045000020a0de40004001ba10c0a80f02080808080800e6b56d80000101020304';
  t.same(summary(ping), { from: '192.168.15.2', to: '8.8.8.8', what: 'ICMP echo request' });
  const arp = '0806000108000604000136a27fd3d5d4c0a80f02000000000000c0a80f05';
  t.same(summary(arp), { from: '192.168.15.2', to: '192.168.15.5', what: 'ARP request' });
  const syn = '08004500002800000000400600000a0000010a000002c3500050000000000000000050020000000000000';
  t.same(summary(`${syn}0`), { from: '10.0.0.1', to: '10.0.0.2', what: 'TCP 50000 → 80 SYN' });
  t.equal(summaryOf(frame(ping), 276), null, 'not an Ethernet frame');
});

t.test('an IPv6 address as RFC 5952 writes it', async (t) => {
  const source = (address: string) =>
    dissect(frame(`86dd600000000000${'3b40'}${address}${'0'.repeat(32)}`))[1]?.fields.find(
      ({ name }) => name === 'Source',
    )?.value;
  for (const [bytes, text] of [
    ['20010db8000000000000000000000001', '2001:db8::1'],
    ['20010db8000000010000000000000001', '2001:db8:0:1::1'],
    ['20010db8000000010000000100000001', '2001:db8:0:1:0:1:0:1'],
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['fe800000000000000000000000000000', 'fe80::'],
    ['10010000000000200000000000000001', '1001:0:0:20::1'],
  ] as const)
    t.equal(source(bytes), text);
});
