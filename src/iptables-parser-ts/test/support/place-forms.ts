import type { Form, Place } from './form.ts';
import { after, list, mark, maybeNot, quoted } from './spelling.ts';

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
const outgoing = ({ chain }: Place): boolean => chain === 'OUTPUT' || chain === 'POSTROUTING';

/** Matches on the packet's place and the kernel's marks on it: interfaces, sockets, routes, marks. */
export const placeForms: readonly Form[] = [
  { name: 'mark', options: (r) => [maybeNot(r, after('--mark', mark(r)))] },
  { name: 'comment', options: (r) => [[`--comment ${quoted(r.pick(COMMENTS))}`]] },
  {
    name: 'addrtype',
    options: (r, { family }) => {
      const types = family === 'ipv4' ? TYPES : TYPES6;
      return r.some(['--src-type', '--dst-type'].map((f) => maybeNot(r, after(f, list(r, types)))));
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
    name: 'rpfilter',
    fits: ({ table, chain }) => chain === 'PREROUTING' && table !== 'nat',
    options: (r) => r.some([['--loose'], ['--validmark'], ['--accept-local'], ['--invert']]),
  },
  {
    name: 'pkttype',
    stateful: true,
    options: (r) => [maybeNot(r, [`--pkt-type ${r.pick(['broadcast', 'unicast'])}`])],
  },
];
