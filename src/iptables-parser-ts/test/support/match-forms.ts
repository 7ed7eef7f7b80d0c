import type { Form, Place } from './form.ts';
import type { Random } from './random.ts';
import * as write from './spelling.ts';
import {
  after,
  hex,
  list,
  mark,
  maybeNot,
  network,
  port,
  ports,
  quoted,
  type Spellings,
} from './spelling.ts';

/** Ports that go through getaddrinfo, which knows names and decimal numbers only. */
const decimal = (spellings: Spellings): Spellings => spellings.filter((s) => !/(?:^|[ :])0[0-9x]/.test(s));

/**
 * A network without the spellings that `iptables -C` tells apart by bytes the kernel never looks at: a /32 given
 * and a /32 meant have different masks behind the first four bytes.
 */
const tracked = (r: Random, family: Place['family']): string[] => {
  const spellings = network(r, family);
  const full = spellings.filter((s) => !s.includes('/'));
  return full.length > 0 ? full : spellings;
};

const comparison = (r: Random, flag: string): Spellings => {
  const n = r.below(256);
  const equal = maybeNot(r, [`${flag}-eq ${n}`, `${flag}-eq ${hex(n)}`, `${flag} ${n}`]);
  return r.pick([equal, [`${flag}-lt ${n}`], [`${flag}-gt ${n}`]]);
};

