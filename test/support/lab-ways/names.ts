import type { LabWays } from './row.ts';

const aToB = 'a (host) b | b (host) a: delivered';

export const hostsFile: LabWays = {
  db: [],
  'a-lie': [['a', 'http http://www.google.com/', 'argument-invalid', aToB]],
  'new-address': [
    ['a', 'ping 192.168.1.12', 'a: dropped neighbour-silent a', aToB],
    ['a', 'http http://db/', aToB, 'same'],
    // a still has the MAC address of who had it before.
    ['a', 'http http://192.168.1.11/', aToB, 'a (host) b: dropped no-address b'],
  ],
};

const asks = 'a (host) dns | dns (host) a: delivered';

export const dnsServer: LabWays = {
  'name-server': [
    // The server is there from the beginning; what is missing is that a knows of it.
    ['a', 'dns db @192.168.1.100', asks, 'same'],
    ['a', 'dns www.google.com @192.168.1.100', `${asks} name-server-refuses dns`, 'same'],
    ['a', 'dns db @192.168.1.20', 'a (host) web | web (host) a: refused no-listener web', 'same'],
    ['a', 'dns db @192.168.1.101', 'a: dropped neighbour-silent a', 'same'],
  ],
  'one-change': [
    [
      'b',
      'dns mail @192.168.1.100',
      'b (host) dns | dns (host) b: delivered name-unknown dns',
      'b (host) dns | dns (host) b: delivered',
    ],
  ],
  'both-sources': [['a', 'dns test @192.168.1.100', asks, 'same']],
  order: [],
  forwarding: [
    // The server's own queries meanwhile are not the probe's.
    ['a', 'dns www.google.com @192.168.1.100', `${asks} name-server-refuses dns`, asks],
    [
      'a',
      'dns nowhere.example.com @192.168.1.100',
      `${asks} name-server-refuses dns`,
      `${asks} name-unknown dns`,
    ],
    ['a', 'http http://www.google.com/', 'argument-invalid', 'a host internet | internet host a: delivered'],
    ['dns', 'dns www.google.com @8.8.8.8', 'dns host internet | internet host dns: delivered', 'same'],
  ],
  search: [['a', 'http http://web/', 'argument-invalid', 'a (host) web | web (host) a: delivered']],
};

const refused = 'a (host) dns | dns (host) a: refused no-listener dns';
const by = (node: string) => `a host ${node} | ${node} host a: delivered`;

export const domainNames: LabWays = {
  'from-the-root': [
    ['a', 'dns apps.google.com @198.41.0.4', by('root'), 'same'],
    ['a', 'dns apps.google.com @192.5.6.30', by('com'), 'same'],
    ['a', 'dns apps.google.com @216.239.32.10', by('google'), 'same'],
    ['a', 'dns apps.google.com @192.168.1.100', refused, asks],
    ['a', 'dns nowhere.google.com @192.168.1.100', refused, `${asks} name-unknown dns`],
    ['a', 'http http://apps.google.com/', 'argument-invalid', by('apps')],
  ],
  cache: [
    ['a', 'dns apps.google.com @216.239.32.10', by('google'), 'same'],
    ['a', 'dns apps.google.com @192.168.1.100', asks, 'same'],
  ],
  forget: [['a', 'dns apps.google.com @192.168.1.100', asks, 'same']],
  records: [
    ['a', 'dns apps.google.com @192.168.1.100', asks, 'same'],
    ['a', 'dns maps.google.com @192.168.1.100', `${asks} name-unknown dns`, asks],
    ['a', 'http http://maps.google.com/', 'argument-invalid', by('apps')],
  ],
  'dig-and-getent': [
    ['a', 'dns apps.google.com @192.168.1.100', asks, 'same'],
    // The file sends a to itself, where no program listens.
    ['a', 'http http://apps.google.com/', by('apps'), 'a a | a a: refused no-listener a'],
  ],
};
