import type { Form, Place } from './form.ts';
import type { Random } from './random.ts';
import * as write from './spelling.ts';
import { after, hex, list, mark, port, quoted, type Spellings } from './spelling.ts';

const PORTED = ['tcp', 'udp'];
const inTable =
  (...tables: string[]) =>
  ({ table }: Place): boolean =>
    tables.includes(table);
const natAt =
  (...chains: string[]) =>
  ({ table, chain }: Place): boolean =>
    table === 'nat' && chains.includes(chain);

const optional = (r: Random, ...flags: string[]): Spellings[] =>
  flags.filter(() => r.chance(30)).map((f) => [f]);

function natTo(r: Random, flag: string, { family }: Place, withPorts: boolean): Spellings {
  const address = family === 'ipv4' ? write.ipv4(r) : write.ipv6(r);
  const other = family === 'ipv4' ? '10.9.9.9' : '2001:db8::99';
  const flags = [flag, flag.slice(0, -4)];
  const range = r.chance(30) ? [`${address}-${other}`] : [address, `${address}-${address}`];
  const low = r.between(1, 30000);
  const high = r.between(low, 65535);
  const portWords = r.pick([port(r), [`${low}-${high}`]]);
  if (!withPorts || r.chance(30)) return flags.flatMap((f) => after(f, range));
  if (r.chance(20)) return flags.flatMap((f) => portWords.map((p) => `${f} :${p}`));
  const wrap = (a: string): string => (family === 'ipv6' ? `[${a}]` : a);
  return flags.flatMap((f) => range.flatMap((a) => portWords.map((p) => `${f} ${wrap(a)}:${p}`)));
}

const natPorts = (r: Random): string[] => {
  const low = r.between(1, 30000);
  return r.pick([port(r), [`${low}-${r.between(low, 65535)}`], [`${low}`, `${low}-${low}`]]);
};

function marking(r: Random): Spellings {
  const n = r.pick([1, 0x4000, 0x2000, r.between(1, 0xffffffff)]);
  const inverted = hex(~n >>> 0);
  return r.pick([
    [`--or-mark ${hex(n)}`, `--set-xmark ${hex(n)}/${hex(n)}`, `--set-mark ${hex(n)}/${hex(n)}`],
    [`--xor-mark ${hex(n)}`, `--set-xmark ${hex(n)}/0x0`],
    [`--and-mark ${hex(n)}`, `--set-xmark 0/${inverted}`],
    [`--set-mark ${n}`, `--set-xmark ${hex(n)}`, `--set-xmark ${hex(n)}/0xffffffff`],
    after('--set-xmark', mark(r)),
  ]);
}

const verdict = (name: string): Form => ({ name, options: () => [] });

const REJECTS = [
  ['', '--reject-with icmp-port-unreachable', '--reject-with port-unreach'],
  ['--reject-with icmp-admin-prohibited', '--reject-with admin-prohib'],
  ['--reject-with icmp-net-unreachable', '--reject-with net-unreach'],
];
const REJECTS6 = [
  ['', '--reject-with icmp6-port-unreachable', '--reject-with port-unreach'],
  ['--reject-with icmp6-adm-prohibited', '--reject-with adm-prohibited'],
];

