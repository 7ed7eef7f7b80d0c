import type { CheckArguments } from '../../../src/core/check/check.ts';
import type { NameFindings } from '../../../src/core/probe/names.ts';
import { ask, outcome } from '../judged.ts';
import { namespaces } from '../namespaces.ts';
import { half } from '../rights-names.ts';
import type { Wrong } from './wrong.ts';

const dns = (more: Partial<CheckArguments['dns']> = {}): CheckArguments['dns'] => {
  return { from: 'lan', name: 'www.google.com', type: 'A', recurse: true, expect: 'answer', ...more };
};
const resolve = (more: Partial<CheckArguments['resolve']> = {}): CheckArguments['resolve'] => {
  return { from: 'lan', name: 'db', libc: 'glibc', expect: 'answer', ...more };
};
const file = (more: Partial<CheckArguments['file']>): CheckArguments['file'] => {
  return { on: 'lan', absent: false, ...more };
};
const listener = (more: Partial<CheckArguments['listener']> = {}): CheckArguments['listener'] => {
  return { on: 'lan', protocol: 'tcp', port: 80, absent: false, ...more };
};
const came = (result: Parameters<typeof outcome>[0], names: NameFindings = {}) => ({
  outcomes: [outcome(result, { names })],
});
const a = (data: string) => [{ name: 'www.google.com', type: 'A', data }];
const both = { server: '8.8.8.8', order: ['files', 'dns'], nameservers: ['8.8.8.8'] };
const db = { address: '192.168.1.11', name: 'db' };

/** lan knows its way to the name server of internet, which asks others. */
const forwarding = () =>
  namespaces()
    .node('lan', { routes: ['default via 192.168.1.1'] })
    .node('internet', { listeners: ['udp 0.0.0.0:53 process dnsmasq'] });

