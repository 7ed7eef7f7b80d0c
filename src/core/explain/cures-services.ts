import type { Template } from './template.ts';

const share = '{exec}iptables -t nat -R CHAIN NUMBER -m statistic --mode random --probability P -j TARGET';

/** Cures for faults of a service behind one address; see cures.ts. */
export const serviceCures = {
  'service-port': {
    run: ['kubectl -n {serviceNamespace} describe service {service}', 'kubectl get services -A'],
    on: '{kubectl}',
    better: [{ run: '{jump}', on: '{proxyNode}' }],
  },
  'no-tls': { run: '{exec}{look}' },
  'certificate-name': {
    run: [
      "echo 'subjectAltName = DNS:{name}' > NAMES\nopenssl x509 -req -in REQUEST -CA CA -CAkey KEY -days 90 -extfile NAMES",
      '{exec}{look}',
    ],
  },
  'certificate-untrusted': { run: ['cp CA {trust}', '{exec}{look}'] },
  'certificate-expired': { run: 'openssl x509 -req -in REQUEST -CA CA -CAkey KEY -days 90' },
  'some-unanswered': { run: '{exec}iptables -t nat -D CHAIN NUMBER' },
  'unknown-backend': { run: '{exec}curl -i {url}' },
  'backend-idle': {
    run: '{exec}iptables -t nat -I CHAIN NUMBER -m statistic --mode random --probability P -j TARGET',
  },
  'share-too-small': { run: share },
  'share-too-large': { run: share },
  'several-backends': { run: '{exec}iptables -t nat -D CHAIN NUMBER' },
} satisfies Record<string, { run: Template; on?: string; better?: readonly { run: string; on: string }[] }>;