export const targetForms: readonly Form[] = [
  verdict('ACCEPT'),
  { ...verdict('DROP'), fits: ({ table }) => table !== 'nat' },
  verdict('RETURN'),
  verdict('LEAF'),
  {
    name: 'REJECT',
    fits: inTable('filter'),
    options: (r, { family }) => [r.pick(family === 'ipv4' ? REJECTS : REJECTS6)],
  },
  {
    name: 'REJECT',
    fits: inTable('filter'),
    protocols: ['tcp'],
    options: (_, { family }) => [
      ['--reject-with tcp-reset', ...(family === 'ipv4' ? ['--reject-with tcp-rst'] : [])],
    ],
  },
  {
    name: 'DNAT',
    fits: natAt('PREROUTING', 'OUTPUT'),
    protocols: PORTED,
    options: (r, p) => [natTo(r, '--to-destination', p, true), ...optional(r, '--random', '--persistent')],
  },
  {
    name: 'SNAT',
    fits: natAt('POSTROUTING', 'INPUT'),
    protocols: PORTED,
    options: (r, p) => [
      natTo(r, '--to-source', p, true),
      ...optional(r, '--random', '--random-fully', '--persistent'),
    ],
  },
  {
    name: 'MASQUERADE',
    fits: natAt('POSTROUTING'),
    options: (r) => optional(r, '--random', '--random-fully'),
  },
  {
    name: 'MASQUERADE',
    fits: natAt('POSTROUTING'),
    protocols: PORTED,
    options: (r) => [after('--to-ports', natPorts(r)), ...optional(r, '--random')],
  },
  {
    name: 'REDIRECT',
    fits: natAt('PREROUTING', 'OUTPUT'),
    protocols: PORTED,
    options: (r) => [after('--to-ports', natPorts(r)), ...optional(r, '--random')],
  },
  {
    name: 'NETMAP',
    fits: natAt('PREROUTING', 'POSTROUTING'),
    options: (r, { family }) => [after('--to', write.network(r, family))],
  },
  { name: 'MARK', fits: inTable('mangle'), options: (r) => [marking(r)] },
  { name: 'CONNMARK', fits: inTable('mangle'), options: (r) => [marking(r)] },
  {
    name: 'CONNMARK',
    fits: inTable('mangle'),
    options: (r) => [
      [r.pick(['--save-mark', '--restore-mark'])],
      r.pick([
        ['', '--mask 0xffffffff', '--nfmask 0xffffffff'],
        ['--mask 0xff', '--nfmask 0xff --ctmask 0xff'],
      ]),
    ],
  },
  {
    name: 'LOG',
    options: (r) => [
      ...(r.chance(60)
        ? [[`--log-prefix ${quoted(r.pick(['a b: ', 'abc', 'it\'s "x"', '12345678901234567890123456789']))}`]]
        : []),
      r.pick([
        ['', '--log-level 4', '--log-level warning'],
        ['--log-level 6', '--log-level info'],
        ['--log-level debug', '--log-level 7'],
      ]),
      ...optional(
        r,
        '--log-tcp-options',
        '--log-uid',
        '--log-ip-options',
        '--log-tcp-sequence',
        '--log-macdecode',
      ),
    ],
  },
  {
    name: 'NFLOG',
    options: (r) => [
      r.pick([['', '--nflog-group 0'], [`--nflog-group ${r.between(1, 65535)}`]]),
      ...(r.chance(40) ? [[`--nflog-prefix ${quoted(r.pick(['a b', 'abc', "don't"]))}`]] : []),
      ...(r.chance(40) ? [[`--nflog-threshold ${r.between(1, 100)}`]] : []),
      ...(r.chance(30) ? [[`--nflog-size ${r.between(1, 100)}`]] : []),
    ],
  },
  {
    name: 'NFQUEUE',
    options: (r) => [
      r.pick([['', '--queue-num 0'], ['--queue-num 3', '--queue-num 0x3'], ['--queue-balance 0:3']]),
      ...optional(r, '--queue-bypass'),
    ],
  },
  {
    name: 'TCPMSS',
    fits: (p) => p.table === 'mangle' && p.chain === 'POSTROUTING',
    protocols: ['tcp-syn'],
    options: (r) => [r.pick([['--clamp-mss-to-pmtu'], [`--set-mss ${r.between(1, 9000)}`]])],
  },
  { name: 'TRACE', fits: inTable('raw'), options: () => [] },
  { name: 'NOTRACK', fits: inTable('raw'), options: () => [] },
  {
    name: 'CT',
    fits: inTable('raw'),
    options: (r) =>
      r.pick([
        [['--notrack']],
        [
          r.pick([
            [`--zone ${r.between(1, 65535)}`],
            ['--zone mark'],
            ['--zone-orig 5'],
            ['--zone-reply mark'],
            ['', '--zone 0'],
          ]),
        ],
        [
          after('--ctevents', list(r, ['new', 'related', 'destroy', 'reply', 'assured', 'mark'])),
          ['--expevents new'],
        ],
      ]),
  },
  {
    name: 'TPROXY',
    fits: (p) => p.table === 'mangle' && p.chain === 'PREROUTING',
    protocols: PORTED,
    options: (r, { family }) => [
      after('--on-port', r.pick([['80', 'http', '080'], [`${r.between(1, 65535)}`]])),
      family === 'ipv4' ? ['', '--on-ip 0.0.0.0'] : ['', '--on-ip ::'],
      r.pick([['', '--tproxy-mark 0/0'], after('--tproxy-mark', mark(r))]),
    ],
  },
  {
    name: 'TEE',
    fits: inTable('mangle'),
    options: (r, { family }) => [
      [`--gateway ${family === 'ipv4' ? write.ipv4(r) : '2001:db8::7'}`],
      ...(r.chance(30) ? [['--oif lo']] : []),
    ],
  },
  {
    name: 'SET',
    fits: inTable('mangle', 'filter'),
    options: (r, { family }) => {
      const [one, two] = family === 'ipv4' ? ['s4', 's4p'] : ['s6', 's6p'];
      return r.pick([
        [[`--add-set ${one} src`], ...optional(r, '--exist', '--timeout 60')],
        [[`--del-set ${two} src,dst`]],
        [[`--add-set ${two} dst,src`], [`--del-set ${one} dst`]],
      ]);
    },
  },
  // Kept verbatim by the parser.
  { name: 'CHECKSUM', fits: inTable('mangle'), options: () => [['--checksum-fill']] },
];
