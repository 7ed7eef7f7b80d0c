import type { LabWays } from './row.ts';

const there = (one: string, other: string) => `${one} ${other} | ${other} ${one}: delivered`;
const switched = (one: string, other: string) => `${one} (host) ${other} | ${other} (host) ${one}: delivered`;
const missing = 'node-not-found';

const toLan = 'host (router) lan | lan (router) host: delivered';
const lost = 'blue host (router) lan: answer-lost reply-not-routed lan';
const masqueraded =
  'blue host[source 192.168.1.2] (router) lan | lan (router) host[destination 192.168.15.2] blue: delivered';
const abroad =
  'blue host[source 192.168.1.2] router[source 203.0.113.2] internet | ' +
  'internet router[destination 192.168.1.2] host[destination 192.168.15.2] blue: delivered';
const toWeb =
  'lan (router) host[destination 192.168.15.2] blue | blue host[source 192.168.1.2] (router) lan: delivered';
/** The rule is too broad: what blue asks of others comes back to itself. */
const toItself =
  'blue host[source 192.168.15.5, destination 192.168.15.2] blue | ' +
  'blue host[source 192.168.1.3, destination 192.168.15.2] blue: delivered';

export const networkNamespaces: LabWays = {
  isolation: [['host', 'ping 192.168.1.3', toLan, 'same']],
  'veth-pair': [
    ['red', 'ping 192.168.15.2', ': dropped no-address red', there('red', 'blue')],
    ['blue', 'ping 192.168.15.1', ': dropped no-address blue', there('blue', 'red')],
  ],
  'virtual-switch': [
    ['red', 'ping 192.168.15.2', there('red', 'blue'), switched('red', 'blue')],
    ['red', 'ping 192.168.15.3', 'red: dropped neighbour-silent red', switched('red', 'orange')],
    ['red', 'ping 192.168.15.4', 'red: dropped neighbour-silent red', switched('red', 'gray')],
    ['blue', 'ping 192.168.15.3', 'blue: dropped neighbour-silent blue', switched('blue', 'orange')],
    ['gray', 'ping 192.168.15.2', missing, switched('gray', 'blue')],
    ['gray', 'ping 192.168.15.3', missing, switched('gray', 'orange')],
    // The host's default route leads to a router that knows no better.
    ['host', 'ping 192.168.15.1', 'host router | router host: refused no-route router', 'same'],
    ['host', 'ping 192.168.1.3', toLan, 'same'],
  ],
  'host-joins': [
    ['host', 'ping 192.168.15.1', 'host router | router host: refused no-route router', there('host', 'red')],
    [
      'host',
      'ping 192.168.15.2',
      'host router | router host: refused no-route router',
      there('host', 'blue'),
    ],
    ['gray', 'ping 192.168.15.5', 'gray: dropped neighbour-silent gray', there('gray', 'host')],
    ['blue', 'ping 192.168.1.3', ': dropped no-route blue', 'same'],
    ['blue', 'ping 192.168.15.1', switched('blue', 'red'), 'same'],
  ],
  'lan-route': [
    ['blue', 'ping 192.168.1.2', ': dropped no-route blue', there('blue', 'host')],
    ['blue', 'ping 192.168.1.3', ': dropped no-route blue', 'blue host: dropped forwarding-off host'],
    ['blue', 'ping 192.168.15.5', there('blue', 'host'), 'same'],
  ],
  'lan-forwarding': [
    ['blue', 'ping 192.168.1.3', 'blue host: dropped forwarding-off host', lost],
    ['host', 'ping 192.168.1.3', toLan, 'same'],
  ],
  'lan-masquerade': [
    ['blue', 'ping 192.168.1.3', lost, masqueraded],
    ['blue', 'http http://192.168.1.3/', lost, masqueraded],
    ['blue', 'ping 8.8.8.8', ': dropped no-route blue', 'same'],
    [
      'host',
      'ping 8.8.8.8',
      'host router[source 203.0.113.2] internet | internet router[destination 192.168.1.2] host: delivered',
      'same',
    ],
  ],
  internet: [['blue', 'ping 8.8.8.8', ': dropped no-route blue', abroad]],
  'being-reached': [
    [
      'host',
      'http http://192.168.15.2/',
      'host blue | blue host: refused no-listener blue',
      there('host', 'blue'),
    ],
    [
      'lan',
      'http http://192.168.1.2/',
      'lan (router) host | host (router) lan: refused no-listener host',
      toWeb,
    ],
    ['lan', 'ping 192.168.15.2', ': dropped no-route lan', 'same'],
    ['lan', 'ping 192.168.1.2', 'lan (router) host | host (router) lan: delivered', 'same'],
  ],
  'only-our-port': [
    ['blue', 'http http://192.168.1.3/', toItself, masqueraded],
    ['lan', 'http http://192.168.1.2/', toWeb, 'same'],
  ],
  'route-back': [
    [
      'lan',
      'ping 192.168.15.2',
      ': dropped no-route lan',
      'lan (router) host blue | blue host (router) lan: delivered',
    ],
    [
      'lan',
      'http http://192.168.15.2/',
      ': dropped no-route lan',
      'lan (router) host blue | blue host (router) lan: delivered',
    ],
  ],
};

