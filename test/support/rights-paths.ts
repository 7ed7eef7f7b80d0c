import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { ask } from './judged.ts';
import { namespaces } from './namespaces.ts';
import { notForwarded, traced, withUpstream } from './traced.ts';

const inner = '192.168.15.2>192.168.1.3';
const outer = '192.168.1.2>192.168.1.3';
const hidden = [`blue ${inner}`, `host ${inner} ${outer}`, `router ${outer}`, `lan ${outer}`];
const back = ['lan', 'router', 'host', 'blue'];
const asked = { from: 'blue', to: '192.168.1.3' };
const rule = '-A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE';
const moved = { node: 'host', table: 'nat', chain: 'POSTROUTING', rule, before: 1, after: 2 };
/** Ways and translations that are as asked. */
export function pathRights(): Verdict[] {
  return [
    ask(
      namespaces(),
      'path',
      {
        ...asked,
        through: ['host', 'lan'],
        never: ['internet'],
        translated: [{ at: 'host', chain: 'POSTROUTING' }],
        source: { at: 'lan', address: '192.168.1.2' },
        symmetric: true,
        ends: { at: 'lan' },
      },
      traced(hidden, back),
    ),
    ask(
      namespaces(),
      'path',
      {
        ...asked,
        ends: { at: 'host', reason: 'forwarding-off' },
        control: { from: 'host', to: '192.168.1.3' },
      },
      traced(hidden.slice(0, 2), [], notForwarded),
    ),
    ask(
      namespaces(),
      'path',
      {
        ...{ ...asked, http: 'http://192.168.1.3/', upstream: 'lan' },
        through: ['router', 'internet'],
        translated: [],
        ends: { at: 'internet' },
      },
      withUpstream(traced(hidden, back), [
        'lan 192.168.1.3>192.168.1.9',
        'router 192.168.1.3>192.168.1.9',
        'internet 192.168.1.3>192.168.1.9',
      ]),
    ),
    ask(
      namespaces(),
      'nat',
      { ...asked, at: 'host', source: '192.168.1.2', seen: '192.168.1.2', like: `-t nat ${rule}` },
      traced(hidden, back, {}, [moved]),
    ),
  ];
}
