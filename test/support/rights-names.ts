import type { FamilyAnswer, NameFindings } from '../../src/core/probe/names.ts';
import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { ask, outcome } from './judged.ts';
import { namespaces } from './namespaces.ts';

const files = (text: string) => ({ outcomes: [outcome('answer', { names: { text } })] });
const dns = { from: 'lan', name: 'www.google.com', type: 'A', recurse: true, expect: 'answer' } as const;
const records = [
  { name: 'www.google.com', type: 'CNAME', data: 'apps.google.com' },
  { name: 'apps.google.com', type: 'A', data: '216.58.221.78' },
];
const google = { records, server: '8.8.8.8', referrals: [] };
const found = { outcomes: [outcome('answer', { names: google })] };
const file = { on: 'lan', absent: false };
const control = { from: 'lan', name: 'localhost' };

/** The server has an IPv4 address of a name, and this to say to the question for an IPv6 one. */
export const half = (result: FamilyAnswer): NameFindings => ({
  ...{ server: '8.8.8.8', order: ['files', 'dns'], nameservers: ['8.8.8.8'] },
  families: [
    { type: 'A', result: 'answer' },
    { type: 'AAAA', result },
  ],
});

/** Checks of names, files and servers that pass. */
export function nameRights(): Verdict[] {
  const world = namespaces().node('lan', { listeners: ['tcp 0.0.0.0:80', 'udp 192.168.1.3:53'] });
  return [
    ask(world, 'dns', { ...dns, answer: ['216.58.221.78'], by: '8.8.8.8' }, found),
    ask(world, 'dns', { ...dns, type: 'CNAME', answer: ['Apps.Google.com.'] }, found),
    ask(
      world,
      'dns',
      { ...dns, recurse: false, referral: 'com' },
      { outcomes: [outcome('no-data', { names: { server: '198.41.0.4', referrals: ['com'] } })] },
    ),
    ask(
      world,
      'dns',
      { ...dns, name: 'nope.google.com', expect: 'name-unknown', control },
      { outcomes: [outcome('name-unknown', { names: { server: '8.8.8.8' } }), outcome('answer')] },
    ),
    ask(
      world,
      'cached',
      { from: 'lan', name: 'www.google.com', type: 'A', at: 'internet' },
      { outcomes: [outcome('answer', { names: { ...google, arrived: true, sent: [] } })] },
    ),
    ask(
      world,
      'resolve',
      { from: 'lan', name: 'db', address: '192.168.1.11', libc: 'glibc', expect: 'answer' },
      { outcomes: [outcome('answer', { names: { addresses: ['192.168.1.11'] } })] },
    ),
    ask(
      world,
      'resolve',
      { from: 'lan', name: 'db', libc: 'glibc', expect: 'name-unknown', control },
      { outcomes: [outcome('name-unknown', { names: { order: ['files'] } }), outcome('answer')] },
    ),
    ask(
      world,
      'resolve',
      { from: 'lan', name: 'db', libc: 'musl', expect: 'one-family-only', control },
      { outcomes: [outcome('name-unknown', { names: half('server-refused') }), outcome('answer')] },
    ),
    // glibc takes the family it gets, and a refusal is an answer.
    ask(
      world,
      'resolve',
      { from: 'lan', name: 'db', libc: 'glibc', prompt: true, expect: 'answer' },
      { outcomes: [outcome('answer', { names: { ...half('server-refused'), addresses: ['192.0.2.1'] } })] },
    ),
    ask(
      world,
      'file',
      { ...file, hosts: { address: '192.168.1.11', name: 'db' } },
      files('192.168.1.11\tdb.local  db # the server\n'),
    ),
    ask(world, 'file', { ...file, nameserver: '8.8.8.8', absent: true }, files('nameserver 8.8.4.4\n')),
    ask(world, 'listener', { on: 'lan', protocol: 'tcp', port: 80, absent: false, address: '192.168.1.3' }),
    ask(world, 'listener', { on: 'lan', protocol: 'udp', port: 53, absent: false }),
    ask(world, 'listener', { on: 'lan', protocol: 'tcp', port: 443, absent: true }),
    ask(
      world,
      'tcp',
      { from: 'host', to: '192.168.1.3', port: 80, expect: 'accepted' },
      { outcomes: [outcome('answer')] },
    ),
    ask(
      world,
      'tcp',
      {
        from: 'host',
        to: '192.168.1.3',
        port: 81,
        expect: 'no-listener',
        control: { from: 'host', to: '192.168.1.3' },
      },
      { outcomes: [outcome('rejected'), outcome('reply')] },
    ),
  ];
}
