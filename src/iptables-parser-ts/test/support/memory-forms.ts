import type { Form, Place } from './form.ts';
import type { Random } from './random.ts';
import { after, decimal, list, mark, maybeNot, network, numbers, ports, type Spellings } from './spelling.ts';

/**
 * A network without the spellings that `iptables -C` distinguishes by bytes the kernel never looks at: a /32
 * given and a /32 meant have different masks behind the first four bytes.
 */
const tracked = (r: Random, family: Place['family']): string[] => {
  const spellings = network(r, family);
  const full = spellings.filter((s) => !s.includes('/'));
  return full.length > 0 ? full : spellings;
};
const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED'];

/** Matches on the kernel's memory between packets: connections, sets, rates, counters. */
export const memoryForms: readonly Form[] = [
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
  { name: 'connmark', options: (r) => [maybeNot(r, after('--mark', mark(r)))] },
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
  { name: 'nfacct', stateful: true, options: () => [['--nfacct-name packets_seen']] },
  { name: 'helper', stateful: true, options: () => [['--helper ftp']] },
];
