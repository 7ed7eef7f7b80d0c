import { ask } from '../judged.ts';
import { namespaces } from '../namespaces.ts';
import { notForwarded, traced, withGap, withUpstream } from '../traced.ts';
import type { Wrong } from './wrong.ts';

const inner = '192.168.15.2>192.168.1.3';
const outer = '192.168.1.2>192.168.1.3';
const plain = [`blue ${inner}`, `host ${inner}`, `router ${inner}`, `lan ${inner}`];
const hidden = [`blue ${inner}`, `host ${inner} ${outer}`, `router ${outer}`, `lan ${outer}`];
const back = ['lan', 'router', 'host', 'blue'];
const asked = { from: 'blue', to: '192.168.1.3' };
const masqueraded = { translated: [{ at: 'host', chain: 'POSTROUTING' as const }] };
const nat = { ...asked, at: 'host', source: '192.168.1.2' };
const rule = '-A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE';
const moved = { node: 'host', table: 'nat', chain: 'POSTROUTING', rule, before: 1, after: 2 };

/** The way a packet takes, and what is made of it. */
export const wrongPaths: Wrong[] = [
  [
    'a way that was not seen whole',
    'could-not-check tool-failed host',
    ask(
      namespaces(),
      'path',
      { ...asked, through: ['host', 'router'] },
      withGap(traced(plain, back), { code: 'frames-lost', node: 'host', values: { count: '7' } }),
    ),
  ],
  [
    'a node is not passed',
    'fail other-path blue',
    ask(namespaces(), 'path', { ...asked, through: ['red', 'lan'] }, traced(plain, back)),
  ],
  [
    'the proxy sends its request elsewhere',
    'fail other-path lan',
    ask(
      namespaces(),
      'path',
      { ...asked, tcp: 80, upstream: 'lan', through: ['internet'] },
      withUpstream(traced(plain, back), ['lan', 'router', 'red']),
    ),
  ],
  [
    'the proxy answers by itself',
    'fail other-path blue',
    ask(
      namespaces(),
      'path',
      { ...asked, tcp: 80, upstream: 'lan', ends: { at: 'internet' } },
      traced(plain, back),
    ),
  ],
  [
    'the connection of the proxy is dropped',
    'fail forwarding-off host',
    ask(
      namespaces(),
      'path',
      { ...asked, tcp: 80, upstream: 'lan', through: ['internet'] },
      withUpstream(traced(plain, back), ['lan', 'host'], notForwarded),
    ),
  ],
  [
    'nodes in another order',
    'fail other-path blue',
    ask(namespaces(), 'path', { ...asked, through: ['router', 'host'] }, traced(plain, back)),
  ],
  [
    'a node that must not be entered',
    'fail enters-node router',
    ask(namespaces(), 'path', { ...asked, never: ['router'] }, traced(plain, back)),
  ],
  [
    'translated nowhere',
    'fail not-translated host',
    ask(namespaces(), 'path', { ...asked, ...masqueraded }, traced(plain, back)),
  ],
  [
    'forwarded nowhere',
    'fail not-translated host',
    ask(
      namespaces(),
      'path',
      { ...asked, translated: [{ at: 'host', chain: 'PREROUTING' }] },
      traced(plain, back),
    ),
  ],
  [
    'translated although it should not be',
    'fail translated-otherwise host',
    ask(namespaces(), 'path', { ...asked, translated: [] }, traced(hidden, back)),
  ],
  [
    'translated twice',
    'fail translated-otherwise router',
    ask(
      namespaces(),
      'path',
      { ...asked, ...masqueraded },
      traced(
        [...hidden.slice(0, 2), `router ${outer} 203.0.113.2>192.168.1.3`, 'lan 203.0.113.2>192.168.1.3'],
        back,
      ),
    ),
  ],
  [
    'another source arrives',
    'fail wrong-source lan',
    ask(
      namespaces(),
      'path',
      { ...asked, source: { at: 'lan', address: '192.168.1.2' } },
      traced(plain, back),
    ),
  ],
  [
    'the answer comes by another way',
    'fail other-way-back blue',
    ask(namespaces(), 'path', { ...asked, symmetric: true }, traced(plain, ['lan', 'host', 'blue'])),
  ],
  [
    'never comes there: a lost packet proves nothing',
    'fail forwarding-off host',
    ask(namespaces(), 'path', { ...asked, never: ['router'] }, traced(plain.slice(0, 2), [], notForwarded)),
  ],
  [
    'ends at another node',
    'fail other-reason host',
    ask(
      namespaces(),
      'path',
      {
        ...asked,
        ends: { at: 'lan', reason: 'forwarding-off' },
        control: { from: 'host', to: '192.168.1.3' },
      },
      traced(plain.slice(0, 2), [], notForwarded),
    ),
  ],
  [
    'does not end at all',
    'fail unexpected-reply blue',
    ask(
      namespaces(),
      'path',
      {
        ...asked,
        ends: { at: 'host', reason: 'forwarding-off' },
        control: { from: 'host', to: '192.168.1.3' },
      },
      traced(plain, back),
    ),
  ],
  [
    'the node sends it on as it came',
    'fail not-translated host',
    ask(namespaces(), 'nat', nat, traced(plain, back)),
  ],
  [
    'the node makes another address of it',
    'fail wrong-translation host',
    ask(namespaces(), 'nat', { ...nat, source: '192.168.1.7' }, traced(hidden, back, {}, [moved])),
  ],
  [
    'the node that translates is not passed',
    'fail other-path host',
    ask(namespaces(), 'nat', nat, traced([`blue ${inner}`, `lan ${inner}`], ['lan', 'blue'])),
  ],
  [
    'another rule has done it',
    'fail rule-not-met host',
    ask(
      namespaces(),
      'nat',
      { ...nat, like: '-t nat -A POSTROUTING -o eth0 -j MASQUERADE' },
      traced(hidden, back, {}, [moved]),
    ),
  ],
  [
    'translated again behind it',
    'fail wrong-source lan',
    ask(namespaces(), 'nat', { ...nat, seen: '203.0.113.2' }, traced(hidden, back, {}, [moved])),
  ],
];
