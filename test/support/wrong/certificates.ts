import type { CheckArguments } from '../../../src/core/check/check.ts';
import type { TlsFindings } from '../../../src/core/probe/probe.ts';
import { ask, outcome } from '../judged.ts';
import { namespaces } from '../namespaces.ts';
import { certificate } from '../rights-certificates.ts';
import type { Wrong } from './wrong.ts';

const asked: CheckArguments['tls'] = {
  ...{ from: 'blue', to: '192.168.1.3', port: 443, name: 'www.example', trust: '/etc/ca.pem' },
  expect: 'accepted',
};
const control = { from: 'blue', to: '192.168.1.3' };
const shows = (tls: TlsFindings) => ({ outcomes: [outcome('answer', { tls }), outcome('reply')] });
const everything = {
  ...certificate,
  ...({ named: false, distrust: 'self-signed certificate', dates: 'expired' } as const),
};

/** TLS servers whose certificate is not what it should be. */
export const wrongCertificates: Wrong[] = [
  [
    'nothing listens for TLS',
    'fail no-listener lan',
    ask(namespaces(), 'tls', asked, { outcomes: [outcome('rejected')] }),
  ],
  [
    'a server without TLS',
    'fail no-tls blue',
    ask(namespaces(), 'tls', asked, shows({ spoken: false, error: 'WRONG_VERSION_NUMBER' })),
  ],
  [
    'the certificate is for another name; nothing else is looked at',
    'fail certificate-name blue',
    ask(namespaces(), 'tls', asked, shows(everything)),
  ],
  [
    'a certificate without any name',
    'fail certificate-name blue',
    ask(namespaces(), 'tls', asked, shows({ ...certificate, names: '', named: false })),
  ],
  [
    'signed by a stranger, and too old',
    'fail certificate-untrusted blue',
    ask(namespaces(), 'tls', asked, shows({ ...everything, named: true })),
  ],
  [
    'a certificate that is too old',
    'fail certificate-expired blue',
    ask(namespaces(), 'tls', asked, shows({ ...certificate, dates: 'expired' })),
  ],
  [
    'a certificate that is not valid yet, whoever signed it',
    'fail certificate-expired blue',
    ask(
      namespaces(),
      'tls',
      { from: 'blue', to: '192.168.1.3', port: 443, expect: 'accepted' },
      shows({ ...certificate, named: null, distrust: null, dates: 'not-yet' }),
    ),
  ],
  [
    'trusted after all',
    'fail unexpected-reply blue',
    ask(namespaces(), 'tls', { ...asked, expect: 'certificate-untrusted', control }, shows(certificate)),
  ],
  [
    'refused for another reason',
    'fail other-reason blue',
    ask(namespaces(), 'tls', { ...asked, expect: 'certificate-untrusted', control }, shows(everything)),
  ],
];