/** After three questions the node sends itself an ICMPv6 error, which a long enough trace sees. */
const silent = (node: string) =>
  `${node}: dropped neighbour-silent ${node} or ${node} | ${node}: dropped neighbour-silent ${node}`;
const lost6 = 'blue host lan: answer-lost reply-not-routed lan';
const nat66 = 'blue host[source fd00:1::2] lan | lan host[destination fd00:15::2] blue: delivered';
const plain6 = 'blue host lan | lan host blue: delivered';

export const networkNamespacesIpv6: LabWays = {
  'veth-pair': [['red', 'ping fd00:15::2', ': dropped no-address red', there('red', 'blue')]],
  'virtual-switch': [
    ['red', 'ping fd00:15::2', there('red', 'blue'), switched('red', 'blue')],
    ['red', 'ping fd00:15::3', silent('red'), switched('red', 'orange')],
    ['red', 'ping fd00:15::4', silent('red'), switched('red', 'gray')],
    ['blue', 'ping fd00:15::3', silent('blue'), switched('blue', 'orange')],
    ['gray', 'ping fd00:15::2', ': dropped no-address gray', switched('gray', 'blue')],
    ['gray', 'ping fd00:15::3', ': dropped no-address gray', switched('gray', 'orange')],
    ['host', 'ping fd00:15::1', ': dropped no-route host', ': dropped no-address host'],
    ['host', 'ping fd00:1::3', there('host', 'lan'), 'same'],
  ],
  'host-joins': [
    ['host', 'ping fd00:15::1', ': dropped no-address host', there('host', 'red')],
    ['gray', 'ping fd00:15::5', silent('gray'), there('gray', 'host')],
    ['blue', 'ping fd00:1::3', ': dropped no-route blue', 'same'],
    ['blue', 'ping fd00:15::1', switched('blue', 'red'), 'same'],
  ],
  'lan-route': [
    ['blue', 'ping fd00:1::2', ': dropped no-route blue', there('blue', 'host')],
    ['blue', 'ping fd00:1::3', ': dropped no-route blue', 'blue host: dropped forwarding-off host'],
    ['blue', 'ping fd00:15::5', there('blue', 'host'), 'same'],
  ],
  'lan-forwarding': [
    ['blue', 'ping fd00:1::3', 'blue host: dropped forwarding-off host', lost6],
    ['host', 'ping fd00:1::3', there('host', 'lan'), 'same'],
  ],
  nat66: [
    ['blue', 'ping fd00:1::3', lost6, nat66],
    ['blue', 'http http://[fd00:1::3]/', lost6, nat66],
    ['lan', 'ping fd00:15::2', ': dropped no-route lan', 'same'],
    ['lan', 'ping fd00:1::2', there('lan', 'host'), 'same'],
  ],
  'no-nat': [
    ['blue', 'ping fd00:1::3', nat66, plain6],
    ['blue', 'http http://[fd00:1::3]/', nat66, plain6],
    ['lan', 'ping fd00:15::2', ': dropped no-route lan', 'lan host blue | blue host lan: delivered'],
  ],
};

const refused = 'host web | web host: refused no-listener web';

export const capabilities: LabWays = {
  'own-view': [],
  // The pings inside commands: what a process without a capability may still send.
  'drop-one': [['web', 'ping 192.168.15.1', there('web', 'host'), 'same']],
  'keep-one': [['web', 'ping 192.168.15.1', there('web', 'host'), 'same']],
  user: [],
  'add-one': [['host', 'http http://192.168.15.2/', refused, there('host', 'web')]],
};

export const playground: LabWays = {
  'first-network': [['h1', 'ping 10.0.0.2', missing, switched('h1', 'h2')]],
};
