import type { CheckArguments } from '../../../src/core/check/check.ts';
import type { ProbeOutcome } from '../../../src/core/probe/probe.ts';
import { ask, outcome } from '../judged.ts';
import { namespaces } from '../namespaces.ts';
import type { Wrong } from './wrong.ts';

const ping = (from: string, to: string, expect: CheckArguments['ping']['expect'] = 'reply') => ({
  from,
  to,
  expect,
});
const control = { from: 'host', to: '192.168.1.3' };
const http = (
  from: string,
  url: string,
  more: Partial<CheckArguments['http']> = {},
): CheckArguments['http'] => {
  return { from, url, expect: 'answer', status: 200, ...more };
};
const silence = { outcomes: [outcome('silence')] };
const refused = { outcomes: [outcome('rejected')] };
const unreachable = { outcomes: [outcome('no-route')] };
const answered = (body: string, status = 200): { outcomes: ProbeOutcome[] } => {
  return { outcomes: [outcome('answer', { status, body })] };
};
const off = { sysctls: { 'net.ipv4.ip_forward': '0' } };

/** Pings that should fail, HTTP, source addresses, processes. */
export const wrongServices: Wrong[] = [
  [
    'answered after all',
    'fail unexpected-reply red',
    ask(
      namespaces(),
      'ping',
      { ...ping('red', '192.168.15.2', 'no-route'), control },
      { outcomes: [outcome('reply'), outcome('reply')] },
    ),
  ],
  [
    'fails for another reason',
    'fail other-reason host',
    ask(
      namespaces().node('host', off),
      'ping',
      { ...ping('blue', '192.168.1.3', 'no-route'), control },
      { outcomes: [outcome('silence'), outcome('reply')] },
    ),
  ],
  [
    'the control fails too',
    'could-not-check control-failed red',
    ask(
      namespaces(),
      'ping',
      { ...ping('red', '192.168.1.3', 'no-route'), control },
      { outcomes: [outcome('no-route'), outcome('silence')] },
    ),
  ],
  [
    'no control',
    'could-not-check control-failed red',
    ask(namespaces(), 'ping', ping('red', '192.168.1.3', 'no-route'), unreachable),
  ],
  [
    "the control's tool fails",
    'could-not-check tool-failed red',
    ask(
      namespaces(),
      'ping',
      { ...ping('red', '192.168.1.3', 'no-route'), control },
      { outcomes: [outcome('no-route'), outcome('tool-failed')] },
    ),
  ],
  [
    'nobody listens',
    'fail no-listener red',
    ask(namespaces(), 'http', http('host', 'http://192.168.15.1/'), refused),
  ],
  [
    'an answer that breaks off',
    'fail answer-broken host',
    ask(namespaces(), 'http', http('host', 'http://192.168.15.1/'), {
      outcomes: [outcome('broken-answer', { broken: { missing: '90' } })],
    }),
  ],
  [
    'an answer that is no HTTP',
    'fail answer-broken host',
    ask(namespaces(), 'http', http('host', 'http://192.168.15.1/'), { outcomes: [outcome('broken-answer')] }),
  ],
  [
    'a name whose address nothing listens on',
    'fail no-listener red',
    ask(namespaces(), 'http', http('host', 'http://red/'), {
      outcomes: [outcome('rejected', { names: { addresses: ['192.168.15.1'] } })],
    }),
  ],
  [
    'a name nobody can be asked for: no way to the name server',
    'fail no-route lan',
    ask(namespaces(), 'http', http('lan', 'http://www.google.com/'), {
      outcomes: [
        outcome('no-route', { names: { server: '8.8.8.8', nameservers: ['8.8.8.8'], order: ['dns'] } }),
      ],
    }),
  ],
  [
    'a name whose server says nothing',
    'fail name-server-silent lan',
    ask(namespaces(), 'http', http('lan', 'http://www.google.com/'), {
      outcomes: [
        outcome('silence', {
          names: { server: '192.168.1.9', nameservers: ['192.168.1.9'], order: ['dns'] },
        }),
      ],
    }),
  ],
  [
    'DNAT forgotten: the host itself is asked',
    'fail no-listener host',
    ask(namespaces(), 'http', http('lan', 'http://192.168.1.2/'), refused),
  ],
  [
    'listens elsewhere',
    'fail port-closed blue',
    ask(
      namespaces().node('blue', { listeners: ['tcp 127.0.0.1:80'] }),
      'http',
      http('host', 'http://192.168.15.2/'),
      refused,
    ),
  ],
  [
    'another status',
    'fail wrong-status blue',
    ask(namespaces(), 'http', http('blue', 'http://192.168.1.3/'), answered('no', 404)),
  ],
  [
    'another body',
    'fail wrong-body blue',
    ask(
      namespaces(),
      'http',
      http('blue', 'http://192.168.1.3/', { body: 'host=lan' }),
      answered('host=blue'),
    ),
  ],
  [
    'no body',
    'fail wrong-body blue',
    ask(namespaces(), 'http', http('blue', 'http://192.168.1.3/', { body: 'host=lan' }), answered('')),
  ],
  [
    'the client is seen as it is',
    'fail not-translated blue',
    ask(
      namespaces(),
      'http',
      http('blue', 'http://192.168.1.3/', { client: '192.168.1.2' }),
      answered('client_address=192.168.15.2'),
    ),
  ],
  [
    'the client is hidden',
    'fail wrong-translation lan',
    ask(
      namespaces(),
      'http',
      http('lan', 'http://192.168.1.2/', { client: '192.168.1.3' }),
      answered('client_address=192.168.15.5'),
    ),
  ],
  [
    'the client is somebody else',
    'fail wrong-source blue',
    ask(
      namespaces(),
      'http',
      http('blue', 'http://8.8.8.8/', { client: '203.0.113.2' }),
      answered('client_address=192.168.1.2'),
    ),
  ],
  [
    'arrives untranslated',
    'fail not-translated lan',
    ask(
      namespaces(),
      'seen',
      { from: 'blue', to: '192.168.1.3', at: 'lan', source: '192.168.1.2' },
      { outcomes: [outcome('silence', { sources: ['192.168.15.2'] })] },
    ),
  ],
  [
    'does not arrive',
    'fail forwarding-off host',
    ask(
      namespaces().node('host', off),
      'seen',
      { from: 'blue', to: '192.168.1.3', at: 'lan', source: '192.168.1.2' },
      silence,
    ),
  ],
  [
    'should have arrived',
    'fail no-answer lan',
    ask(
      namespaces().node('host', { rules: {} }),
      'seen',
      { from: 'blue', to: '192.168.1.3', at: 'lan', source: '192.168.1.2' },
      silence,
    ),
  ],
  ['no such process', 'fail process-missing red', ask(namespaces(), 'process', { on: 'red', pid: 1 })],
];
