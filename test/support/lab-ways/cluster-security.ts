import type { LabWays } from './row.ts';

const shop =
  'ubuntu-sleeper node01[destination 10.244.2.2, destinationPort 8080] (host) node02 shop | shop node02 (host) node01[source 10.96.35.1, sourcePort 80] ubuntu-sleeper: delivered';

/** A user, or capabilities, change nothing of a packet's path. */
export const securityContexts: LabWays = {
  user: [
    ['ubuntu-sleeper', 'tcp 10.96.35.1 80', shop, 'same'],
    [
      'ubuntu-sleeper',
      'ping 10.96.35.1',
      'ubuntu-sleeper node01[source 192.168.1.3] host: dropped service-port host',
      'same',
    ],
  ],
  capabilities: [['ubuntu-sleeper', 'tcp 10.96.35.1 80', shop, 'same']],
  'pod-or-container': [],
};

export const apiGroups: LabWays = {
  certificate: [],
  groups: [
    [
      'node02',
      'http http://10.244.1.2:8080/',
      // node01 tells node02 of a better gateway (ICMP redirect).
      'node02 (host) node01 host | node01 (host) node02: dropped wrong-gateway node01',
      'node02 (host) node01 web | web node01 (host) node02: delivered',
    ],
  ],
  proxy: [
    [
      'host',
      'http http://127.0.0.1:8001/api/v1/pods',
      'host host | host host: refused no-listener host',
      'host host | host host: delivered',
    ],
    [
      'node01',
      'tcp 192.168.1.1 8001',
      'node01 host | host node01: refused no-listener host',
      'node01 host | host node01: refused port-closed host',
    ],
    ['node01', 'ping 192.168.1.1', 'node01 host | host node01: delivered', 'same'],
    ['web', 'ping 10.96.0.1', 'web node01[source 192.168.1.3] host: dropped service-port host', 'same'],
  ],
};

const toRegistry = 'node01 (host) registry | registry (host) node01: delivered';
const toWeb = (pod: string, address: string) =>
  `client node01[destination ${address}] (host) node02 ${pod} | ${pod} node02 (host) node01[source 10.96.36.1] client: delivered`;
const before = toWeb('web-cccflcbhkj-x8xdn', '10.244.2.2');

export const imageSecurity: LabWays = {
  refused: [
    ['node01', 'tcp 192.168.1.5 5000', toRegistry, 'same'],
    ['node01', 'ping 192.168.1.5', toRegistry, 'same'],
    ['client', 'http http://web/', before, 'same'],
  ],
  credentials: [
    ['client', 'http http://web/', before, toWeb('web-gcljcgcljg-v5rlk', '10.244.2.4')],
    [
      'client',
      'ping 10.96.36.1',
      'client node01[source 192.168.1.3] host: dropped service-port host',
      'same',
    ],
  ],
};
