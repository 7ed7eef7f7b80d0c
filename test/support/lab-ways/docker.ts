import type { LabWays } from './row.ts';

const missing = 'node-not-found';
const lanHost = 'lan host | host lan: delivered';
const closed = 'lan host | host lan: refused no-listener host';

/** A container's or namespace's packet, sent on under the host's address. */
const masqueraded = (from: string, address: string) =>
  `${from} host[source 192.168.1.2] lan | lan host[destination ${address}] ${from}: delivered`;

const dropped = 'hand host: dropped dropped-by-rule host';

export const containerNetwork: LabWays = {
  'by-hand': [
    ['hand', 'ping 172.30.0.1', missing, 'hand host | host hand: delivered'],
    ['hand', 'ping 192.168.1.3', missing, dropped],
  ],
  outside: [
    ['hand', 'ping 192.168.1.3', dropped, masqueraded('hand', '172.30.0.2')],
    ['lan', 'ping 172.30.0.2', ': dropped no-route lan', 'same'],
    ['lan', 'ping 192.168.1.2', lanHost, 'same'],
  ],
  'by-docker': [
    ['box', 'ping 192.168.1.3', missing, masqueraded('box', '172.31.0.2')],
    // Docker keeps its own networks apart, and forwards to every other.
    [
      'box',
      'ping 172.30.0.2',
      missing,
      'box host[source 172.30.0.1] hand | hand host[destination 172.31.0.2] box: delivered',
    ],
  ],
};

const toWeb = 'host[destination 172.17.0.2, destinationPort 80] web';
const fromWeb = 'web host[source 192.168.1.2, sourcePort 8080]';
const published = `lan ${toWeb} | ${fromWeb} lan: delivered`;
/** docker-proxy answers; what it asks of the container is a connection of its own. */
const proxied = (from: string, container = 'web') =>
  `${from} host | host ${from}: delivered; docker-proxy: host ${container} | ${container} host: delivered`;
const firewalled = 'lan host[destination 172.17.0.2, destinationPort 80]: dropped dropped-by-rule host';
const page = 'http http://192.168.1.2:8080/getIP.php';

export const publishedPorts: LabWays = {
  publish: [
    ['lan', 'ping 192.168.1.2', lanHost, 'same'],
    ['lan', page, closed, published],
  ],
  clients: [
    ['host', 'http http://127.0.0.1:8080/getIP.php', proxied('host'), 'same'],
    ['host', page, `${toWeb} | ${fromWeb}: delivered`, 'same'],
    ['other', 'http http://172.17.0.2/getIP.php', missing, 'other (host) web | web (host) other: delivered'],
    ['other', page, missing, proxied('other')],
    ['web', page, proxied('web'), 'same'],
    ['other', 'ping 192.168.1.3', missing, masqueraded('other', '172.17.0.3')],
  ],
  'loopback-only': [
    [
      'host',
      'http http://127.0.0.1:8081/getIP.php',
      'host host | host host: refused no-listener host',
      proxied('host', 'admin'),
    ],
    ['lan', 'tcp 192.168.1.2 8081', closed, 'lan host | host lan: refused port-closed host'],
    ['lan', 'ping 192.168.1.2', lanHost, 'same'],
  ],
  firewall: [
    ['lan', 'tcp 192.168.1.2 8080', published, firewalled],
    ['lan', 'ping 192.168.1.2', lanHost, 'same'],
    ['host', 'http http://127.0.0.1:8080/getIP.php', proxied('host'), 'same'],
  ],
  'left-behind': [
    [
      'blue',
      'ping 192.168.1.3',
      'blue host: dropped dropped-by-rule host',
      'blue host lan | lan host blue: delivered',
    ],
    [
      'lan',
      'ping 192.168.15.2',
      'lan host: dropped dropped-by-rule host',
      'lan host blue | blue host lan: delivered',
    ],
    ['lan', 'tcp 192.168.1.2 8080', firewalled, 'same'],
    ['lan', 'ping 192.168.1.2', lanHost, 'same'],
  ],
};

const inside = 'nginx (host) speedtest | speedtest (host) nginx: delivered';
const to = (name: string, address: string) =>
  `lan host[destination ${address}] ${name} | ${name} host[source 192.168.1.2] lan: delivered`;

export const compose: LabWays = {
  apart: [
    ['lan', 'http http://192.168.1.2/', closed, to('speedtest', '172.18.0.2')],
    ['lan', 'tcp 192.168.1.2 443', closed, 'same'],
    ['lan', 'ping 192.168.1.2', lanHost, 'same'],
  ],
  backbone: [
    ['nginx', 'http http://speedtest/', missing, inside],
    ['lan', 'tcp 192.168.1.2 443', closed, to('nginx', '172.20.0.3')],
  ],
  'only-nginx': [
    ['lan', 'tcp 192.168.1.2 80', to('speedtest', '172.20.0.2'), closed],
    ['lan', 'ping 192.168.1.2', lanHost, 'same'],
    ['nginx', 'http http://speedtest/', inside, 'same'],
  ],
};