const numbers = (r: Random, max: number): string[] => {
  const low = r.below(max);
  const high = r.between(low, max);
  return r.chance(50) ? [String(low), `${low}:${low}`] : [`${low}:${high}`];
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

const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED'];
const TYPES6 = ['UNICAST', 'LOCAL', 'ANYCAST', 'MULTICAST', 'UNREACHABLE'];
const TYPES = [...TYPES6, 'BROADCAST', 'BLACKHOLE', 'PROHIBIT'];
const COMMENTS = [
  'x',
  'a/b',
  'kubernetes service portals',
  'it\'s "q"',
  'back\\slash',
  '한글',
  'id: "1"',
  '',
  'a-_Z9',
];
const MULTIPORT = ['tcp', 'udp', 'sctp', 'udplite', 'dccp'];
const incoming = ({ chain }: Place): boolean =>
  chain === 'PREROUTING' || chain === 'INPUT' || chain === 'FORWARD';
const outgoing = ({ chain }: Place): boolean => chain === 'OUTPUT' || chain === 'POSTROUTING';
const v4 = ({ family }: Place): boolean => family === 'ipv4';
const v6 = ({ family }: Place): boolean => family === 'ipv6';

export const matchForms: readonly Form[] = [
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
    name: 'conntrack',
    options: (r, { family }) =>
      r.some([
        maybeNot(r, after('--ctstate', list(r, [...STATES, 'SNAT', 'DNAT']))),
        maybeNot(
          r,
          after(
            '--ctproto',
            r.pick([
              ['tcp', '6'],
              ['17', 'udp', '0x11'],
              ['47', 'gre'],
            ]),
          ),
        ),
        maybeNot(r, after('--ctorigsrc', tracked(r, family))),
        maybeNot(r, after('--ctrepldst', tracked(r, family))),
        maybeNot(r, after('--ctorigsrcport', decimal(ports(r)))),
        maybeNot(r, after('--ctrepldstport', decimal(ports(r)))),
        maybeNot(r, after('--ctstatus', list(r, ['EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED']))),
        maybeNot(r, after('--ctexpire', numbers(r, 100000))),
        [`--ctdir ${r.pick(['ORIGINAL', 'REPLY'])}`],
      ]),
  },
  { name: 'state', options: (r) => [maybeNot(r, after('--state', list(r, STATES)))] },
  { name: 'mark', options: (r) => [maybeNot(r, after('--mark', mark(r)))] },
  { name: 'connmark', options: (r) => [maybeNot(r, after('--mark', mark(r)))] },
  { name: 'comment', options: (r) => [[`--comment ${quoted(r.pick(COMMENTS))}`]] },
  {
    name: 'addrtype',
    options: (r, p) =>
      r.some(['--src-type', '--dst-type'].map((f) => maybeNot(r, after(f, list(r, v4(p) ? TYPES : TYPES6))))),
  },
  {
    name: 'statistic',
    stateful: true,
    options: (r) => {
      if (r.chance(50)) {
        const every = r.between(1, 100);
        return [['--mode nth'], maybeNot(r, [`--every ${every}`]), [`--packet ${r.below(every)}`]];
      }
      const [p, other] = r.pick([
        ['0.5', '.5'],
        ['0.25', '2.5e-1'],
        ['0.3333333333', '0.33333333349'],
        ['0.2', '0.20000000019'],
        ['1', '1.0'],
        ['0.000244140625', '0.000244140625'],
      ]) as [string, string];
      const probability = r.chance(70) ? [p, other] : [`0.${r.below(1e9)}`];
      return [['--mode random'], maybeNot(r, after('--probability', probability))];
    },
  },
  {
    name: 'recent',
    stateful: true,
    options: (r, { family }) => {
      const name = `list${r.below(5)}`;
      // In IPv4 a mask given and a mask meant differ in bytes the kernel never looks at, but -C does.
      const mask = family === 'ipv4' ? [''] : ['', '--mask ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'];
      const common: Spellings[] = [[`--name ${name}`], r.pick([['', '--rsource'], ['--rdest']]), mask];
      const verb = r.pick(['--set', '--rcheck', '--update', '--remove']);
      const asks = verb === '--rcheck' || verb === '--update';
      const more: Spellings[] = asks
        ? [[`--seconds ${r.between(1, 86400)}`], [`--hitcount ${r.between(1, 20)}`], ['--rttl']]
        : [];
      return [maybeNot(r, [verb]), ...common, ...(asks ? r.some(more) : [])];
    },
  },
  {
    name: 'set',
    options: (r, { family }) => {
      const [one, two] = family === 'ipv4' ? ['s4', 's4p'] : ['s6', 's6p'];
      const reference = r.pick([`${one} src`, `${one} dst`, `${two} src,dst`, `${two} dst,dst`]);
      const more: Spellings[] = [
        ['--return-nomatch'],
        ['! --update-counters'],
        ['! --update-subcounters'],
        maybeNot(r, [`--packets-eq ${r.below(1000)}`]),
        [`--bytes-${r.pick(['lt', 'gt'])} ${r.below(100000)}`],
      ];
      return [maybeNot(r, [`--match-set ${reference}`]), ...(r.chance(30) ? r.some(more) : [])];
    },
  },
  {
    name: 'physdev',
    fits: ({ table, chain }) => table === 'filter' && chain === 'FORWARD',
    options: (r) =>
      r.some([
        maybeNot(r, [`--physdev-in ${r.pick(['eth0', 'veth+'])}`]),
        maybeNot(r, ['--physdev-is-in']),
        maybeNot(r, ['--physdev-is-out']),
        ['--physdev-is-bridged'],
      ]),
  },
  {
    name: 'limit',
    stateful: true,
    options: (r) => [
      after(
        '--limit',
        r.pick([
          ['3/hour', '3/h'],
          ['10/min', '10/minute', '10/m'],
          ['5/sec', '5', '300/min'],
          [`${r.between(1, 9000)}/s`],
          [`${r.between(1, 1000)}/min`],
        ]),
      ),
      r.pick([['', '--limit-burst 5'], [`--limit-burst ${r.between(1, 50)}`]]),
    ],
  },
  {
    name: 'hashlimit',
    stateful: true,
    options: (r) => {
      const rate = r.pick([
        ['10/sec', '10/s', '10'],
        ['7/min', '7/minute'],
        ['512kb/s', '524288b/s'],
        ['1mb/s', '1024kb/s'],
        [`${r.between(1, 10000)}/s`],
        [`${r.between(16, 1_000_000)}b/s`],
      ]);
      const upTo = r.chance(50);
      const flag = upTo
        ? ['--hashlimit-upto', '--hashlimit', '! --hashlimit-above']
        : ['--hashlimit-above', '! --hashlimit-upto'];
      const mode = list(r, ['srcip', 'srcport', 'dstip', 'dstport']).slice(0, 2);
      return [
        flag.flatMap((f) => after(f, rate)),
        [`--hashlimit-name h${r.below(1e9)}`],
        after('--hashlimit-mode', mode),
        ...(r.chance(40) ? [[`--hashlimit-htable-expire ${r.between(1000, 99999)}`]] : []),
        ...(r.chance(30)
          ? [
              [`--hashlimit-htable-size ${r.between(1, 900)}`],
              [`--hashlimit-htable-max ${r.between(1, 900)}`],
            ]
          : []),
        ...(r.chance(30) ? [[`--hashlimit-srcmask ${r.between(1, 31)}`]] : []),
        ...(r.chance(20) ? [['', '--hashlimit-htable-gcinterval 1000']] : []),
      ];
    },
  },
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
    name: 'owner',
    fits: outgoing,
    options: (r) =>
      r.some([
        maybeNot(r, after('--uid-owner', r.pick([['0', 'root', '0-0'], ['1000', '0x3e8'], ['5-9']]))),
        maybeNot(r, after('--gid-owner', [`${r.below(70000)}`])),
        maybeNot(r, ['--socket-exists']),
      ]),
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
  {
    name: 'rpfilter',
    fits: ({ table, chain }) => chain === 'PREROUTING' && table !== 'nat',
    options: (r) => r.some([['--loose'], ['--validmark'], ['--accept-local'], ['--invert']]),
  },
  { name: 'nfacct', stateful: true, options: () => [['--nfacct-name packets_seen']] },
  // Kept verbatim by the parser.
  {
    name: 'pkttype',
    stateful: true,
    options: (r) => [maybeNot(r, [`--pkt-type ${r.pick(['broadcast', 'unicast'])}`])],
  },
  { name: 'helper', stateful: true, options: () => [['--helper ftp']] },
];
