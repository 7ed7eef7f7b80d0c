import type { LabWays } from './row.ts';

/** Ports that MASQUERADE --random-fully has chosen are written N. */

/** No rule takes an echo for the address of a balancer; the routes send it around until its TTL is 0. */
const loop = (node: string) =>
  `client host ${`balancer (host) ${node} host `.repeat(21)}| host client: dropped routing-loop host`;

export const cniFailure: LabWays = {
  stuck: [],
  install: [
    [
      'node01',
      'http http://10.40.0.2/',
      'node01 host: dropped wrong-gateway node01',
      'node01 my-nginx | my-nginx node01: delivered',
    ],
  ],
  firewall: [
    [
      'client',
      'http http://10.40.0.2/',
      'client node01 (host) node02 | client client: dropped dropped-by-rule node02',
      'client (node02) node02 (host) node01 (node01) my-nginx | my-nginx (node01) node01 (host) node02 (node02) client: delivered',
    ],
    [
      'client',
      'ping 10.40.0.2',
      'client node01 (host) node02: dropped dropped-by-rule node02',
      'client (node02) node02 (host) node01 (node01) my-nginx | my-nginx (node01) node01 (host) node02 (node02) client: delivered',
    ],
    [
      'client',
      'tcp 10.40.0.2 80',
      'client node01 (host) node02: dropped dropped-by-rule node02',
      'client (node02) node02 (host) node01 (node01) my-nginx | my-nginx (node01) node01 (host) node02 (node02) client: delivered',
    ],
  ],
};

export const loadBalancing: LabWays = {
  'by-hand': [
    [
      'client',
      'ping 10.96.0.99',
      'client node01[source 192.168.1.3] host: dropped service-port host',
      'same',
    ],
  ],
  service: [
    [
      'client',
      'ping 10.96.0.100',
      'client node01[source 192.168.1.3] host: dropped service-port host',
      'same',
    ],
  ],
  'pod-goes': [],
  affinity: [],
};

export const nodePort: LabWays = {
  'node-port': [
    [
      'client',
      'http http://104.197.41.11:31704/',
      'client host node01 | node01 host client: refused no-listener node01',
      'client host node01[source 10.244.1.1, destination 10.244.1.2, sourcePort N, destinationPort 80] web | web node01[source 104.197.41.11, destination 104.132.1.79, sourcePort 31704, destinationPort N] host client: delivered',
    ],
    [
      'client',
      'http http://23.251.152.56:31704/',
      'client host node02 | node02 host client: refused no-listener node02',
      'client host node02[source 10.240.0.5, destination 10.244.1.2, sourcePort N, destinationPort 80] (host) node01 web | web node01 (host) node02[source 23.251.152.56, destination 104.132.1.79, sourcePort 31704, destinationPort N] host client: delivered',
    ],
    [
      'host',
      'http http://10.240.0.2:31704/',
      'host controlplane | controlplane host: refused no-listener controlplane',
      'host controlplane[source 10.240.0.2, destination 10.244.1.2, sourcePort N, destinationPort 80] (host) node01 web | web node01 (host) controlplane[source 10.240.0.2, destination 10.240.0.1, sourcePort 31704, destinationPort N] host: delivered',
    ],
    ['client', 'ping 23.251.152.56', 'client host node02 | node02 host client: delivered', 'same'],
    [
      'client',
      'tcp 23.251.152.56 31704',
      'client host node02 | node02 host client: refused no-listener node02',
      'client host node02[source 10.240.0.5, destination 10.244.1.2, sourcePort N, destinationPort 80] (host) node01 web | web node01 (host) node02[source 23.251.152.56, destination 104.132.1.79, sourcePort 31704, destinationPort N] host client: delivered',
    ],
  ],
  'load-balancer': [
    ['client', 'ping 203.0.113.140', 'client host balancer | balancer host client: delivered', 'same'],
    [
      'inside',
      'ping 203.0.113.140',
      'inside node02[source 10.240.0.5] host balancer | balancer (host) node02[destination 10.244.2.2] inside: delivered',
      'same',
    ],
    [
      'inside',
      'tcp 203.0.113.140 8080',
      'inside node02[source 10.240.0.5] host balancer | balancer (host) node02[destination 10.244.2.2] inside: refused no-listener balancer',
      'inside node02[source 10.240.0.5, destination 10.244.1.2, sourcePort N, destinationPort 80] (host) node01 web | web node01 (host) node02[source 203.0.113.140, destination 10.244.2.2, sourcePort 8080, destinationPort N] inside: delivered',
    ],
  ],
  'health-checks': [
    [
      'client',
      'http http://23.251.152.56:31704/',
      'client host node02[source 10.240.0.5, destination 10.244.1.2, sourcePort N, destinationPort 80] (host) node01 web | web node01 (host) node02[source 23.251.152.56, destination 104.132.1.79, sourcePort 31704, destinationPort N] host client: delivered',
      'client host node02: dropped dropped-by-rule node02',
    ],
    ['client', 'ping 23.251.152.56', 'client host node02 | node02 host client: delivered', 'same'],
  ],
};

