import type { LabWays } from './row.ts';

/** Ports that MASQUERADE --random-fully has chosen are written N. */

export const clusterDns: LabWays = {
  names: [
    ['test', 'dns web-service.default.svc.cluster.local', 'argument-invalid', 'same'],
    ['test', 'dns 10-244-2-2.default.pod.cluster.local', 'argument-invalid', 'same'],
    ['test', 'dns 1.30.96.10.in-addr.arpa', 'argument-invalid', 'same'],
    ['test', 'dns web-service.default.pod.cluster.local', 'argument-invalid', 'same'],
    [
      'test',
      'http http://web-service/',
      'argument-invalid',
      'test node01[destination 10.244.2.2] (host) node02 hr | hr node02 (host) node01[source 10.96.30.1] test: delivered',
    ],
    [
      'test',
      'http http://web-service.payroll/',
      'argument-invalid',
      'test node01[destination 10.244.1.3] web | web (node01)[source 10.96.30.2] test: delivered',
    ],
    ['test', 'ping 10.96.0.10', 'test node01[source 192.168.1.3] host: dropped service-port host', 'same'],
  ],
  database: [],
  outside: [['test', 'dns www.example.com', 'argument-invalid', 'same']],
};

export const secureService: LabWays = {
  certificate: [
    [
      'client',
      'ping 10.96.32.5',
      'client node02[source 192.168.1.4] host: dropped service-port host',
      'same',
    ],
  ],
  renewed: [],
};

const controller = 'ingress-nginx-controller-ccmljgbldk-k2k5c';
const byNode01 = `host node01[source 10.244.1.1, destination 10.244.1.4, sourcePort N, destinationPort 80] ${controller} | ${controller} node01[source 192.168.1.3, destination 192.168.1.1, sourcePort 30080, destinationPort N] host: delivered`;
const byNode02 = `host node02[source 192.168.1.4, destination 10.244.1.4, sourcePort N, destinationPort 80] (host) node01 ${controller} | ${controller} node01 (host) node02[source 192.168.1.4, destination 192.168.1.1, sourcePort 30080, destinationPort N] host: delivered`;
/** nginx asks the pod on a new connection, or on one that it has kept, which no trace can distinguish. */
const near = (pod: string, first = byNode01) =>
  `${first} or ${first}; nginx: ${controller} (node01) ${pod} | ${pod} (node01) ${controller}: delivered`;
const far = (pod: string) =>
  `${byNode01} or ${byNode01}; nginx: ${controller} node01 (host) node02 ${pod} | ${pod} node02 (host) node01 ${controller}: delivered`;
const nowhere = near('default-backend');
const closed = (node: string) => `host ${node} | ${node} host: refused no-listener ${node}`;

export const ingress: LabWays = {
  controller: [
    ['host', 'http http://192.168.1.3:30080/', closed('node01'), nowhere],
    [
      'host',
      'http http://192.168.1.4:30080/nowhere/at/all',
      closed('node02'),
      near('default-backend', byNode02),
    ],
  ],
  rules: [
    ['host', 'http http://192.168.1.3:30080/wear', nowhere, near('wear')],
    ['host', 'http http://192.168.1.3:30080/watch', nowhere, far('video')],
    ['host', 'http http://my-online-store.com:30080/wear', nowhere, near('wear')],
    ['host', 'http http://192.168.1.3:30080/nowhere', nowhere, 'same'],
    ['host', 'ping 192.168.1.4', 'host node02 | node02 host: delivered', 'same'],
  ],
  exercises: [
    ['host', 'http http://192.168.1.3:30080/stream', nowhere, far('video')],
    ['host', 'http http://192.168.1.3:30080/watch', far('video'), nowhere],
    ['host', 'http http://192.168.1.3:30080/eat', nowhere, far('food')],
    ['host', 'http http://192.168.1.3:30080/pay', nowhere, far('pay')],
  ],
  tls: [],
};

export const networkPolicies: LabWays = {
  'only-the-api': [
    [
      'api',
      'tcp 10.244.2.2 3306',
      'api node01 (host) node02 db | db node02 (host) node01 api: delivered',
      'same',
    ],
    [
      'web',
      'tcp 10.244.2.2 3306',
      'web node01 (host) node02 db | db node02 (host) node01 web: delivered',
      'web node01 (host) node02 | node02 (host) node01 web: refused rejected-by-rule node02',
    ],
    ['web', 'ping 10.244.1.3', 'web (node01) api | api (node01) web: delivered', 'same'],
    [
      'api',
      'tcp 10.96.33.6 3306',
      'api node01[destination 10.244.2.2] (host) node02 db | db node02 (host) node01[source 10.96.33.6] api: delivered',
      'same',
    ],
    [
      'db',
      'tcp 10.244.1.3 5000',
      'db node02 (host) node01 api | api node01 (host) node02 db: delivered',
      'same',
    ],
    [
      'web',
      'ping 10.244.2.2',
      'web node01 (host) node02 db | db node02 (host) node01 web: delivered',
      'web node01 (host) node02 | node02 (host) node01 web: refused rejected-by-rule node02',
    ],
  ],
  'other-sources': [
    [
      'api',
      'tcp 10.244.2.2 3306',
      'api node01 (host) node02 db | db node02 (host) node01 api: delivered',
      'same',
    ],
    [
      'backup',
      'tcp 10.244.2.2 3306',
      'backup host node02 | node02 host backup: refused rejected-by-rule node02',
      'backup host node02 db | db node02 host backup: delivered',
    ],
    [
      'web',
      'tcp 10.244.2.2 3306',
      'web node01 (host) node02 | node02 (host) node01 web: refused rejected-by-rule node02',
      'same',
    ],
    ['web', 'ping 10.244.1.3', 'web (node01) api | api (node01) web: delivered', 'same'],
    ['stage', 'tcp 10.244.2.2 3306', 'stage node02 | node02 stage: refused rejected-by-rule node02', 'same'],
    [
      'stage',
      'ping 10.244.1.3',
      'stage node02 (host) node01 api | api node01 (host) node02 stage: delivered',
      'same',
    ],
  ],
  egress: [
    [
      'db',
      'http http://192.168.5.10/',
      'db node02[source 192.168.1.4] host backup | backup host node02[destination 10.244.2.2] db: delivered',
      'same',
    ],
    [
      'db',
      'tcp 10.244.1.3 5000',
      'db node02 (host) node01 api | api node01 (host) node02 db: delivered',
      'db node02 | node02 db: refused rejected-by-rule node02',
    ],
    ['api', 'ping 10.244.1.2', 'api (node01) web | web (node01) api: delivered', 'same'],
    [
      'api',
      'tcp 10.244.2.2 3306',
      'api node01 (host) node02 db | db node02 (host) node01 api: delivered',
      'same',
    ],
  ],
};

