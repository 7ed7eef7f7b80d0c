import t from 'tap';
import { isNative, nftTables } from '../../../src/core/state/nft.ts';

/** As nftables 1.0.6 prints what iptables 1.8.9 made. */
const ofIptables = [
  'meta l4proto tcp tcp dport { 80, 443 } counter drop',
  'iifname "v1" ip saddr 10.0.0.0/8 meta l4proto udp udp sport != { 1, 2 }  counter log prefix "a { @" group 0',
  'meta l4proto tcp tcp sport . tcp dport { 0-65535 . 80, 80 . 0-65535, 0-65535 . 443, 443 . 0-65535 } counter drop',
  'meta hour "10:00:00"-"12:00:00" meta day { 1, 2 } counter drop',
  'meta l4proto icmp meter x { ip saddr timeout 3600s limit rate over 1/hour burst 1 packets } counter drop',
  'meta l4proto dccp dccp type { request, response } counter drop',
  'counter ct mark set 0x1',
  'ct mark 0x1 counter ct mark set mark',
  'counter ct mark set ct mark or 0x1',
  'counter meta mark set ct mark',
  'xt match u32 counter drop',
];

/** As it prints rules that nft put into the same tables, with a counter as iptables' rules have it. */
const ofNft = [
  'tcp dport { 80, 443 } counter drop',
  'ip saddr { 1.1.1.1, 2.2.2.2 } counter drop',
  'tcp dport vmap { 80 : drop } counter',
  'meta day { "Monday", "Tuesday" } counter drop',
  'meter x size 65535 { ip saddr limit rate over 1/hour burst 1 packets } counter drop',
  'counter ct mark set 0x00000001',
  'counter ct mark set meta mark',
  'ip saddr @blocked counter drop',
  'tcp dport 80 drop',
];

t.test('rules of iptables and of nft in one table', async (t) => {
  for (const line of ofIptables) t.equal(isNative(line), false, line);
  for (const line of ofNft) t.equal(isNative(line), true, line);
  const table = (line: string) => `table ip filter {\n\tchain FORWARD {\n\t\t${line}\n\t}\n}\n`;
  t.equal(nftTables(table(ofIptables[0] ?? ''))[0]?.native, false, 'a table that iptables-save shows whole');
  t.equal(nftTables(table(ofNft[0] ?? ''))[0]?.native, true, 'a table that it does not');
});