export const sourceIp: LabWays = {
  inside: [
    [
      'far',
      'http http://10.96.170.92/',
      'far node01[source 10.240.0.3] host | host node01[destination 10.244.1.2] far: refused service-port host',
      'far node01[destination 10.244.2.2, destinationPort 8080] (host) node02 source-ip-app | source-ip-app node02 (host) node01[source 10.96.170.92, sourcePort 80] far: delivered',
    ],
    [
      'near',
      'http http://10.96.170.92/',
      'near node02[source 10.240.0.5] host | host node02[destination 10.244.2.3] near: refused service-port host',
      'near (node02)[destination 10.244.2.2, destinationPort 8080] source-ip-app | source-ip-app (node02)[source 10.96.170.92, sourcePort 80] near: delivered',
    ],
    [
      'node01',
      'http http://10.96.170.92/',
      'node01 host | host node01: refused service-port host',
      'node01[destination 10.244.2.2, sourcePort N, destinationPort 8080] (host) node02 source-ip-app | source-ip-app node02 (host) node01[source 10.96.170.92, sourcePort 80, destinationPort N]: delivered',
    ],
    [
      'node02',
      'http http://10.96.170.92/',
      'node02 host | host node02: refused service-port host',
      'node02[source 10.244.2.1, destination 10.244.2.2, sourcePort N, destinationPort 8080] source-ip-app | source-ip-app node02[source 10.96.170.92, destination 10.240.0.5, sourcePort 80, destinationPort N]: delivered',
    ],
    [
      'source-ip-app',
      'http http://10.96.170.92/',
      'source-ip-app node02[source 10.240.0.5] host | host node02[destination 10.244.2.2] source-ip-app: refused service-port host',
      'source-ip-app (node02)[source 10.244.2.1, destination 10.244.2.2, sourcePort N, destinationPort 8080] source-ip-app | source-ip-app (node02)[source 10.96.170.92, destination 10.244.2.2, sourcePort 80, destinationPort N] source-ip-app: delivered',
    ],
    [
      'far',
      'ping 10.96.170.92',
      'far node01[source 10.240.0.3] host | host node01[destination 10.244.1.2] far: refused service-port host',
      'far node01[source 10.240.0.3] host | host node01[destination 10.244.1.2] far: refused service-port host',
    ],
    [
      'far',
      'tcp 10.96.170.92 80',
      'far node01[source 10.240.0.3] host | host node01[destination 10.244.1.2] far: refused service-port host',
      'far node01[destination 10.244.2.2, destinationPort 8080] (host) node02 source-ip-app | source-ip-app node02 (host) node01[source 10.96.170.92, sourcePort 80] far: delivered',
    ],
  ],
  'node-port': [
    [
      'client',
      'http http://10.240.0.3:31704/',
      'client host node01 | node01 host client: refused no-listener node01',
      'client host node01[source 10.240.0.3, destination 10.244.2.2, sourcePort N, destinationPort 8080] (host) node02 source-ip-app | source-ip-app node02 (host) node01[source 10.240.0.3, destination 104.132.1.79, sourcePort 31704, destinationPort N] host client: delivered',
    ],
    [
      'client',
      'http http://10.240.0.5:31704/',
      'client host node02 | node02 host client: refused no-listener node02',
      'client host node02[source 10.244.2.1, destination 10.244.2.2, sourcePort N, destinationPort 8080] source-ip-app | source-ip-app node02[source 10.240.0.5, destination 104.132.1.79, sourcePort 31704, destinationPort N] host client: delivered',
    ],
    [
      'far',
      'http http://10.240.0.5:31704/',
      'far node01[source 10.240.0.3] (host) node02 | node02 (host) node01[destination 10.244.1.2] far: refused no-listener node02',
      'far node01[source 10.240.0.3] (host) node02[source 10.244.2.1, destination 10.244.2.2, sourcePort N, destinationPort 8080] source-ip-app | source-ip-app node02[source 10.240.0.5, destination 10.240.0.3, sourcePort 31704, destinationPort N] (host) node01[destination 10.244.1.2] far: delivered',
    ],
    ['client', 'ping 10.240.0.3', 'client host node01 | node01 host client: delivered', 'same'],
    [
      'client',
      'tcp 10.240.0.3 31704',
      'client host node01 | node01 host client: refused no-listener node01',
      'client host node01[source 10.240.0.3, destination 10.244.2.2, sourcePort N, destinationPort 8080] (host) node02 source-ip-app | source-ip-app node02 (host) node01[source 10.240.0.3, destination 104.132.1.79, sourcePort 31704, destinationPort N] host client: delivered',
    ],
  ],
  local: [
    [
      'client',
      'http http://10.240.0.5:31704/',
      'client host node02[source 10.244.2.1, destination 10.244.2.2, sourcePort N, destinationPort 8080] source-ip-app | source-ip-app node02[source 10.240.0.5, destination 104.132.1.79, sourcePort 31704, destinationPort N] host client: delivered',
      'client host node02[destination 10.244.2.2, destinationPort 8080] source-ip-app | source-ip-app node02[source 10.240.0.5, sourcePort 31704] host client: delivered',
    ],
    [
      'client',
      'http http://10.240.0.3:31704/',
      'client host node01[source 10.240.0.3, destination 10.244.2.2, sourcePort N, destinationPort 8080] (host) node02 source-ip-app | source-ip-app node02 (host) node01[source 10.240.0.3, destination 104.132.1.79, sourcePort 31704, destinationPort N] host client: delivered',
      'client host node01: dropped dropped-by-rule node01',
    ],
    ['client', 'ping 10.240.0.3', 'client host node01 | node01 host client: delivered', 'same'],
    [
      'far',
      'http http://10.240.0.3:31704/',
      'far node01[source 10.240.0.3, destination 10.244.2.2, sourcePort N, destinationPort 8080] (host) node02 source-ip-app | source-ip-app node02 (host) node01[source 10.240.0.3, destination 10.244.1.2, sourcePort 31704, destinationPort N] far: delivered',
      'far node01[destination 10.244.2.2, destinationPort 8080] (host) node02 source-ip-app | source-ip-app node02 (host) node01[source 10.240.0.3, sourcePort 31704] far: delivered',
    ],
    ['client', 'ping 10.240.0.5', 'client host node02 | node02 host client: delivered', 'same'],
    [
      'client',
      'tcp 10.240.0.5 31704',
      'client host node02[source 10.244.2.1, destination 10.244.2.2, sourcePort N, destinationPort 8080] source-ip-app | source-ip-app node02[source 10.240.0.5, destination 104.132.1.79, sourcePort 31704, destinationPort N] host client: delivered',
      'client host node02[destination 10.244.2.2, destinationPort 8080] source-ip-app | source-ip-app node02[source 10.240.0.5, sourcePort 31704] host client: delivered',
    ],
  ],
  balancer: [
    [
      'client',
      'http http://203.0.113.140/',
      'client host balancer | balancer host client: refused route-refuses balancer',
      'client host balancer (host) node01[source 10.240.0.3, destination 10.244.2.2, sourcePort N, destinationPort 8080] (host) node02 source-ip-app | source-ip-app node02 (host) node01[source 203.0.113.140, destination 104.132.1.79, sourcePort 80, destinationPort N] host client: delivered',
    ],
    [
      'client',
      'ping 203.0.113.140',
      'client host balancer | balancer host client: refused route-refuses balancer',
      loop('node01'),
    ],
    [
      'client',
      'tcp 203.0.113.140 80',
      'client host balancer | balancer host client: refused route-refuses balancer',
      'client host balancer (host) node01[source 10.240.0.3, destination 10.244.2.2, sourcePort N, destinationPort 8080] (host) node02 source-ip-app | source-ip-app node02 (host) node01[source 203.0.113.140, destination 104.132.1.79, sourcePort 80, destinationPort N] host client: delivered',
    ],
    [
      'far',
      'ping 203.0.113.140',
      'far node01[source 10.240.0.3] host balancer | host node01: refused route-refuses balancer',
      'far node01[source 10.240.0.3] host balancer (host) node01 | host node01: dropped service-port node01',
    ],
    [
      'far',
      'tcp 203.0.113.140 80',
      'far node01[source 10.240.0.3] host balancer | host node01: refused route-refuses balancer',
      'far node01[source 10.240.0.3, destination 10.244.2.2, sourcePort N, destinationPort 8080] (host) node02 source-ip-app | source-ip-app node02 (host) node01[source 203.0.113.140, destination 10.244.1.2, sourcePort 80, destinationPort N] far: delivered',
    ],
  ],
  'balancer-local': [
    [
      'client',
      'http http://203.0.113.140/',
      'client host balancer (host) node01[source 10.240.0.3, destination 10.244.2.2, sourcePort N, destinationPort 8080] (host) node02 source-ip-app | source-ip-app node02 (host) node01[source 203.0.113.140, destination 104.132.1.79, sourcePort 80, destinationPort N] host client: delivered',
      'client host balancer (host) node02[destination 10.244.2.2, destinationPort 8080] source-ip-app | source-ip-app node02[source 203.0.113.140, sourcePort 80] host client: delivered',
    ],
    ['client', 'ping 203.0.113.140', loop('node01'), loop('node02')],
    [
      'client',
      'tcp 203.0.113.140 80',
      'client host balancer (host) node01[source 10.240.0.3, destination 10.244.2.2, sourcePort N, destinationPort 8080] (host) node02 source-ip-app | source-ip-app node02 (host) node01[source 203.0.113.140, destination 104.132.1.79, sourcePort 80, destinationPort N] host client: delivered',
      'client host balancer (host) node02[destination 10.244.2.2, destinationPort 8080] source-ip-app | source-ip-app node02[source 203.0.113.140, sourcePort 80] host client: delivered',
    ],
  ],
};

export const clusterAccess: LabWays = {
  layout: [
    [
      'watcher',
      'ping 10.96.0.1',
      'node-not-found',
      'watcher controlplane[source 192.168.1.2] host: dropped service-port host',
    ],
  ],
  certificate: [],
  deny: [],
  kubeconfig: [],
};