/** Names, files, listeners, TCP. */
export const wrongNames: Wrong[] = [
  [
    'nobody has the name server address',
    'fail name-server-silent lan',
    ask(namespaces(), 'dns', dns({ server: '192.168.1.9' }), came('silence', { server: '192.168.1.9' })),
  ],
  [
    'the name server is not running',
    'fail no-listener internet',
    ask(
      namespaces().node('lan', { routes: ['default via 192.168.1.1'] }),
      'dns',
      dns({ server: '8.8.8.8' }),
      came('rejected', { server: '8.8.8.8' }),
    ),
  ],
  [
    'no way to the name server',
    'fail no-route lan',
    ask(namespaces(), 'dns', dns({ server: '8.8.8.8' }), came('no-route', { server: '8.8.8.8' })),
  ],
  [
    'no name server at all',
    'fail no-name-server lan',
    ask(namespaces(), 'dns', dns(), came('rejected', { server: '::1', nameservers: [] })),
  ],
  [
    'NXDOMAIN',
    'fail name-unknown lan',
    ask(namespaces(), 'dns', dns({ name: 'nope.google.com' }), came('name-unknown', { server: '8.8.8.8' })),
  ],
  [
    'dnsmasq does not know it',
    'fail name-unknown lan',
    ask(forwarding(), 'dns', dns(), came('name-unknown', { server: '8.8.8.8' })),
  ],
  [
    'dnsmasq has no server to ask',
    'fail name-server-refuses lan',
    ask(forwarding(), 'dns', dns(), came('server-refused', { server: '8.8.8.8' })),
  ],
  [
    'dnsmasq gets no answer itself',
    'fail name-server-silent lan',
    ask(forwarding(), 'dns', dns({ server: '8.8.8.8' }), came('silence', { server: '8.8.8.8' })),
  ],
  [
    'REFUSED',
    'fail name-server-refuses lan',
    ask(namespaces(), 'dns', dns(), came('server-refused', { server: '8.8.8.8' })),
  ],
  [
    'SERVFAIL',
    'fail name-server-fails lan',
    ask(namespaces(), 'dns', dns(), came('server-failed', { server: '8.8.8.8' })),
  ],
  [
    'SERVFAIL, of the root too',
    'fail name-server-fails lan',
    ask(namespaces(), 'dns', dns(), came('server-failed', { server: '8.8.8.8', rootless: true })),
  ],
  [
    'no record of this type',
    'fail record-missing lan',
    ask(namespaces(), 'dns', dns({ type: 'AAAA' }), came('no-data', { server: '8.8.8.8', records: [] })),
  ],
  [
    'a record of another type only',
    'fail record-missing lan',
    ask(
      namespaces(),
      'dns',
      dns({ type: 'CNAME' }),
      came('answer', { server: '8.8.8.8', records: a('192.0.2.1') }),
    ),
  ],
  [
    'another address',
    'fail wrong-answer lan',
    ask(
      namespaces(),
      'dns',
      dns({ answer: ['216.58.221.78'] }),
      came('answer', { server: '8.8.8.8', records: a('192.0.2.1') }),
    ),
  ],
  [
    'a text written without quotes, so that it is several',
    'fail wrong-answer lan',
    ask(
      namespaces(),
      'dns',
      dns({ type: 'TXT', answer: ['v=spf1 -all'] }),
      came('answer', {
        server: '8.8.8.8',
        records: [{ name: 'apps.google.com', type: 'TXT', data: '"v=spf1" "-all"' }],
      }),
    ),
  ],
  [
    'referred elsewhere',
    'fail wrong-answer lan',
    ask(
      namespaces(),
      'dns',
      dns({ referral: 'com', recurse: false }),
      came('no-data', { server: '8.8.8.8', referrals: ['org'] }),
    ),
  ],
  [
    'answered by another server',
    'fail wrong-name-server lan',
    ask(
      namespaces(),
      'dns',
      dns({ by: '192.168.1.100' }),
      came('answer', { server: '8.8.8.8', records: a('192.0.2.1') }),
    ),
  ],
  [
    'the first of two servers does not know it',
    'fail wrong-name-server lan',
    ask(
      namespaces(),
      'dns',
      dns({ by: '192.168.1.100' }),
      came('name-unknown', { server: '8.8.8.8', nameservers: ['8.8.8.8', '192.168.1.100'] }),
    ),
  ],
  [
    'asked again although just answered',
    'fail not-cached internet',
    ask(
      namespaces(),
      'cached',
      { from: 'lan', name: 'www.google.com', type: 'A', at: 'internet' },
      came('answer', { server: '8.8.8.8', arrived: true, sent: ['198.41.0.4: A? www.google.com.'] }),
    ),
  ],
  [
    'the query does not come to the server watched',
    'fail wrong-name-server lan',
    ask(
      namespaces(),
      'cached',
      { from: 'lan', name: 'www.google.com', type: 'A', at: 'router' },
      came('answer', { server: '8.8.8.8', arrived: false, sent: [] }),
    ),
  ],
  [
    'not answered, so not cached',
    'fail name-unknown lan',
    ask(
      namespaces(),
      'cached',
      { from: 'lan', name: 'www.google.com', type: 'A', at: 'internet' },
      came('name-unknown', { server: '8.8.8.8' }),
    ),
  ],
  [
    'a name that should be unknown',
    'fail unexpected-reply lan',
    ask(
      namespaces(),
      'dns',
      dns({ expect: 'name-unknown' }),
      came('answer', { server: '8.8.8.8', records: a('192.0.2.1') }),
    ),
  ],
  [
    'unknown to the hosts file, and no name server',
    'fail name-unknown lan',
    ask(
      namespaces(),
      'resolve',
      resolve(),
      came('rejected', { server: '::1', nameservers: [], order: ['files', 'dns'] }),
    ),
  ],
  [
    'unknown to the name server as well',
    'fail name-unknown lan',
    ask(namespaces(), 'resolve', resolve(), came('name-unknown', both)),
  ],
  ...(['server-refused', 'name-unknown', 'silence'] as const).map(
    (result): Wrong => [
      `the other family of addresses: ${result}`,
      'fail one-family-only lan',
      ask(namespaces(), 'resolve', resolve({ libc: 'musl' }), came('name-unknown', half(result))),
    ],
  ),
  [
    'a family that stays silent costs time',
    'fail one-family-only lan',
    ask(
      namespaces(),
      'resolve',
      resolve({ prompt: true }),
      came('answer', { ...half('silence'), addresses: ['192.0.2.1'] }),
    ),
  ],
  [
    'the hosts file has an old address',
    'fail wrong-answer lan',
    ask(
      namespaces(),
      'resolve',
      resolve({ address: '192.168.1.12' }),
      came('answer', { addresses: ['192.168.1.11', '192.168.1.12'], order: ['files', 'dns'] }),
    ),
  ],
  [
    'the control of a name is not found',
    'could-not-check control-failed lan',
    ask(
      namespaces(),
      'resolve',
      resolve({ expect: 'name-unknown', control: { from: 'lan', name: 'localhost' } }),
      { outcomes: [outcome('name-unknown', { names: both }), outcome('name-unknown')] },
    ),
  ],
  [
    'the line is missing',
    'fail entry-missing lan',
    ask(namespaces(), 'file', file({ hosts: db }), came('answer', { text: '127.0.0.1 localhost\n' })),
  ],
  [
    'the file is missing',
    'fail entry-missing red',
    ask(
      namespaces(),
      'file',
      file({ on: 'red', nameserver: '192.168.1.100' }),
      came('answer', { text: null }),
    ),
  ],
  [
    'the line is the entry but for one thing',
    'fail wrong-entry lan',
    ask(
      namespaces(),
      'file',
      { on: 'lan', hosts: { address: '192.168.1.11', name: 'mail' }, absent: false },
      { outcomes: [outcome('answer', { names: { text: 'mail 192.168.1.11\n' } })] },
    ),
  ],
  [
    'the line says otherwise',
    'fail wrong-entry lan',
    ask(namespaces(), 'file', file({ hosts: db }), came('answer', { text: '192.168.1.12 db\n' })),
  ],
  [
    'the line is there',
    'fail entry-present lan',
    ask(
      namespaces(),
      'file',
      file({ hosts: db, absent: true }),
      came('answer', { text: '192.168.1.11\tdb.local db\n' }),
    ),
  ],
  [
    'nothing listens on this port',
    'fail no-listener lan',
    ask(namespaces(), 'listener', listener({ protocol: 'udp', port: 53 })),
  ],
  [
    'listens on another address',
    'fail port-closed lan',
    ask(
      namespaces().node('lan', { listeners: ['tcp 127.0.0.1:80'] }),
      'listener',
      listener({ address: '192.168.1.3' }),
    ),
  ],
  [
    'listens although it should not',
    'fail listener-present lan',
    ask(namespaces(), 'listener', listener({ absent: true })),
  ],
  [
    'another program listens',
    'fail wrong-process lan',
    ask(namespaces(), 'listener', listener({ process: 'nginx' })),
  ],
  [
    'TCP refused',
    'fail no-listener red',
    ask(
      namespaces(),
      'tcp',
      { from: 'host', to: '192.168.15.1', port: 80, expect: 'accepted' },
      came('rejected'),
    ),
  ],
  [
    'TCP, and a program that accepts none',
    'fail listener-full red',
    ask(
      namespaces().node('red', { listeners: ['tcp *:80 waiting 2'] }),
      'tcp',
      { from: 'host', to: '192.168.15.1', port: 80, expect: 'accepted' },
      came('silence'),
    ),
  ],
  [
    'TCP accepted after all',
    'fail unexpected-reply host',
    ask(
      namespaces(),
      'tcp',
      { from: 'host', to: '192.168.15.2', port: 80, expect: 'no-listener' },
      came('answer'),
    ),
  ],
];
