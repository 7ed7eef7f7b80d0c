import type { LabWays } from './row.ts';

const missing = 'node-not-found';

/** From a pod of the one node to a pod of the other, and back. */
const across = (from: string, to: string, first: string, second: string) =>
  `${from} ${first} (host) ${second} ${to} | ${to} ${second} (host) ${first} ${from}: delivered`;

/** node02 has no route to the pods of node01. */
const noWayBack = 'web1 node01 (host) node02 web2 | web2 node02: answer-lost reply-not-routed node02';

export const podNetwork: LabWays = {
  'two-pods': [
    ['web1', 'http http://10.244.1.3:8080/', missing, 'web1 (node01) web3 | web3 (node01) web1: delivered'],
  ],
  'the-way-back': [
    ['web1', 'http http://10.244.2.2:8080/', noWayBack, across('web1', 'web2', 'node01', 'node02')],
    ['web1', 'ping 10.244.2.2', noWayBack, across('web1', 'web2', 'node01', 'node02')],
    [
      'web2',
      'http http://10.244.1.2:8080/',
      'web2 node02 | node02 web2: refused no-route node02',
      across('web2', 'web1', 'node02', 'node01'),
    ],
  ],
};

/** An address that no node has leaves by the default route, under the node's address. */
const nobody = 'early node01[source 192.168.1.3] host: dropped service-port host';
const toService = [
  'early node01[destination 10.244.2.2, destinationPort 8080] (host) node02 web',
  'web node02 (host) node01[source 10.96.162.149, sourcePort 80] early: delivered',
].join(' | ');

export const clusterIp: LabWays = {
  service: [
    ['early', 'http http://10.96.162.149/', nobody, toService],
    // A service's address takes the service's port only.
    [
      'early',
      'ping 10.96.162.149',
      nobody,
      'early node01[source 192.168.1.3] host: dropped service-port host',
    ],
  ],
  environment: [],
};
