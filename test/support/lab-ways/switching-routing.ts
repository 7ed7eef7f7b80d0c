import type { LabWays } from './row.ts';

const aToB = 'a (host) b | b (host) a: delivered';
const bToA = 'b (host) a | a (host) b: delivered';

export const switching: LabWays = {
  'one-address': [
    ['a', 'ping 192.168.1.11', ': dropped no-address a', 'a: dropped neighbour-silent a'],
    ['a', 'ping 127.0.0.1', 'a a | a a: delivered', 'same'],
  ],
  'two-addresses': [
    ['a', 'ping 192.168.1.11', 'a: dropped neighbour-silent a', aToB],
    ['b', 'ping 192.168.1.10', ': dropped no-address b', bToA],
  ],
  ipv6: [
    ['a', 'ping fd00:1::11', ': dropped no-address a', aToB],
    ['b', 'ping fd00:1::10', ': dropped no-address b', bToA],
  ],
};

const routed = (...nodes: string[]) => {
  const way = nodes.join(' (host) ');
  return `${way} | ${nodes.toReversed().join(' (host) ')}: delivered`;
};

export const router: LabWays = {
  'two-legs': [
    ['b', 'ping 192.168.1.1', 'b: dropped neighbour-silent b', routed('b', 'router')],
    ['c', 'ping 192.168.2.1', 'c: dropped neighbour-silent c', routed('c', 'router')],
    ['b', 'ping 192.168.2.10', ': dropped no-route b', 'same'],
    ['b', 'ping 192.168.1.10', routed('b', 'a'), 'same'],
  ],
  'way-there': [
    ['b', 'ping 192.168.2.1', ': dropped no-route b', routed('b', 'router')],
    [
      'b',
      'ping 192.168.2.10',
      ': dropped no-route b',
      'b (host) router (host) c: answer-lost reply-not-routed c',
    ],
    ['b', 'ping 192.168.1.1', routed('b', 'router'), 'same'],
  ],
  'way-back': [
    [
      'b',
      'ping 192.168.2.10',
      'b (host) router (host) c: answer-lost reply-not-routed c',
      routed('b', 'router', 'c'),
    ],
    ['c', 'ping 192.168.1.11', ': dropped no-route c', routed('c', 'router', 'b')],
  ],
  everybody: [
    ['a', 'ping 192.168.2.10', ': dropped no-route a', routed('a', 'router', 'c')],
    ['a', 'ping 192.168.2.11', ': dropped no-route a', routed('a', 'router', 'd')],
    ['d', 'ping 192.168.1.11', ': dropped no-route d', routed('d', 'router', 'b')],
  ],
  ipv6: [
    ['b', 'ping fd00:1::1', ': dropped no-address b', routed('b', 'router')],
    ['b', 'ping fd00:2::10', ': dropped no-address b', routed('b', 'router', 'c')],
  ],
};

export const linuxRouter: LabWays = {
  'way-there': [
    ['a', 'ping 192.168.2.6', ': dropped no-route a', 'a b | b a: delivered'],
    ['a', 'ping 192.168.2.5', ': dropped no-route a', 'a b: dropped forwarding-off b'],
    ['a', 'ping 192.168.1.6', 'a b | b a: delivered', 'same'],
  ],
  'way-back': [
    ['c', 'ping 192.168.1.6', ': dropped no-route c', 'c b | b c: delivered'],
    ['c', 'ping 192.168.1.5', ': dropped no-route c', 'c b: dropped forwarding-off b'],
    ['c', 'ping 192.168.2.6', 'c b | b c: delivered', 'same'],
  ],
  forwarding: [
    ['a', 'ping 192.168.2.5', 'a b: dropped forwarding-off b', 'a b c | c b a: delivered'],
    ['c', 'ping 192.168.1.5', 'c b: dropped forwarding-off b', 'c b a | a b c: delivered'],
  ],
  'survives-reboot': [['a', 'ping 192.168.2.5', 'a b c | c b a: delivered', 'same']],
  ipv6: [['a', 'ping fd00:2::5', ': dropped no-address a', 'a b c | c b a: delivered']],
};

/** The document's c, its way out and its answers: the internet router masquerades network 2. */
const outside =
  'c (host) gateway[source 203.0.113.2] internet | internet gateway[destination 192.168.2.10] (host) c: delivered';

export const defaultGateway: LabWays = {
  'one-network': [
    ['c', 'ping 172.217.194.1', ': dropped no-route c', outside],
    ['c', 'ping 8.8.8.8', ': dropped no-route c', 'same'],
    ['c', 'ping 192.168.2.1', routed('c', 'gateway'), 'same'],
  ],
  'default-route': [
    ['c', 'ping 8.8.8.8', ': dropped no-route c', outside],
    ['c', 'ping 172.217.194.1', outside, 'same'],
    [
      'c',
      'ping 192.168.1.11',
      ': dropped no-route c',
      'c (host) gateway | gateway (host) c: refused no-route gateway',
    ],
    ['c', 'ping 192.168.2.1', routed('c', 'gateway'), 'same'],
  ],
  'two-routers': [
    [
      'c',
      'ping 192.168.1.11',
      'c (host) gateway | gateway (host) c: refused no-route gateway',
      routed('c', 'router', 'b'),
    ],
    // The answer goes by c's default route, to a router that knows nothing of network 1.
    [
      'b',
      'ping 192.168.2.10',
      'b (host) router (host) c | c (host) gateway: answer-lost reply-not-routed gateway',
      routed('b', 'router', 'c'),
    ],
    ['c', 'ping 8.8.8.8', outside, 'same'],
  ],
  ipv6: [
    [
      'c',
      'ping 2001:4860:4860::8888',
      ': dropped no-address c',
      'c (host) gateway internet | internet gateway (host) c: delivered',
    ],
    ['c', 'ping fd00:1::11', ': dropped no-address c', routed('c', 'router', 'b')],
  ],
};
