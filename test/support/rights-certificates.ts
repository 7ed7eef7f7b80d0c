import type { TlsFindings } from '../../src/core/probe/probe.ts';
import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { ask, outcome } from './judged.ts';
import { namespaces } from './namespaces.ts';

export const certificate: Extract<TlsFindings, { spoken: true }> = {
  ...{ spoken: true, names: 'DNS:www.example', named: true, issuer: 'CN=Lab CA' },
  ...{ begins: '2026-01-01', ends: '2027-01-01', dates: 'valid', distrust: '' },
};
const asked = { from: 'blue', to: '192.168.1.3', port: 443, expect: 'accepted' } as const;

/** TLS servers that show what they should, or fail as they should. */
export function certificateRights(): Verdict[] {
  return [
    ask(
      namespaces(),
      'tls',
      { ...asked, name: 'www.example', trust: '/etc/ca.pem' },
      { outcomes: [outcome('answer', { tls: certificate })] },
    ),
    ask(namespaces(), 'tls', asked, {
      outcomes: [outcome('answer', { tls: { ...certificate, named: null, distrust: null } })],
    }),
    ask(
      namespaces(),
      'tls',
      { ...asked, expect: 'certificate-expired', control: { from: 'blue', to: '192.168.1.3' } },
      { outcomes: [outcome('answer', { tls: { ...certificate, dates: 'expired' } }), outcome('reply')] },
    ),
  ];
}
