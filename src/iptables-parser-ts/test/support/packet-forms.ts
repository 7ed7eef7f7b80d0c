import type { Form, Place } from './form.ts';
import type { Random } from './random.ts';
import * as write from './spelling.ts';
import { after, decimal, hex, maybeNot, numbers, port, ports, quoted, type Spellings } from './spelling.ts';

const comparison = (r: Random, flag: string): Spellings => {
  const n = r.below(256);
  const equal = maybeNot(r, [`${flag}-eq ${n}`, `${flag}-eq ${hex(n)}`, `${flag} ${n}`]);
  return r.pick([equal, [`${flag}-lt ${n}`], [`${flag}-gt ${n}`]]);
};
const host = (r: Random, family: Place['family']): string =>
  family === 'ipv4' ? write.ipv4(r) : write.ipv6(r);
const addresses = (r: Random, family: Place['family']): string[] => {
  const [from, to] = [host(r, family), host(r, family)];
  return r.chance(50) ? [from, `${from}-${from}`] : [`${from}-${to}`];
};
const transportPorts = (r: Random): Spellings[] => [
  maybeNot(r, after(r.pick(['--sport', '--source-port']), ports(r))),
  maybeNot(r, after(r.pick(['--dport', '--destination-port']), ports(r))),
];
const flags = (r: Random): Spellings =>
  r.pick([
    ['--syn', '--tcp-flags SYN,RST,ACK,FIN SYN', '--tcp-flags syn,fin,rst,ack syn'],
    ['--tcp-flags ALL NONE', '--tcp-flags FIN,SYN,RST,PSH,ACK,URG NONE'],
    ['--tcp-flags SYN,RST SYN', '--tcp-flags RST,SYN SYN'],
  ]);
const chunks = (r: Random): Spellings =>
  r.pick([
    ['all DATA,INIT', 'ALL INIT,DATA', 'all init,data'],
    ['any DATA:Be,ABORT:T', 'any ABORT:T,DATA:e,DATA:B', 'ANY data:eB,abort:T'],
    ['only ALL', 'ONLY all'],
    ['any NONE', 'any ,'],
    [
      'any SHUTDOWN_COMPLETE:t,ASCONF_ACK,FORWARD_TSN,ASCONF',
      'any ASCONF,FORWARD_TSN,SHUTDOWN_COMPLETE:t,ASCONF_ACK',
    ],
  ]);
const MULTIPORT = ['tcp', 'udp', 'sctp', 'udplite', 'dccp'];
const incoming = ({ chain }: Place): boolean =>
  chain === 'PREROUTING' || chain === 'INPUT' || chain === 'FORWARD';
const v4 = ({ family }: Place): boolean => family === 'ipv4';
const v6 = ({ family }: Place): boolean => family === 'ipv6';

/** Matches that look at the packet alone: its headers and its bytes. */
export const packetForms: readonly Form[] = [
  {
    name: 'tcp',
    protocols: ['tcp'],
    options: (r) =>
      r.some([
        ...transportPorts(r),
        maybeNot(r, flags(r)),
        maybeNot(r, [`--tcp-option ${r.between(1, 255)}`]),
      ]),
  },
  { name: 'udp', protocols: ['udp'], options: (r) => r.some(transportPorts(r).map(decimal)) },
  {
    name: 'sctp',
    protocols: ['sctp'],
    options: (r) =>
      r.some([
        maybeNot(r, after(r.pick(['--sport', '--source-port']), numbers(r, 65535))),
        maybeNot(r, after(r.pick(['--dport', '--destination-port']), numbers(r, 65535))),
        maybeNot(r, after('--chunk-types', chunks(r))),
      ]),
  },
  {
    name: 'icmp',
    protocols: ['icmp'],
    fits: v4,
    options: (r) => [
      maybeNot(
        r,
        after(
          '--icmp-type',
          r.pick([
            ['8', 'echo-request', 'ping'],
            ['3/1', 'host-unreachable', '0x3/1'],
            ['11', 'time-exceeded'],
            [`${r.below(255)}/${r.below(256)}`],
          ]),
        ),
      ),
    ],
  },
  {
    name: 'icmp6',
    protocols: ['ipv6-icmp'],
    fits: v6,
    options: (r) => [
      maybeNot(
        r,
        after(
          '--icmpv6-type',
          r.pick([
            ['128', 'echo-request', 'ping'],
            ['1/4', 'port-unreachable'],
            ['135', 'neighbour-solicitation', 'neighbor-solicitation'],
            [`${r.below(255)}/${r.below(256)}`],
          ]),
        ),
      ),
    ],
  },
  {
    name: 'multiport',
    protocols: MULTIPORT,
    options: (r) => {
      const items = Array.from({ length: r.between(1, 7) }, () => {
        const low = r.between(0, 60000);
        return r.chance(60) ? port(r) : [`${low}:${r.between(low + 1, 65535)}`];
      });
      const spelled = [items.map((i) => i[0]).join(','), items.map((i) => i.at(-1)).join(',')];
      const flag = r.pick([['--dports', '--destination-ports'], ['--sports', '--source-ports'], ['--ports']]);
      return [
        maybeNot(
          r,
          flag.flatMap((f) => after(f, spelled)),
        ),
      ];
    },
  },
  { name: 'tcpmss', protocols: ['tcp'], options: (r) => [maybeNot(r, after('--mss', numbers(r, 65535)))] },
  {
    name: 'iprange',
    options: (r, { family }) =>
      r.some([
        maybeNot(r, after('--src-range', addresses(r, family))),
        maybeNot(r, after('--dst-range', addresses(r, family))),
      ]),
  },
  {
    name: 'mac',
    fits: incoming,
    options: (r) => [
      maybeNot(
        r,
        r.pick([
          ['--mac-source 00:11:22:aa:bb:cc', '--mac-source 0:11:22:AA:BB:CC'],
          ['--mac-source 02:42:ac:11:00:02'],
        ]),
      ),
    ],
  },
  {
    name: 'u32',
    options: (r) => [
      maybeNot(
        r,
        after(
          '--u32',
          r.pick([
            ['"6&0xFF=1"', '"0x6 & 0xff = 0x1"'],
            ['"0>>22&0x3C@0>>24=0,3:5"'],
            [`"4&0x1FFF=0&&${r.below(60)}=${r.below(99)}:1000"`],
          ]),
        ),
      ),
    ],
  },
  {
    name: 'string',
    options: (r) => [
      maybeNot(
        r,
        r.pick([
          ['--string "GET /x"', '--hex-string "GET|20|/x"', '--hex-string "|474554202f78|"'],
          ['--string abc'],
          ['--hex-string "|0d0a|"', '--hex-string "|0D 0a|"'],
          [`--string ${quoted('q"b\\s\'')}`],
        ]),
      ),
      [`--algo ${r.pick(['bm', 'kmp'])}`],
      ...(r.chance(40)
        ? [[`--from ${r.between(1, 99)}`], [`--to ${r.between(100, 999)}`]]
        : [['', '--from 0']]),
      ...(r.chance(30) ? [['--icase']] : []),
    ],
  },
  { name: 'length', options: (r) => [maybeNot(r, after('--length', numbers(r, 65535)))] },
  { name: 'ttl', fits: v4, options: (r) => [comparison(r, '--ttl')] },
  { name: 'hl', fits: v6, options: (r) => [comparison(r, '--hl').filter((s) => !/--hl \d/.test(s))] },
];
