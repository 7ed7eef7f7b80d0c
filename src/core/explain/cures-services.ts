import type { Template } from './template.ts';

/** Cures for what is wrong with a service behind one address; see cures.ts. */
export const serviceCures = {
  'no-tls': { run: '{exec}{look}' },
  'certificate-name': {
    run: [
      "echo 'subjectAltName = DNS:{name}' > NAMES\nopenssl x509 -req -in REQUEST -CA CA -CAkey KEY -days 90 -extfile NAMES",
      '{exec}{look}',
    ],
  },
  'certificate-untrusted': { run: ['cp CA {trust}', '{exec}{look}'] },
  'certificate-expired': { run: 'openssl x509 -req -in REQUEST -CA CA -CAkey KEY -days 90' },
  'some-unanswered': { run: '{exec}iptables -t nat -nvL' },
  'unknown-backend': { run: '{exec}curl -i {url}' },
  'backend-idle': { run: '{exec}iptables -t nat -nvL' },
  'share-too-small': { run: '{exec}iptables -t nat -nvL' },
  'share-too-large': { run: '{exec}iptables -t nat -nvL' },
  'several-backends': { run: '{exec}iptables -t nat -nvL' },
} satisfies Record<string, { run: Template }>;