export const policyPractice: LabWays = {
  'same-node': [
    [
      'internal',
      'http http://payroll-service:8080/',
      'internal node01[destination 10.244.1.3] payroll | payroll (node01) internal: answer-lost wrong-translation internal',
      'internal (node01)[destination 10.244.1.3] payroll | payroll (node01)[source 10.96.34.1] internal: delivered',
    ],
    [
      'external',
      'tcp 10.244.1.3 8080',
      'external node02 (host) node01 | node01 (host) node02 external: refused rejected-by-rule node01',
      'same',
    ],
    [
      'external',
      'ping 10.244.1.2',
      'external node02 (host) node01 internal | internal node01 (host) node02 external: delivered',
      'same',
    ],
    [
      'audit',
      'tcp 10.244.1.3 8080',
      'audit (node01) payroll | payroll (node01) audit: delivered',
      'audit node01 | node01 audit: refused rejected-by-rule node01',
    ],
    ['audit', 'ping 10.244.1.2', 'audit (node01) internal | internal (node01) audit: delivered', 'same'],
    [
      'audit',
      'ping 10.244.1.3',
      'audit (node01) payroll | payroll (node01) audit: delivered',
      'audit node01 | node01 audit: refused rejected-by-rule node01',
    ],
  ],
  'internal-policy': [
    [
      'internal',
      'http http://payroll-service:8080/',
      'internal (node01)[destination 10.244.1.3] payroll | payroll (node01)[source 10.96.34.1] internal: delivered',
      'same',
    ],
    [
      'internal',
      'tcp 10.96.34.3 3306',
      'internal node01[destination 10.244.2.3] (host) node02 mysql | mysql node02 (host) node01[source 10.96.34.3] internal: delivered',
      'same',
    ],
    [
      'internal',
      'tcp 10.96.34.2 8080',
      'internal node01[destination 10.244.2.2] (host) node02 external | external node02 (host) node01[source 10.96.34.2] internal: delivered',
      'internal node01[destination 10.244.2.2] | node01[source 10.96.34.2] internal: refused rejected-by-rule node01',
    ],
    [
      'external',
      'ping 10.244.1.2',
      'external node02 (host) node01 internal | internal node01 (host) node02 external: delivered',
      'same',
    ],
  ],
};

const controllerHere = 'ingress-nginx-controller-cjblbljdjc-t76dd';
const firstLeg = `host node01[source 192.168.1.3, destination 10.244.2.3, sourcePort N, destinationPort 80] (host) node02 ${controllerHere} | ${controllerHere} node02 (host) node01[source 192.168.1.3, destination 192.168.1.1, sourcePort 30080, destinationPort N] host: delivered`;
const nothingThere = `${firstLeg} or ${firstLeg}; nginx: ${controllerHere} node02 (host) node01 default-backend-lfmljdfgd-zqbm5 | default-backend-lfmljdfgd-zqbm5 node01 (host) node02 ${controllerHere}: delivered`;

export const ingressController: LabWays = {
  account: [],
  manifest: [['host', 'http http://192.168.1.3:30080/', closed('node01'), nothingThere]],
  rules: [
    [
      'host',
      'http http://192.168.1.3:30080/wear',
      nothingThere,
      `${firstLeg} or ${firstLeg}; nginx: ${controllerHere} node02 (host) node01 wear-chkbffkdkg-gt5hh | wear-chkbffkdkg-gt5hh node01 (host) node02 ${controllerHere}: delivered`,
    ],
    [
      'host',
      'http http://192.168.1.3:30080/watch',
      nothingThere,
      `${firstLeg} or ${firstLeg}; nginx: ${controllerHere} (node02) video-chmdbjmjbc-8rzw4 | video-chmdbjmjbc-8rzw4 (node02) ${controllerHere}: delivered`,
    ],
    ['host', 'http http://192.168.1.3:30080/eat', nothingThere, 'same'],
    ['host', 'ping 192.168.1.3', 'host node01 | node01 host: delivered', 'same'],
  ],
};
